// A map's bytes as a small picture, one pixel a cell, to be stretched onto a plane.
import { packed } from "./palette.js";

const FINE = 3; // pixels of a hatched picture to one of its map
const APART = 7; // of these, from diagonal to diagonal

/** @typedef {{marks: Uint8Array, from: number, word: number}} Hatch */

export class MapPicture {
  /** @type {CanvasRenderingContext2D} */
  context;
  /** @type {Uint8Array | undefined} */
  palette;
  /** @type {Uint32Array} */
  words;
  /** @type {Uint32Array} */
  pixels;
  /** @type {ImageData} */
  image;

  constructor() {
    this.canvas = document.createElement("canvas");
    this.n = 0;
  }

  /** @param {number} n */
  size(n) {
    if (n === this.n) return;
    this.n = this.canvas.width = this.canvas.height = n;
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.image = this.context.createImageData(n, n);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /**
   * @param {Uint8Array} bytes (n, n), row 0 at the lowest x2
   * @param {number} n
   * @param {Uint8Array} palette the same array object is translated once
   * @param {Hatch} [hatch]  half covers it where the marks are at least so high
   */
  paint(bytes, n, palette, hatch) {
    this.size(hatch ? FINE * n : n);
    if (palette !== this.palette) {
      this.palette = palette;
      this.words = packed(palette);
    }
    if (hatch) this.hatched(bytes, n, hatch);
    else this.plain(bytes, n);
    this.context.putImageData(this.image, 0, 0);
  }

  /** @param {Uint8Array} bytes @param {number} n */
  plain(bytes, n) {
    const { pixels, words: colors } = this;
    for (let row = 0, at = 0; row < n; row += 1) {
      for (let to = (n - 1 - row) * n, end = to + n; to < end; to += 1, at += 1) pixels[to] = colors[bytes[at]];
    }
  }

  /** Diagonals that are finer than the map's own pixels. @param {Uint8Array} bytes @param {number} n @param {Hatch} hatch */
  hatched(bytes, n, { marks, from, word }) {
    const { pixels, words: colors } = this;
    const half = (word & 0xfefefe) >>> 1;
    const size = FINE * n;
    for (let row = 0, to = 0; row < size; row += 1) {
      const start = (n - 1 - Math.floor(row / FINE)) * n;
      for (let column = 0; column < size; column += 1, to += 1) {
        const at = start + Math.floor(column / FINE);
        const color = colors[bytes[at]];
        const lined = marks[at] >= from && (row + column) % APART === 0;
        pixels[to] = lined ? (((color & 0xfefefe) >>> 1) + half) | 0xff000000 : color;
      }
    }
  }
}
