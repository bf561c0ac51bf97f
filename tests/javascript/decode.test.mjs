import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../playground/ui/static/web/decode.js";

/** @param {string} header @param {Uint8Array} body */
function message(header, body = new Uint8Array()) {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(4 + text.length + body.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(body, 4 + text.length);
  return bytes.buffer;
}

test("arrays follow the header back to back, aligned or not", () => {
  const floats = new Float32Array([1.5, -2]);
  const body = new Uint8Array([7, 8, 9, ...new Uint8Array(floats.buffer)]);
  const arrays = [{ name: "map", dtype: "uint8", shape: [1, 3] }, { name: "lines", dtype: "float32", shape: [1, 2] }];
  const got = decode(message(JSON.stringify({ type: "frame", pad: "é", arrays }), body));
  assert.equal(got.header.pad, "é");
  assert.deepEqual([...got.arrays.map.data], [7, 8, 9]);
  assert.deepEqual([...got.arrays.lines.data], [1.5, -2]);
});

test("a number that is none breaks nothing", () => {
  assert.equal(decode(message('{"type": "frame", "loss": NaN, "arrays": []}')).header.loss, null);
  assert.equal(decode(message('{"type": "frame", "loss": -Infinity, "arrays": []}')).header.loss, null);
});

test("an unknown dtype is refused", () => {
  const header = JSON.stringify({ type: "frame", arrays: [{ name: "a", dtype: "int64", shape: [0] }] });
  assert.throws(() => decode(message(header)), /unknown dtype int64/);
});
