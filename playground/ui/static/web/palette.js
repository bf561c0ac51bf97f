// From the streamed bytes to colours: 256-entry palettes, so a frame's bytes go into the picture unchanged.
import { CLASS_COLORS } from "./facts.js";
import { css, mix, rgb } from "./theme.js";


/** Steps of confidence a class in the palette of several classes: a byte holds both. @param {number} classes */
const levelsOf = (classes) => Math.min(42, Math.floor(256 / classes));

/** @typedef {{task: string, lo: number, hi: number, target: [number, number], colors: number[][], neutral: number[], strength: number}} Scale */

/**
 * Colour of one class at a confidence from 0 (grey) to 1.
 * @param {Scale} scale @param {number} index @param {number} confidence
 */
const shade = (scale, index, confidence) =>
  mix(scale.neutral, scale.colors[index % scale.colors.length], scale.strength * Math.pow(confidence, 0.85));

/**
 * Position of a value on the two-colour scale, -1 (orange) to 1 (blue).
 * @param {Scale} scale @param {number} value
 */
function signed(scale, value) {
  const [lo, hi] = scale.target;
  return Math.max(-1, Math.min(1, (2 * (value - lo)) / (hi - lo || 1) - 1));
}

/** @param {Scale} scale @param {number} value @param {boolean} discrete */
export function colorOf(scale, value, discrete = false) {
  const s = signed(scale, value);
  return shade(scale, s < 0 ? 0 : 1, discrete ? 0.75 : Math.abs(s));
}

/**
 * Palette for a map with one value a cell.
 * @param {Scale} scale
 * @returns {Uint8Array} 256 × RGB
 */
export function valuePalette(scale) {
  const colors = new Uint8Array(768);
  for (let byte = 0; byte < 256; byte += 1) {
    colors.set(colorOf(scale, scale.lo + ((scale.hi - scale.lo) * byte) / 255), byte * 3);
  }
  return colors;
}

/**
 * Palette for several classes: entry `class * levels + level`.
 * @param {Scale} scale @param {number} classes
 */
export function classPalette(scale, classes) {
  const colors = new Uint8Array(768);
  const levels = levelsOf(classes);
  for (let k = 0; k < classes; k += 1) {
    for (let level = 0; level < levels; level += 1) {
      colors.set(shade(scale, k, level / (levels - 1)), (k * levels + level) * 3);
    }
  }
  return colors;
}

/** Palette from grey to the colour of one class. @param {Scale} scale @param {number} index */
export function fadePalette(scale, index) {
  const colors = new Uint8Array(768);
  for (let byte = 0; byte < 256; byte += 1) colors.set(shade(scale, index, byte / 255), byte * 3);
  return colors;
}

/** Palette for plain class regions. @param {Scale} scale @param {number} classes */
export function regionPalette(scale, classes) {
  const colors = new Uint8Array(768);
  for (let k = 0; k < classes; k += 1) colors.set(shade(scale, k, 0.75), k * 3);
  return colors;
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

/**
 * The winner of each cell and how sure it is, as entries of `classPalette`.
 * @param {Uint8Array} map (K, n, n), K > 1 @param {number} classes @param {number} cells n²
 */
export function confidenceBytes(map, classes, cells) {
  const bytes = winnersOf(map, classes, cells);
  const floor = 255 / classes;
  const levels = levelsOf(classes);
  for (let i = 0; i < cells; i += 1) {
    const sure = Math.max(0, (map[bytes[i] * cells + i] - floor) / (255 - floor));
    bytes[i] = bytes[i] * levels + Math.round(sure * (levels - 1));
  }
  return bytes;
}

/** A CSS gradient of the two-colour scale, for the legend. @param {Scale} scale */
export function gradient(scale) {
  const [lo, hi] = scale.target;
  const stops = [0, 0.25, 0.5, 0.75, 1].map((t) => css(colorOf(scale, lo + (hi - lo) * t)));
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/** @param {number} classes */
export function classColors(classes) {
  return Array.from({ length: Math.max(2, classes) }, (_, k) => rgb(CLASS_COLORS[k % CLASS_COLORS.length]));
}

/** 256 colours as the words that a picture is made of. @param {Uint8Array} palette 256 × RGB */
export function packed(palette) {
  const words = new Uint32Array(256);
  const bytes = new Uint8Array(words.buffer);
  for (let i = 0; i < 256; i += 1) bytes.set([palette[3 * i], palette[3 * i + 1], palette[3 * i + 2], 255], 4 * i);
  return words;
}

/** Range of the targets, symmetric about 0 where they have both signs. @param {ArrayLike<number>[]} parts @returns {[number, number]} */
export function targetRange(parts) {
  const all = parts.flatMap((part) => Array.from(part));
  const lo = all.reduce((a, b) => Math.min(a, b), Infinity);
  const hi = all.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(hi > lo)) return [lo - 1 || -1, hi + 1 || 1];
  const reach = Math.max(-lo, hi);
  return lo < 0 && hi > 0 ? [-reach, reach] : [lo, hi];
}
