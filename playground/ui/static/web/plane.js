// One streamed map over the plane: its picture, its value anywhere, its boundary line.
import { classPalette, confidenceBytes, regionPalette, valuePalette } from "./palette.js";

/**
 * @typedef {object} Plane
 * @property {Uint8Array} map (K, n, n); [i, j] at x2 row i, x1 column j
 * @property {number} classes K
 * @property {number} n
 * @property {[number, number]} x1
 * @property {[number, number]} x2
 * @property {number} lo
 * @property {number} hi
 */

/**
 * @param {import("./decode.js").Message} frame
 * @returns {Plane}
 */
export function planeOf({ header, arrays }) {
  const [classes, n] = arrays.map.shape;
  const map = /** @type {Uint8Array} */ (arrays.map.data);
  const { x1, x2 } = header;
  const plane = { map, classes, n, x1, x2, lo: header.lo ?? 0, hi: header.hi ?? 1 };
  // Two softmax units say one thing: the probability of class 1.
  return classes === 2 ? { ...plane, map: map.subarray(n * n), classes: 1 } : plane;
}

/**
 * Where the picture lies: cells are centred on the grid points, so half a cell sticks out on each side.
 * @param {{x1: [number, number], x2: [number, number], n: number}} plane
 */
export function placement({ x1, x2, n }) {
  const width = (x1[1] - x1[0]) / (n - 1);
  const height = (x2[1] - x2[0]) / (n - 1);
  return { x: x1[0] - width / 2, y: x2[1] + height / 2, sizex: width * n, sizey: height * n };
}

/**
 * Bilinear value of every class at one point, or null outside.
 * @param {Plane} plane @param {number} x1 @param {number} x2
 * @returns {number[] | null}
 */
export function valuesAt(plane, x1, x2) {
  const { map, classes, n, lo, hi } = plane;
  const u = ((x1 - plane.x1[0]) / (plane.x1[1] - plane.x1[0])) * (n - 1);
  const v = ((x2 - plane.x2[0]) / (plane.x2[1] - plane.x2[0])) * (n - 1);
  if (!(u >= -0.5 && v >= -0.5 && u <= n - 0.5 && v <= n - 0.5)) return null;
  return Array.from({ length: classes }, (_, k) => lo + ((hi - lo) * sample(map, k * n * n, n, u, v)) / 255);
}

/**
 * @param {Uint8Array} map @param {number} base @param {number} n
 * @param {number} u column @param {number} v row
 */
function sample(map, base, n, u, v) {
  const j = Math.min(n - 2, Math.max(0, Math.floor(u)));
  const i = Math.min(n - 2, Math.max(0, Math.floor(v)));
  const s = Math.min(1, Math.max(0, u - j));
  const t = Math.min(1, Math.max(0, v - i));
  const at = base + i * n + j;
  return (1 - t) * ((1 - s) * map[at] + s * map[at + 1]) + t * ((1 - s) * map[at + n] + s * map[at + n + 1]);
}

/**
 * Winner of each cell on a grid refined so that region borders are not stairs.
 * @param {Plane} plane @param {number} threshold byte above which one value means class 1
 * @param {number} refine
 */
function winners(plane, threshold, refine) {
  const { map, classes, n } = plane;
  const size = n * refine;
  const pixels = new Uint8Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const v = (row + 0.5) / refine - 0.5;
    for (let col = 0; col < size; col += 1) {
      const u = (col + 0.5) / refine - 0.5;
      let best = 0;
      let most = classes === 1 ? threshold : sample(map, 0, n, u, v);
      for (let k = classes === 1 ? 0 : 1; k < classes; k += 1) {
        const value = sample(map, k * n * n, n, u, v);
        if (value > most) {
          most = value;
          best = classes === 1 ? 1 : k;
        }
      }
      pixels[row * size + col] = best;
    }
  }
  return pixels;
}

/**
 * A picture of a plane: entries of a palette, row 0 at the lowest x2.
 * @typedef {{bytes: Uint8Array, n: number, palette: Uint8Array}} Shades
 */

/** Turns planes into shades, remembering the newest palette. */
export class PlanePainter {
  constructor() {
    this.paletteKey = "";
    /** @type {Uint8Array} */
    this.palette = new Uint8Array(768);
  }

  /**
   * @param {Plane} plane
   * @param {import("./palette.js").Scale} scale
   * @param {boolean} discrete
   * @returns {Shades}
   */
  shades(plane, scale, discrete) {
    return discrete ? this.regions(plane, scale) : this.confidence(plane, scale);
  }

  /** @param {Plane} plane @param {import("./palette.js").Scale} scale @returns {Shades} */
  confidence(plane, scale) {
    const { map, classes, n } = plane;
    const several = classes > 1;
    const palette = this.cached(scale, several ? `classes${classes}` : "value",
      () => (several ? classPalette(scale, classes) : valuePalette(scale)));
    return { bytes: several ? confidenceBytes(map, classes, n * n) : map, n, palette };
  }

  /** @param {Plane} plane @param {import("./palette.js").Scale} scale @returns {Shades} */
  regions(plane, scale) {
    const { classes, n, lo, hi } = plane;
    const refine = classes === 1 ? 3 : 2;
    const count = Math.max(2, classes);
    const palette = this.cached(scale, `regions${count}`, () => regionPalette(scale, count));
    const middle = (scale.target[0] + scale.target[1]) / 2;
    return { bytes: winners(plane, (255 * (middle - lo)) / (hi - lo || 1), refine), n: n * refine, palette };
  }

  /** @param {import("./palette.js").Scale} scale @param {string} kind @param {() => Uint8Array} make */
  cached(scale, kind, make) {
    const key = `${kind}|${scale.lo}|${scale.hi}|${scale.target}|${scale.neutral}|${scale.strength}|${scale.colors.join()}`;
    if (key !== this.paletteKey) {
      this.paletteKey = key;
      this.palette = make();
    }
    return this.palette;
  }
}

/**
 * The boundary as an SVG path in data coordinates.
 * @param {Float32Array} lines (m, 2), polylines separated by NaN rows
 * @param {number} span width of the visible range, which sets the digits
 */
export function pathOf(lines, span) {
  const digits = 10 ** Math.max(0, Math.ceil(Math.log10(4000 / span)));
  let path = "";
  let command = "M";
  for (let i = 0; i < lines.length; i += 2) {
    const x = lines[i];
    const y = lines[i + 1];
    if (x !== x || y !== y) {
      command = "M";
      continue;
    }
    path += `${command}${Math.round(x * digits) / digits},${Math.round(y * digits) / digits}`;
    command = "L";
  }
  return path || "M0,0";
}
