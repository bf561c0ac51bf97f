// What a replay plays: unpacked by the browser, and put back into the messages that a page is sent. The inverse of archive.py.
import { decode } from "../web/decode.js";

const STEPS = 4094; // of a plane, in which the vertices of a border are told
const GAP = 4095;
const WORD = 16; // bits that steps are counted in

/** @typedef {import("../web/decode.js").Message} Message */

/** @param {string} text base64 of what is packed */
export async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Archive(decode(await new Response(plain).arrayBuffer()));
}

export class Archive {
  /** @param {Message} whole */
  constructor({ header, arrays }) {
    this.hello = { header: header.hello, arrays };
    this.frames = /** @type {Record<string, any>[]} */ (header.frames);
    this.curves = /** @type {Float32Array} */ (arrays.curves.data);
    this.maps = arrays.maps;
    this.inputs = arrays.inputs;
    this.lines = bordersOf(arrays, header.hello);
    this.links = arrays.links && numbersOf(arrays.links);
    this.biases = arrays.biases && numbersOf(arrays.biases);
    this.neurons = arrays.neurons && neuronsOf(arrays.neurons);
  }

  /** A frame as a page is sent it, but for the curves. @param {number} index @returns {Message} */
  frame(index) {
    const [, ...shape] = this.maps.shape;
    /** @type {Message["arrays"]} */
    const arrays = { map: { data: mapsOf(this.maps, index), shape }, lines: this.lines[index] };
    for (const [name, all] of Object.entries({ links: this.links, biases: this.biases, neurons: this.neurons })) if (all) arrays[name] = all[index];
    if (this.inputs) arrays.inputs = this.inputs;
    const { x1, x2 } = this.hello.header;
    return { header: { type: "frame", x1, x2, ...this.frames[index] }, arrays };
  }
}

/** @typedef {Message["arrays"][string]} Stacked   arrays of all frames */

/** The maps of one frame: each byte is told less what its neighbours foretell. @param {Stacked} maps @param {number} index */
export function mapsOf({ data, shape }, index) {
  const [, values, n] = shape;
  const found = /** @type {Uint8Array} */ (data).slice(index * values * n * n, (index + 1) * values * n * n);
  for (let row = 0; row < values * n; row += 1) {
    const above = row % n ? n : 0;
    for (let at = row * n, end = at + n, along = 0; at < end; at += 1) {
      along += found[at];
      found[at] = above ? along + found[at - above] : along; // kept are the last eight bits
    }
  }
  return found;
}

/** Of each frame its numbers, told byte by byte. @param {Stacked} planes (4, frames, numbers) @returns {Stacked[]} */
export function numbersOf({ data, shape }) {
  const [bytes, frames, count] = shape;
  const plane = frames * count;
  const mixed = new Uint8Array(bytes * plane);
  for (let k = 0; k < bytes; k += 1) for (let i = 0; i < plane; i += 1) mixed[bytes * i + k] = data[k * plane + i];
  const all = new Float32Array(mixed.buffer);
  return Array.from({ length: frames }, (_, i) => ({ data: all.subarray(i * count, (i + 1) * count), shape: [count] }));
}

/** Of each frame the maps of its neurons, told in 64 steps less those of the frame before. @param {Stacked} told @returns {Stacked[]} */
export function neuronsOf({ data, shape }) {
  const [frames, ...rest] = shape;
  const size = data.length / frames;
  const steps = /** @type {Uint8Array} */ (data).slice();
  for (let at = size; at < steps.length; at += 1) steps[at] += steps[at - size];
  const bytes = steps.map((step) => (step << 2) | (step >> 4));
  return Array.from({ length: frames }, (_, i) => ({ data: bytes.subarray(i * size, (i + 1) * size), shape: rest }));
}

/**
 * Of each frame its border, told in steps less the vertex before.
 * @param {Message["arrays"]} arrays @param {{x1: [number, number], x2: [number, number]}} plane @returns {Stacked[]}
 */
export function bordersOf({ lines, vertices }, { x1, x2 }) {
  const count = lines.shape[2];
  const all = new Float32Array(2 * count);
  [x1, x2].forEach(([lo, hi], axis) => {
    for (let i = 0, step = 0; i < count; i += 1) {
      const at = axis * count + i;
      step = (step + lines.data[at] + 256 * lines.data[2 * count + at]) % 2 ** WORD;
      all[2 * i + axis] = step === GAP ? NaN : lo + ((hi - lo) * step) / STEPS;
    }
  });
  let start = 0;
  return Array.from(vertices.data, (length) => {
    const data = all.subarray(2 * start, 2 * (start + length));
    start += length;
    return { data, shape: [length, 2] };
  });
}
