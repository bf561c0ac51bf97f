// What somebody else wrote is shown as text, and up to twenty classes keep apart.
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ ({ createElement: () => ({ getContext: () => null }) }); // theme.js asks for a pen
const { axisNames, className, inputNames, plotted, shortClassName } = await import("../../playground/ui/static/web/given_names.js");
const { classPalette, confidenceBytes } = await import("../../playground/ui/static/web/palette.js");

test("classes have the names they were given, or numbers", () => {
  const kinds = { n_classes: 2, classes: ["<b>a</b>", "b"] };
  assert.equal(className(kinds, 0), "<b>a</b>");
  assert.equal(className(undefined, 1), "class 1");
  assert.equal(shortClassName({ n_classes: 4, classes: ["class 0"] }, 0), "0");
  assert.equal(shortClassName({ n_classes: 2 }, 0), "class 0");
  assert.equal(shortClassName({ n_classes: 4, classes: ["class act"] }, 0), "class act");
});

test("axes and inputs are called by their names, those of the plane as they are written", () => {
  assert.deepEqual(axisNames({ axes: ["x1", "price"] }), ["x\u2081", "price"]);
  assert.deepEqual(inputNames({ uses_features: false, features: ["a", "b", "c"] }), ["a", "b", "c"]);
  assert.equal(inputNames({ uses_features: true, features: ["x1"] }).length, 7);
});

test("a name that looks like markup or a template is neither to Plotly", () => {
  assert.equal(plotted("<a href='x'>%{x} & y"), "&#60;a href='x'&#62;&#37;{x} &#38; y");
});

test("each of twenty classes has entries of its own in the palette", () => {
  const scale = { task: "", lo: 0, hi: 1, target: [0, 1], neutral: [230, 230, 230], strength: 1, colors: Array.from({ length: 20 }, (_, k) => [10 * k, 5, 5]) };
  const map = Uint8Array.from({ length: 20 * 20 }, (_, i) => (Math.floor(i / 20) === i % 20 ? 255 : 0));
  const bytes = confidenceBytes(map, 20, 20);
  assert.equal(new Set(bytes).size, 20);
  const palette = classPalette(scale, 20);
  bytes.forEach((byte, k) => assert.deepEqual([...palette.slice(3 * byte, 3 * byte + 3)], [10 * k, 5, 5]));
});
