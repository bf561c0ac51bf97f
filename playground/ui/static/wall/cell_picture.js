// The picture of a cell: its boundary in the stage's colours, hatched where seeds disagree, or how far they do.
import { classColors, classPalette, confidenceBytes, packed, valuePalette } from "../web/palette.js";
import { css, mix, rgb } from "../web/theme.js";

const HATCHED = 51; // of 255: where a fifth of the seeds say something else
const HALF = 128; // more than half of the seeds cannot disagree with most

/** @typedef {import("../web/messages.js").WallCell} WallCell */
/** @typedef {import("../web/theme.js").Theme} Theme */

/** Palettes that cells share. */
export class Palettes {
  /** @param {Theme} theme */
  constructor(theme) {
    this.theme = theme;
    this.target = 0; // of a regression: the farthest value that half of the cells have reached
    /** @type {Map<string, Uint8Array>} */
    this.known = new Map();
    this.spread = spreadPalette(theme);
    this.hatch = packed(Uint8Array.from([...rgb(theme.line), ...new Array(765).fill(0)]))[0];
  }

  /** The farthest value of the middle cell; what lies farther is no reason to pale the rest. @param {Float32Array} ranges (cells, 2) @param {boolean} fresh */
  reach(ranges, fresh) {
    const far = [];
    for (let i = 0; i < ranges.length; i += 2) far.push(Math.max(Math.abs(ranges[i]), Math.abs(ranges[i + 1])));
    const middle = far.filter(Number.isFinite).sort((a, b) => a - b)[Math.floor(far.length / 2)] ?? 1;
    this.target = fresh ? middle : Math.max(this.target, middle);
  }

  /** @param {WallCell} cell @param {number} lo @param {number} hi */
  of({ task, n_classes: classes }, lo, hi) {
    const regression = task === "regression";
    const target = regression ? this.target || 1 : 0;
    const key = `${task} ${classes} ${lo} ${hi} ${target}`;
    const known = this.known.get(key);
    if (known) return known;
    if (this.known.size > 600) this.known.clear(); // ranges of regressions move on
    const scale = {
      task, lo, hi, colors: classColors(classes), neutral: this.theme.neutral, strength: this.theme.strength,
      target: /** @type {[number, number]} */ (regression ? [-target, target] : [0, 1]),
    };
    const made = classes > 2 ? classPalette(scale, classes) : valuePalette(scale);
    this.known.set(key, made);
    return made;
  }
}

/** From what all seeds agree on to where half of them do not. @param {Theme} theme */
function spreadPalette({ neutral, test }) {
  const palette = new Uint8Array(768);
  for (let byte = 0; byte < 256; byte += 1) palette.set(mix(neutral, rgb(test), Math.min(1, byte / HALF)), 3 * byte);
  return palette;
}

/** Of the scale of disagreement, for a legend. @param {Theme} theme */
export const spreadGradient = ({ neutral, test }) => `linear-gradient(to right, ${css(neutral)}, ${css(rgb(test))})`;

/**
 * @typedef {object} Shown   what of a cell a frame brings
 * @property {Uint8Array} map   (values, n, n)
 * @property {number} n
 * @property {number} lo
 * @property {number} hi
 * @property {Uint8Array | null} spread (n, n)
 */

/**
 * @param {import("../web/map_picture.js").MapPicture} picture @param {WallCell} cell @param {Palettes} palettes @param {Shown} shown
 * @param {boolean} disagreement how far seeds disagree instead of what they say
 */
export function paintCell(picture, cell, palettes, { map, n, lo, hi, spread }, disagreement) {
  if (disagreement && spread) return picture.paint(spread, n, palettes.spread);
  const hatch = spread ? { marks: spread, from: HATCHED, word: palettes.hatch } : undefined;
  const palette = palettes.of(cell, lo, hi);
  if (cell.values === 2) return picture.paint(map.subarray(n * n, 2 * n * n), n, palette, hatch); // two units say one thing
  return picture.paint(cell.values > 2 ? confidenceBytes(map, cell.values, n * n) : map, n, palette, hatch);
}
