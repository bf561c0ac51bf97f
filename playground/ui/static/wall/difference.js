// Where two networks disagree: arithmetic upon their maps.
import { winnersOf } from "../web/palette.js";

/** @typedef {import("../web/messages.js").WallCell} WallCell */
/** @typedef {{map: Uint8Array, lo: number, hi: number, cell: WallCell}} Seen  map: (values, n, n), row 0 at the lowest x2 */
/**
 * @typedef {object} Difference
 * @property {Uint8Array} marks   (n, n), 255 where they disagree most and 0 where they do not
 * @property {number} share       of the plane on which they call another class; of a regression NaN
 * @property {number} mean        of a regression how far apart they are; else NaN
 * @property {number} most        the same where it is most
 */

/** Why two cells have no such map, as a sentence; empty where they have one. @param {WallCell} a @param {WallCell} b */
export function whyNone(a, b) {
  if (a.task !== b.task) return "One tells classes apart and the other predicts a height: there is nothing that both say.";
  if (a.dataset !== b.dataset) return `They learn different data, ${a.dataset} and ${b.dataset}: there is no plane that both speak of.`;
  if (a.n_classes !== b.n_classes) return `They tell ${a.n_classes} and ${b.n_classes} classes apart: there is nothing that both say.`;
  if (`${a.x1} ${a.x2}` !== `${b.x1} ${b.x2}`) return "Their data reach over different parts of the plane, so that the maps do not lie upon each other.";
  return "";
}

/** @param {Seen} a @param {Seen} b @param {number} n points a side @returns {Difference} */
export const differenceOf = (a, b, n) => (a.cell.task === "regression" ? apart(a, b, n * n) : disagreeing(a, b, n * n));

/** @param {Seen} a @param {Seen} b @param {number} area @returns {Difference} */
function disagreeing(a, b, area) {
  const [first, second] = [classesOf(a, area), classesOf(b, area)];
  const marks = first.map((k, i) => (k === second[i] ? 0 : 255));
  const share = marks.reduce((count, mark) => count + Number(mark > 0), 0) / area;
  return { marks, share, mean: NaN, most: NaN };
}

/** The class that wins at each point. @param {Seen} seen @param {number} area */
export const classesOf = ({ map, cell }, area) => winnersOf(map, cell.values, area);

/** @param {Seen} a @param {Seen} b @param {number} area @returns {Difference} */
function apart(a, b, area) {
  const value = (/** @type {Seen} */ { map, lo, hi }, /** @type {number} */ i) => lo + ((hi - lo) * map[i]) / 255;
  const distances = Float64Array.from({ length: area }, (_, i) => Math.abs(value(a, i) - value(b, i)));
  const most = distances.reduce((far, each) => Math.max(far, each), 0);
  const mean = distances.reduce((sum, each) => sum + each, 0) / area;
  return { marks: Uint8Array.from(distances, (each) => (most ? Math.round((255 * each) / most) : 0)), share: NaN, mean, most };
}

/**
 * A map with several points for each of its own, linear between them: what is seen of it has no steps.
 * @param {Uint8Array} map (values, n, n) @param {number} n @param {number} times
 * @returns {Uint8Array} (values, n × times, n × times)
 */
export function finer(map, n, times) {
  const size = n * times;
  const [made, values] = [new Uint8Array((map.length / (n * n)) * size * size), map.length / (n * n)];
  const along = Array.from({ length: size }, (_, i) => {
    const at = Math.max(0, Math.min(n - 1, (i + 0.5) / times - 0.5));
    const first = Math.min(n - 2, Math.floor(at));
    return { first, share: at - first };
  });
  for (let value = 0, to = 0; value < values; value += 1) {
    for (const down of along) {
      const row = (value * n + down.first) * n;
      for (const { first, share } of along) {
        const low = map[row + first] * (1 - share) + map[row + first + 1] * share;
        const high = map[row + n + first] * (1 - share) + map[row + n + first + 1] * share;
        made[to] = Math.round(low * (1 - down.share) + high * down.share);
        to += 1;
      }
    }
  }
  return made;
}

/**
 * The border between classes, along the edges of the points' squares.
 * @param {Uint8Array} classes (n, n) @param {number} n
 * @returns {number[]} x0, y0, x1, y1, … from 0 at the left and the bottom to n
 */
export function bordersOf(classes, n) {
  const found = [];
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column < n; column += 1) {
      const here = classes[row * n + column];
      if (column + 1 < n && classes[row * n + column + 1] !== here) found.push(column + 1, row, column + 1, row + 1);
      if (row + 1 < n && classes[(row + 1) * n + column] !== here) found.push(column, row + 1, column + 1, row + 1);
    }
  }
  return found;
}
