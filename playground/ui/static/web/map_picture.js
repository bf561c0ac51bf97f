// A map's bytes as a small picture, one pixel a cell, to be stretched onto a plane.
import { packed } from "./palette.js";

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
   * @param {{marks: Uint8Array, from: number, word: number}} [hatch]  drawn over it where the marks are at least so high
   */
  paint(bytes, n, palette, hatch) {
    this.size(n);
    if (palette !== this.palette) {
      this.palette = palette;
      this.words = packed(palette);
    }
    const { pixels, words: colors } = this;
    for (let row = 0, at = 0; row < n; row += 1) {
      for (let to = (n - 1 - row) * n, end = to + n; to < end; to += 1, at += 1) pixels[to] = colors[bytes[at]];
    }
    if (hatch) this.hatch(hatch);
    this.context.putImageData(this.image, 0, 0);
  }

  /** Every fourth diagonal. @param {{marks: Uint8Array, from: number, word: number}} hatch */
  hatch({ marks, from, word }) {
    const { n, pixels } = this;
    for (let row = 0; row < n; row += 1) {
      for (let column = row % 4; column < n; column += 4) {
        if (marks[row * n + column] >= from) pixels[(n - 1 - row) * n + column] = word;
      }
    }
  }
}
