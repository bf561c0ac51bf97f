import assert from "node:assert/strict";
import { test } from "node:test";
import { averaged, curveOf, lossRange, nearest, usable } from "../../playground/ui/static/finder/curve.js";
import { LEFT_OUT } from "../../playground/ui/static/web/facts.js";

/** A message with these losses of each network, of which the first is the median, too. */
function message(rows) {
  const points = rows[0].length;
  const one = (values) => ({ data: Float32Array.from(values), shape: [points] });
  const rates = { data: Float64Array.from({ length: points }, (_, i) => 1e-4 * 1.1 ** i), shape: [points] };
  const losses = { data: Float32Array.from(rows.flat()), shape: [rows.length, points] };
  return { header: {}, arrays: { rates, losses, median: one(rows[0]), smoothed: one(rows[0]), low: one(rows[0]), high: one(rows[0]) } };
}

const valley = Array.from({ length: 80 }, (_, i) => (i < 60 ? 0.7 - 0.01 * i : 0.1 + 0.01 * 3 ** (i - 60)));

test("an average has no bias towards 0 at the start, and none from the first value on that is no number", () => {
  const averages = averaged([2, 2, 4, NaN, 2], 0.5);
  assert.deepEqual([...averages.slice(0, 2)], [2, 2]);
  assert.ok(Math.abs(averages[2] - (0.25 * 0.5 * 2 + 0.5 * 0.5 * 2 + 0.5 * 4) / 0.875) < 1e-12);
  assert.ok(Number.isNaN(averages[3]) && Number.isNaN(averages[4]));
});

test("networks whose loss is no number at the end are counted as diverged", () => {
  assert.equal(curveOf(message([[1, 1, 1], [1, NaN, NaN], [1, 1, Infinity], [9, 9, 1e30]])).diverged, 2);
});

test("a loss that grows without bound does not flatten its fall", () => {
  for (const log of [false, true]) {
    const [lo, hi] = lossRange(curveOf(message([valley])), log);
    assert.ok(lo <= Math.min(...valley) && lo > -0.1);
    assert.ok(hi >= 0.7 && hi < 1.3, `${hi}`);
  }
});

test("a curve that only falls is shown whole and fills its axis", () => {
  const [lo, hi] = lossRange(curveOf(message([valley.slice(0, 60)])), false);
  assert.ok(lo < 0.11 && hi > 0.7 && hi - lo < 0.75);
});

test("a logarithmic axis holds no loss of 0 or below", () => {
  assert.ok(lossRange(curveOf(message([[0.5, 0.2, 0, 0.3]])), true)[0] > 0);
});

test("losses that are all the same, or none, still have an axis", () => {
  for (const row of [[0.5, 0.5], [NaN, NaN], []]) {
    const [lo, hi] = lossRange(curveOf(message([row])), false);
    assert.ok(Number.isFinite(lo) && Number.isFinite(hi) && hi >= lo);
  }
});

test("the first part of the planned points and the last few are left out", () => {
  assert.deepEqual(usable(2400, 2400), [2400 / LEFT_OUT.start, 2400 - LEFT_OUT.end]);
  assert.deepEqual(usable(1000, 2400), [240, 1000 - LEFT_OUT.end]);
  assert.deepEqual(usable(100, 2400), [100, 100]);
});

test("the nearest point is found by ratio, not by difference", () => {
  const rates = Float64Array.from([0.01, 0.1, 1]);
  assert.equal(nearest(rates, 0.02), 0);
  assert.equal(nearest(rates, 0.04), 1);
  assert.equal(nearest(rates, 1e-9), 0);
  assert.equal(nearest(rates, 1e9), 2);
  assert.equal(nearest(Float64Array.from([0.5]), 0.5), 0);
});
