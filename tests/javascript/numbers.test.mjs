import assert from "node:assert/strict";
import { test } from "node:test";
import { CurveStore } from "../../playground/ui/static/stage/curve_store.js";
import { layOut, linkAt } from "../../playground/ui/static/stage/views/network_layout.js";
import { mixed, rangeBetween } from "../../playground/ui/static/stage/views/morph.js";
import { COLUMNS } from "../../playground/ui/static/web/facts.js";
import { formatEpoch, formatLoss, formatShare } from "../../playground/ui/static/web/format.js";
import { ticksOf } from "../../playground/ui/static/web/ticks.js";

const WIDTH = Object.keys(COLUMNS).length;
const rows = (from, to) => Float32Array.from({ length: WIDTH * (to - from) }, (_, i) => from + Math.floor(i / WIDTH));

test("rows are cut where new ones begin, and appended", () => {
  const store = new CurveStore();
  assert.equal(store.place(0, rows(0, 600)), true);
  assert.equal(store.place(600, rows(600, 600)), false);
  assert.equal(store.place(10, rows(10, 12)), true);
  assert.equal(store.length, 12);
  assert.equal(store.last, 11);
});

test("a missing stretch of rows is a gap, not zeros", () => {
  const store = new CurveStore();
  store.place(3, rows(3, 4));
  assert.deepEqual(store.line(COLUMNS.loss).y, [NaN, NaN, NaN, 3]);
  assert.deepEqual(store.extent([COLUMNS.loss]), [3, 3]);
});

test("thinned lines keep a spike that is one epoch wide", () => {
  const store = new CurveStore();
  const all = rows(0, 10_000);
  for (let i = 0; i < 10_000; i += 1) all[WIDTH * i + COLUMNS.loss] = i === 4321 ? 9 : 1;
  store.place(0, all);
  const { x, y } = store.line(COLUMNS.loss);
  assert.ok(x.length <= 1002);
  assert.equal(x[y.indexOf(9)], 4321);
  assert.deepEqual([x[0], x.at(-1)], [0, 9999]);
});

test("numbers read as people write them", () => {
  assert.equal(formatEpoch(12_345), "12,345");
  assert.deepEqual([0.12345, 12.345, 123.45, 1e-6, null, NaN].map(formatLoss), ["0.1235", "12.35", "123.5", "1.00e-6", "–", "–"]);
  assert.equal(formatShare(0.987), "98.7\u202f%");
});

test("ticks are round numbers within the range", () => {
  assert.deepEqual(ticksOf([-6, 6], 5).map(({ text }) => text), ["−5", "0", "5"]);
  assert.deepEqual(ticksOf([0, 0.3], 3).map(({ text }) => text), ["0.0", "0.1", "0.2", "0.3"]);
  assert.deepEqual(ticksOf([0, 0.3], 3).at(-1)?.text, "0.3");
});

test("every link is found at both of its ends, and none from an input that is off", () => {
  const inputs = [true, true, false, false, false, false, false];
  const layout = layOut({ inputs, shown: [[0, 1, 2, 3], [0]], units: [4, 1] }, 500, 300);
  const [from, to] = [layout.columns[0].nodes[0], layout.columns[1].nodes[3]];
  assert.deepEqual(linkAt(layout, from.x + from.size / 2 + 1, from.y, 6)?.from, 0);
  assert.deepEqual(linkAt(layout, to.x - to.size / 2 - 1, to.y, 6)?.to, 3);
  const off = layout.columns[0].nodes[6];
  assert.equal(linkAt(layout, off.x + off.size / 2 + 1, off.y, 6), null);
  assert.equal(linkAt(layout, off.x, off.y, 6), null);
});

test("between two stages everything is mixed evenly, and the axes stay true to it", () => {
  const [a, b] = [Float32Array.of(0, 1), Float32Array.of(1, 0)];
  assert.deepEqual([...mixed([a, b], 0.25, new Float32Array(2))], [0.25, 0.75]);
  assert.equal(mixed([a, b], 1, new Float32Array(2)), b);
  assert.deepEqual(rangeBetween([0, 1], [0, 1], 0.5), [0, 1]);
  const [lo, hi] = rangeBetween([-1, 1], [0, 100], 0.5);
  assert.ok(lo > -1 && hi < 10); // the wider one does not rule
});
