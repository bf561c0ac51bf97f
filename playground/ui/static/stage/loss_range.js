// The range of the loss axis. A value or two far above all others, mostly those before training, would flatten the rest:
// they are left out of the range, and marked where they are cut.
import { COLUMNS } from "../web/facts.js";

const LOSSES = [COLUMNS.loss, COLUMNS.val_loss];
const RARE = 2; // values of each curve that may be left out
const FAR = 3; // times the greatest of all others
const ENOUGH = 10; // epochs before which nothing is left out
const FINE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** @typedef {import("./curve_store.js").CurveStore} Store */

/** Steps that keep the axis still for a while. @param {number} value @param {number[]} steps */
export function roundUp(value, steps) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (steps.find((step) => step * power >= value * 0.9999) ?? 10);
}

/**
 * Range of the loss axis, as its logarithms on a logarithmic one.
 * @param {Store} store @param {boolean} log @param {boolean} [whole] nothing may be left out
 */
export function lossRange(store, log, whole = false) {
  const [lo, hi] = store.extent(LOSSES);
  if (!Number.isFinite(hi)) return log ? [-2, 0] : [0, 1];
  if (!log) return [0, roundUp((whole ? hi : outlier(store)?.usual ?? hi) * 1.02, FINE)];
  const floor = Math.log10(Math.max(lo, hi * 1e-8, 1e-12));
  const ceiling = Math.log10(Math.max(hi, 1e-12));
  const margin = Math.max(0.1, 0.04 * (ceiling - floor));
  return [floor - margin, ceiling + margin];
}

/**
 * The greatest loss, its epoch, and the greatest of the usual ones; null where all are usual.
 * @param {Store} store @returns {{epoch: number, loss: number, usual: number} | null}
 */
export function outlier(store) {
  if (store.length <= ENOUGH) return null;
  const tops = LOSSES.map((column) => greatest(store, column));
  const [first] = tops.toSorted((a, b) => b.values[0] - a.values[0]);
  const far = FAR * Math.max(...tops.map(({ values }) => values[RARE]));
  const usual = Math.max(...tops.flatMap(({ values }) => values).filter((value) => value <= far));
  return far > 0 && first.values[0] > far ? { epoch: first.epoch, loss: first.values[0], usual } : null;
}

/** The greatest finite values of a column, falling, and the epoch of the first. @param {Store} store @param {number} column */
function greatest(store, column) {
  const values = Array.from({ length: RARE + 1 }, () => -Infinity);
  let epoch = 0;
  for (let i = 0; i < store.length; i += 1) {
    const value = store.at(i, column);
    if (!(value > values[RARE]) || value === Infinity) continue;
    if (value > values[0]) epoch = store.at(i, COLUMNS.epoch);
    values[RARE] = value;
    values.sort((a, b) => b - a);
  }
  return { values, epoch };
}
