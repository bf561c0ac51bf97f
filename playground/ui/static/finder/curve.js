// What is drawn of a range test, from its losses.
import { LEFT_OUT, SMOOTHING } from "../web/facts.js";

const ABOVE = 0.6; // how far the loss axis goes on above what was there before the loss was least, as a share of the fall
const DECADES = 6; // the most that a logarithmic loss axis holds

/**
 * The test so far: the rates, what several networks have in the middle, and each network, smoothed.
 * @typedef {{rates: Float64Array, smoothed: Float32Array, low: Float64Array, high: Float64Array, seeds: Float64Array[], diverged: number}} Curve
 */

/** @param {import("../web/messages.js").LossesMessage} message @returns {Curve} */
export function curveOf({ arrays: { rates, losses, smoothed, low, high } }) {
  const [seeds, points] = losses.shape;
  const rows = Array.from({ length: seeds }, (_, i) => losses.data.subarray(i * points, (i + 1) * points));
  return {
    rates: rates.data, smoothed: smoothed.data,
    low: averaged(low.data, SMOOTHING), high: averaged(high.data, SMOOTHING),
    seeds: rows.map((row) => averaged(row, SMOOTHING)),
    diverged: rows.filter((row) => points > 0 && !Number.isFinite(row[points - 1])).length,
  };
}

/**
 * The moving average without its bias towards 0 at the start, as the server makes that of the median; from the first
 * value on that is no number, none is.
 * @param {ArrayLike<number>} values @param {number} beta what of it stays from point to point
 */
export function averaged(values, beta) {
  const averages = new Float64Array(values.length).fill(NaN);
  let [sum, weight] = [0, 0];
  for (let i = 0; i < values.length && Number.isFinite(values[i]); i += 1) {
    sum = beta * sum + (1 - beta) * values[i];
    weight = beta * weight + 1 - beta;
    averages[i] = sum / weight;
  }
  return averages;
}

/**
 * The range of the loss axis. Where the loss grows without bound it is cut off: the fall is what is looked at.
 * @param {Curve} curve @param {boolean} log
 * @returns {[number, number]}
 */
export function lossRange({ smoothed, low, high }, log) {
  const lost = smoothed.findIndex((loss) => !Number.isFinite(loss));
  const end = lost < 0 ? smoothed.length : lost;
  if (!end) return log ? [0.1, 1] : [0, 1];
  const bottom = leastOf(smoothed, end);
  let [lo, usual, most] = [Infinity, -Infinity, -Infinity];
  for (let i = 0; i < end; i += 1) {
    if (low[i] < lo) lo = low[i];
    if (i <= bottom && high[i] > usual) usual = high[i];
    if (smoothed[i] > most) most = smoothed[i];
  }
  usual = Number.isFinite(usual) ? usual : smoothed[bottom];
  lo = Math.min(lo, smoothed[bottom]);
  const hi = Math.max(usual, Math.min(most, usual + ABOVE * (usual - lo)));
  if (log) return [Math.max(lo, hi / 10 ** DECADES) / 1.15, hi * 1.15];
  const margin = 0.04 * (hi - lo);
  return [lo - margin, hi + margin];
}

/** @param {Float32Array} losses @param {number} end */
function leastOf(losses, end) {
  let least = 0;
  for (let i = 1; i < end; i += 1) if (losses[i] < losses[least]) least = i;
  return least;
}

/** The points that are suggested from: from the first of the pair to before the second. @param {number} points @param {number} planned @returns {[number, number]} */
export function usable(points, planned) {
  const start = Math.min(points, Math.floor(planned / LEFT_OUT.start));
  return [start, Math.max(start, points - LEFT_OUT.end)];
}

/** The point whose rate is nearest, on a logarithmic axis. @param {Float64Array} rates that grow @param {number} rate */
export function nearest(rates, rate) {
  let [lo, hi] = [0, rates.length - 1];
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1;
    if (rates[middle] <= rate) lo = middle;
    else hi = middle;
  }
  return rate * rate < rates[lo] * (rates[hi] ?? rates[lo]) ? lo : Math.max(lo, hi);
}
