import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ ({ createElement: () => ({ getContext: () => null }) }); // theme.js asks for a pen
const { classTraces, ringTrace } = await import("../../playground/ui/static/stage/point_traces.js");

const theme = { dark: false, halo: "white", text: "black" };
const scale = { colors: [[245, 147, 34], [8, 119, 189]] };

function points(count) {
  const part = { x: { data: new Float32Array(count) }, y: { data: new Uint8Array(count / 2).map((_, i) => i % 2) } };
  return { train_x: part.x, train_y: part.y, test_x: part.x, test_y: part.y };
}

const sizes = (count) => {
  const traces = classTraces(points(count), scale, theme, true);
  return [...traces.map((trace) => trace.marker.size), ringTrace(points(count), undefined, theme, true).marker.size];
};

test("more points are drawn smaller, up to a size that is still seen", () => {
  const [few, usual, many, most] = [100, 500, 1000, 4000].map(sizes);
  for (let i = 0; i < few.length; i++) assert.ok(few[i] > usual[i] && usual[i] > many[i] && many[i] >= most[i]);
  assert.ok(Math.min(...most) >= 4.5);
});

test("a ring goes round its point, with room between them", () => {
  for (const count of [100, 500, 4000]) {
    const all = sizes(count);
    assert.ok(all.at(-1) >= Math.max(...all.slice(0, -1)) + 4);
  }
});
