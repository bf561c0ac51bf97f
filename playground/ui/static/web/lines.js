// The lines of the curves: thinned to what a chart can show, of several seeds the median and their range.

/** @typedef {import("./metrics.js").Metric} Metric */
/** @typedef {{x: Float64Array, y: Float64Array}} Line */
/** @typedef {Line & {least: Float64Array, most: Float64Array}} Band */

/**
 * One network's values of the epochs up to `last`, in at most about `vertices` points; each stretch of epochs keeps its
 * least and its greatest, so a spike one epoch wide is still drawn.
 * @param {(epoch: number) => number} read @param {number} last @param {number} vertices
 * @returns {Line}
 */
export function thinned(read, last, vertices) {
  const count = last + 1;
  if (count <= vertices) {
    const x = Float64Array.from({ length: count }, (_, epoch) => epoch);
    return { x, y: x.map(read) };
  }
  const stretches = Math.max(1, Math.floor(vertices / 2));
  const [x, y] = [new Float64Array(2 * stretches), new Float64Array(2 * stretches)];
  for (let i = 0; i < stretches; i += 1) {
    const ends = extremes(read, Math.floor((i * count) / stretches), Math.floor(((i + 1) * count) / stretches));
    ends.forEach(({ epoch, value }, k) => {
      x[2 * i + k] = epoch;
      y[2 * i + k] = value;
    });
  }
  return { x, y };
}

/** In the order of their epochs. @param {(epoch: number) => number} read @param {number} from @param {number} to */
function extremes(read, from, to) {
  let least = { epoch: from, value: read(from) };
  let most = least;
  for (let epoch = from + 1; epoch < to; epoch += 1) {
    const value = read(epoch);
    if (value < least.value) least = { epoch, value };
    if (value > most.value) most = { epoch, value };
  }
  return least.epoch <= most.epoch ? [least, most] : [most, least];
}

/**
 * Median and range of several networks at up to `points` epochs; one that has no number there does not count.
 * @param {((epoch: number) => number)[]} reads @param {number} last @param {number} points
 * @returns {Band}
 */
export function banded(reads, last, points) {
  const count = Math.min(last + 1, Math.max(2, Math.floor(points)));
  const x = Float64Array.from({ length: count }, (_, i) => (count > 1 ? Math.round((i * last) / (count - 1)) : 0));
  const [y, least, most] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  x.forEach((epoch, i) => {
    const values = reads.map((read) => read(epoch)).filter(Number.isFinite).sort((a, b) => a - b);
    [least[i], y[i], most[i]] = values.length ? [values[0], median(values), values[values.length - 1]] : [NaN, NaN, NaN];
  });
  return { x, y, least, most };
}

/** @param {number[]} sorted */
function median(sorted) {
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The range of an axis that holds the lines; a few that lie far above the others do not flatten them.
 * @param {Line[]} lines @param {boolean} log
 * @returns {[number, number]}
 */
export function rangeOf(lines, log) {
  const tops = [];
  let lo = Infinity;
  for (const { y } of lines) {
    let top = -Infinity;
    for (const value of y) {
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      lo = Math.min(lo, value);
      top = Math.max(top, value);
    }
    if (top > -Infinity) tops.push(top);
  }
  if (!tops.length) return log ? [0.01, 1] : [0, 1];
  tops.sort((a, b) => a - b);
  const [usual, highest] = [tops[Math.floor(0.9 * (tops.length - 1))], tops[tops.length - 1]];
  const hi = highest > usual + 10 * Math.abs(usual) ? 2 * usual : highest;
  return log ? [Math.max(lo, hi / 1e6) / 1.15, hi * 1.15] : [lo - 0.03 * (hi - lo), hi + 0.03 * (hi - lo)];
}
