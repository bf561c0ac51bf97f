// Points that somebody draws, as a link holds them: `core/drawn_points.py` packs in the same way.
import { DRAWN } from "../../web/facts.js";

const { version, digits, reach, steps, classes: CLASSES, most, least_classes: leastClasses, least_of_a_class: leastOfAClass } = DRAWN;
const PLACES = 2 * reach * steps + 1;
const CHARACTERS = 4;

/** @typedef {readonly [number, number, number]} Point   x1, x2 and class; coordinates are hundredths, and none is -0 */

/** The nearest place that a point may have. @param {number} x1 @param {number} x2 @param {number} k @returns {Point} */
export function pointAt(x1, x2, k) {
  const place = (/** @type {number} */ x) => Math.max(-reach * steps, Math.min(reach * steps, Math.round(x * steps))) / steps + 0;
  return [place(x1), place(x2), k];
}

/** @param {readonly Point[]} points */
export function pack(points) {
  return version + points.map(([x1, x2, k]) => {
    const number = (k * PLACES + Math.round((x1 + reach) * steps)) * PLACES + Math.round((x2 + reach) * steps);
    return [18, 12, 6, 0].map((bits) => digits[(number >> bits) & 63]).join("");
  }).join("");
}

/** The points of a text that the server has taken; none where it is no such text. @param {string} text @returns {Point[]} */
export function unpack(text) {
  const characters = text.slice(version.length);
  if (!text.startsWith(version) || characters.length % CHARACTERS) return [];
  const points = Array.from({ length: characters.length / CHARACTERS }, (_, i) => {
    const number = [...characters.slice(CHARACTERS * i, CHARACTERS * (i + 1))].reduce((sum, each) => 64 * sum + digits.indexOf(each), 0);
    const rest = Math.floor(number / PLACES);
    return pointAt((rest % PLACES) / steps - reach, (number % PLACES) / steps - reach, Math.floor(rest / PLACES));
  });
  return points.every(([, , k]) => k >= 0 && k < CLASSES) ? points : [];
}

/** Whether there is something to learn. @param {readonly Point[]} points */
export function enough(points) {
  const counts = new Array(CLASSES).fill(0);
  for (const [, , k] of points) counts[k] += 1;
  return counts.filter((count) => count >= leastOfAClass).length >= leastClasses;
}

export const TOO_FEW = `Draw at least ${leastOfAClass} points of each of ${leastClasses} classes.`;

/** @param {number} got */
export const tooMany = (got) => `Drawn points must be at most ${most.toLocaleString("en")}. Got ${got.toLocaleString("en")}.`;

/** The points of a link; without one, those that are there before anything is drawn. @param {string} link */
export const pointsOf = (link) => new URLSearchParams(link.replace(/^[^?]*/, "")).get("points") ?? DRAWN.first;

/**
 * The points of a run, to be drawn on.
 * @param {import("../../web/decode.js").Message} hello
 * @returns {{points: Point[], refusal: string}}  why they cannot be, or ""
 */
export function pointsOfRun({ header, arrays }) {
  const { n_train: train, n_test: test, n_validation: validation = 0 } = header.experiment;
  const all = train + test + validation;
  if (all > most) return { points: [], refusal: tooMany(all) };
  const points = /** @type {Point[]} */ ([]);
  let outside = 0;
  for (const part of ["train", "validation", "test"]) {
    const [X, y] = [arrays[`${part}_x`]?.data ?? [], arrays[`${part}_y`]?.data ?? []];
    for (let i = 0; i < y.length; i += 1) {
      points.push(pointAt(X[2 * i], X[2 * i + 1], y[i]));
      outside += Number(Math.abs(X[2 * i]) > reach || Math.abs(X[2 * i + 1]) > reach);
    }
  }
  const refusal = outside ? `Drawn points must be in the square from \u2212${reach} to ${reach}. ${outside} of these are not.` : "";
  return { points, refusal };
}
