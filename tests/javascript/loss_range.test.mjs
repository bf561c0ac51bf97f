import assert from "node:assert/strict";
import { test } from "node:test";
import { CurveStore } from "../../playground/ui/static/stage/curve_store.js";
import { lossRange, outlier } from "../../playground/ui/static/stage/loss_range.js";
import { COLUMNS } from "../../playground/ui/static/web/facts.js";

const WIDTH = Object.keys(COLUMNS).length;

/** A run with these training losses, and test losses that are the same unless others are given. */
function run(losses, watched = losses) {
  const store = new CurveStore();
  const rows = new Float32Array(WIDTH * losses.length);
  losses.forEach((loss, i) => {
    rows[WIDTH * i + COLUMNS.epoch] = i;
    rows[WIDTH * i + COLUMNS.loss] = loss;
    rows[WIDTH * i + COLUMNS.val_loss] = watched[i];
  });
  store.place(0, rows);
  return store;
}

const falling = Array.from({ length: 40 }, (_, i) => 0.5 * 0.95 ** i);

test("a loss that falls is shown whole", () => {
  assert.equal(outlier(run(falling)), null);
  assert.equal(lossRange(run(falling), false)[1].toFixed(6), "0.600000");
});

test("one first value above five does not flatten the curve, and is told with its epoch", () => {
  const store = run([5.25, ...falling]);
  assert.equal(lossRange(store, false)[1].toFixed(6), "0.600000");
  assert.deepEqual(outlier(store), { epoch: 0, loss: 5.25, usual: 0.5 });
});

test("all values are within the axis when they are asked for, and on a logarithmic one", () => {
  const store = run([5.25, ...falling]);
  assert.equal(lossRange(store, false, true)[1], 6);
  assert.ok(lossRange(store, true)[1] > Math.log10(5.25));
});

test("a spike later on is told at its own epoch", () => {
  const losses = [...falling];
  losses[23] = 40;
  assert.equal(outlier(run(falling, losses))?.epoch, 23);
});

test("a loss that jumps all the time is shown whole", () => {
  const jumping = Array.from({ length: 60 }, (_, i) => (i % 3 ? 0.4 : 6));
  assert.equal(outlier(run(jumping)), null);
});

test("nothing is left out of a run that has hardly begun, nor of one without a loss", () => {
  assert.equal(outlier(run([5, 0.5, 0.4, 0.3])), null);
  assert.equal(outlier(run(Array(30).fill(NaN))), null);
  assert.deepEqual(lossRange(run([]), false), [0, 1]);
});

test("a loss that ends as no number does not hide the rest", () => {
  const store = run([...falling, Infinity, NaN]);
  assert.equal(outlier(store), null);
});
