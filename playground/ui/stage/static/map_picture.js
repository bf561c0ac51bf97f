// A map's bytes as a small picture, one pixel a cell, to be stretched onto a plane.
import { packed } from "./palette.js";

export class MapPicture {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.n = 0;
  }

  /** @param {number} n */
  size(n) {
    if (n === this.n) return;
    this.n = this.canvas.width = this.canvas.height = n;
    this.context ??= /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.image = this.context.createImageData(n, n);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /**
   * @param {Uint8Array} bytes (n, n), row 0 at the lowest x2
   * @param {number} n
   * @param {Uint8Array} palette the same array object is translated once
   */
  paint(bytes, n, palette) {
    this.size(n);
    if (palette !== this.palette) {
      this.palette = palette;
      this.words = packed(palette);
    }
    const { pixels, words: colors } = this;
    for (let row = 0, at = 0; row < n; row += 1) {
      for (let to = (n - 1 - row) * n, end = to + n; to < end; to += 1, at += 1) pixels[to] = colors[bytes[at]];
    }
    this.context.putImageData(this.image, 0, 0);
  }
}

/**
 * The class that wins each cell.
 * @param {Uint8Array} map (K, n, n); K = 1 is the probability of class 1
 * @param {number} classes K @param {number} cells n²
 */
export function winnersOf(map, classes, cells) {
  const best = new Uint8Array(cells);
  for (let i = 0; i < cells; i += 1) {
    if (classes === 1) best[i] = map[i] > 127 ? 1 : 0;
    else for (let k = 1; k < classes; k += 1) if (map[k * cells + i] > map[best[i] * cells + i]) best[i] = k;
  }
  return best;
}
