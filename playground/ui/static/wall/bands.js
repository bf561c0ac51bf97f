// Where the values of an axis lie in a picture of it: as far apart as on its scale, where that leaves each some room.

/** @typedef {{from: number, to: number, middle: number}} Band  shares of the axis */

const LEAST = 0.35; // of an even share

/**
 * Each value has the stretch that is nearer to it than to others.
 * @param {import("../web/messages.js").WallAxis} axis
 * @returns {Band[]} in the order of the axis
 */
export function bandsOf({ scale, positions }) {
  const count = positions.length;
  const even = positions.map((_, i) => ({ from: i / count, to: (i + 1) / count, middle: (i + 0.5) / count }));
  if (scale === "names" || count < 2) return even;
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b]);
  const at = order.map((i) => positions[i]);
  const edges = [at[0] - (at[1] - at[0]) / 2, ...at.slice(1).map((value, i) => (value + at[i]) / 2), at[count - 1] + (at[count - 1] - at[count - 2]) / 2];
  const [lo, length] = [edges[0], edges[count] - edges[0]];
  const bands = at.map((value, i) => ({ from: (edges[i] - lo) / length, to: (edges[i + 1] - lo) / length, middle: (value - lo) / length }));
  if (bands.some(({ from, to }) => !(to - from >= LEAST / count))) return placed(order, even);
  return placed(order, bands);
}

/** From the order of positions to that of the axis. @param {number[]} order @param {Band[]} bands */
function placed(order, bands) {
  const made = [...bands];
  order.forEach((i, place) => {
    made[i] = bands[place];
  });
  return made;
}
