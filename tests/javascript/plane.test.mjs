import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ ({ createElement: () => ({ getContext: () => null }) }); // theme.js asks for a pen
const { classPalette, confidenceBytes, packed, valuePalette, winnersOf } = await import("../../playground/ui/static/web/palette.js");
const { pathOf, placement, planeOf, PlanePainter, valuesAt } = await import("../../playground/ui/static/web/plane.js");

const colors = [[245, 147, 34], [8, 119, 189], [0, 158, 115]];
const scale = { task: "classification", lo: 0, hi: 1, target: /** @type {[number, number]} */ ([0, 1]), colors, neutral: [232, 234, 235], strength: 0.72 };

test("a map's value anywhere is bilinear, and null outside", () => {
  const n = 100;
  const map = new Uint8Array(n * n).map((_, i) => Math.round(255 * ((i % n) / (n - 1))));
  const plane = { map, classes: 1, n, x1: [-6, 6], x2: [-6, 6], lo: 0, hi: 1 };
  for (const x of [-6, -2.345, 0, 1.111, 6]) assert.ok(Math.abs(valuesAt(plane, x, 0.77)[0] - (x + 6) / 12) < 0.004);
  assert.equal(valuesAt(plane, 7, 0), null);
});

test("half a cell sticks out on each side", () => {
  const { x, y, sizex } = placement({ x1: [-6, 6], x2: [-6, 6], n: 100 });
  const cell = 12 / 99;
  assert.ok(Math.abs(x + 6 + cell / 2) < 1e-12 && Math.abs(y - 6 - cell / 2) < 1e-12 && Math.abs(sizex - 12 - cell) < 1e-12);
});

test("two softmax units are the probability of class 1", () => {
  const frame = { header: { type: "frame", x1: [0, 1], x2: [0, 1] }, arrays: { map: { data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [2, 2, 2] } } };
  assert.deepEqual([...planeOf(frame).map], [5, 6, 7, 8]);
});

test("a palette goes from the first class over grey to the second", () => {
  const palette = valuePalette(scale);
  assert.ok(palette[0] > palette[2]);
  assert.ok(palette[3 * 255 + 2] > palette[3 * 255]);
  assert.ok(Math.abs(palette[3 * 128] - 232) < 8);
  assert.equal(packed(palette).length, 256);
});

test("each cell goes to the greatest class, the surer the stronger", () => {
  const map = Uint8Array.of(200, 80, 30, 90, 25, 85); // three classes, two cells
  assert.deepEqual([...winnersOf(map, 3, 2)], [0, 1]);
  const [sure, unsure] = confidenceBytes(map, 3, 2);
  assert.ok(sure > 20 && sure < 42 && unsure >= 42 && unsure < 50);
  assert.equal(classPalette(scale, 3).length, 768);
  assert.deepEqual([...winnersOf(Uint8Array.of(127, 128), 1, 2)], [0, 1]);
});

test("plain regions have one entry a class", () => {
  const map = new Uint8Array(16).map((_, i) => (i % 4 < 2 ? 0 : 255));
  const plane = { map, classes: 1, n: 4, x1: [0, 1], x2: [0, 1], lo: 0, hi: 1 };
  const { bytes, n } = new PlanePainter().shades(plane, scale, true);
  assert.equal(n, 12);
  assert.deepEqual([...new Set(bytes)].sort(), [0, 1]);
});

test("a gap in the line starts another piece", () => {
  assert.equal(pathOf(Float32Array.of(0, 0, 1, 1, NaN, NaN, 2, 2, 3, 3), 12), "M0,0L1,1M2,2L3,3");
  assert.equal(pathOf(new Float32Array(), 12), "M0,0");
});
