import assert from "node:assert/strict";
import { test } from "node:test";
import { DRAWN } from "../../playground/ui/static/web/facts.js";
import { enough, pointsOf, pointsOfRun, unpack } from "../../playground/ui/static/stage/drawing/drawn_points.js";
import { Sketch } from "../../playground/ui/static/stage/drawing/sketch.js";

test("a stroke is undone as one, and comes again", () => {
  const sketch = new Sketch();
  sketch.begin();
  for (const x of [0, 1, 2]) sketch.add(x, 9, 1);
  assert.equal(sketch.end(), true);
  assert.deepEqual(sketch.points, [[0, 6, 1], [1, 6, 1], [2, 6, 1]]);
  assert.equal(sketch.undo(), true);
  assert.deepEqual(sketch.points, []);
  assert.equal(sketch.redo(), true);
  assert.equal(sketch.points.length, 3);
  sketch.begin();
  assert.equal(sketch.end(), false);
});

test("no more than fit are drawn, and that is known", () => {
  const sketch = new Sketch();
  sketch.take(Array.from({ length: DRAWN.most }, () => [0, 0, 0]));
  sketch.add(1, 1, 1);
  assert.deepEqual([sketch.points.length, sketch.full], [DRAWN.most, true]);
});

test("a point is moved, erased where it is touched, and found by its place", () => {
  const sketch = new Sketch();
  sketch.take([[0, 0, 0], [3, 3, 1]]);
  sketch.move(1, -3.004, 3);
  assert.deepEqual(sketch.points[1], [-3, 3, 1]);
  assert.deepEqual([sketch.nearest(-3, 3.1, 0.2), sketch.nearest(1, 1, 0.2)], [1, -1]);
  sketch.erase(0.1, 0);
  assert.deepEqual(sketch.points, [[-3, 3, 1]]);
});

test("two points of two classes are enough", () => {
  assert.equal(enough([[0, 0, 0], [0, 0, 0], [0, 0, 5]]), false);
  assert.equal(enough([[0, 0, 0], [0, 0, 0], [0, 0, 5], [1, 1, 5]]), true);
  assert.equal(enough(unpack(pointsOf(""))), true);
});

test("points of a run become drawn ones, unless they are too many or lie outside", () => {
  const hello = (more, x = 1) => ({
    header: { experiment: { n_train: 1, n_test: 1, ...more } },
    arrays: { train_x: { data: [x, 2] }, train_y: { data: [1] }, test_x: { data: [-1, 0.123] }, test_y: { data: [0] } },
  });
  assert.deepEqual(pointsOfRun(hello({})), { points: [[1, 2, 1], [-1, 0.12, 0]], refusal: "" });
  assert.match(pointsOfRun(hello({ n_train: 2000 })).refusal, /at most 1,000. Got 2,001/);
  assert.match(pointsOfRun(hello({}, 15)).refusal, /1 of these are not/);
});
