// Which cells are hidden: those that have diverged, and those that are worse than a bound.

/** @typedef {{diverged: boolean, bound: number | null}} Filter   the bound is in the metric's own unit */

/** @returns {Filter} */
export const nothing = () => ({ diverged: false, bound: null });

/**
 * A cell without a number is not worse than a bound: that is said apart.
 * @param {Filter} filter @param {import("./results.js").Results} results @param {import("../web/metrics.js").Metric} metric
 * @returns {Set<number>}
 */
export function hiddenBy({ diverged, bound }, results, metric) {
  const worse = (/** @type {number} */ value) => bound !== null && (metric.more ? value < bound : value > bound);
  return new Set(results.cells(metric).flatMap(({ mean }, cell) => ((diverged && results.isLost(cell)) || worse(mean) ? [cell] : [])));
}
