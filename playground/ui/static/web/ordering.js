// Sorting: what has no number comes last, whichever way.

/**
 * @param {(number | string)[]} values @param {boolean} falling
 * @returns {number[]} the places of the values, in order; equal ones as they were
 */
export function sorted(values, falling) {
  const rank = (/** @type {number | string} */ value) => Number(typeof value === "number" && !Number.isFinite(value));
  return values.map((_, i) => i).sort((a, b) => rank(values[a]) - rank(values[b]) || (rank(values[a]) ? 0 : (falling ? -1 : 1) * compared(values[a], values[b])) || a - b);
}

/** @param {number | string} a @param {number | string} b */
const compared = (a, b) => (typeof a === "string" || typeof b === "string" ? String(a).localeCompare(String(b), "en", { numeric: true }) : a - b);
