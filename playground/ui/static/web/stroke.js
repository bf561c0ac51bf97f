// A boundary that a learner draws: points of the plane, with a gap where the pointer was lifted. No DOM in here.

/** @typedef {[number, number] | null} StrokePoint   x1 and x2; null where the pointer was lifted */

export const MOST_POINTS = 400;

/** With one more point, while there is room. @param {StrokePoint[]} stroke @param {StrokePoint} point @returns {StrokePoint[]} */
export function withPoint(stroke, point) {
  const inVain = point === null && (stroke.at(-1) ?? null) === null;
  return inVain || stroke.length >= MOST_POINTS ? stroke : [...stroke, point];
}
