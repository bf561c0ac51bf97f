// The points and the grid between two layers: plain numbers, nothing drawn.

/**
 * @typedef {object} Stage
 * @property {string} name                 layer 2: 2 tanh
 * @property {string[]} axes               "" for an axis the layer does not fill
 * @property {[number, number][]} ranges   of each axis
 * @property {number} explained            share of the variance that the axes show
 *
 * @typedef {object} Scene                 one message of the server
 * @property {Stage[]} stages
 * @property {number} dimensions
 * @property {Float32Array[]} points       a stage: (n, dimensions), 0 to 1 within the ranges, NaN where there is none
 * @property {Float32Array[]} grid         the same of the points of grid lines; empty without a grid
 * @property {number} linePoints           grid points a line
 * @property {Float32Array} y
 */

/** @param {import("../../web/decode.js").Message} message @returns {Scene} */
export function sceneOf({ header, arrays }) {
  const stages = /** @type {Stage[]} */ (header.stages);
  const { coords, grid, y } = arrays;
  return {
    stages,
    dimensions: coords.shape[2],
    points: placed(coords, stages),
    grid: grid ? placed(grid, stages) : [],
    linePoints: grid ? grid.shape[2] : 0,
    y: /** @type {Float32Array} */ (y.data),
  };
}

/**
 * Coordinates as shares of their axes' ranges, a stage an array.
 * @param {import("../../web/decode.js").Message["arrays"][string]} array @param {Stage[]} stages
 */
function placed({ data, shape }, stages) {
  const size = data.length / shape[0];
  const dimensions = shape[shape.length - 1];
  return stages.map(({ ranges }, s) => {
    const shares = new Float32Array(size);
    for (let i = 0; i < size; i += 1) {
      const [lo, hi] = ranges[i % dimensions];
      shares[i] = (data[s * size + i] - lo) / (hi - lo);
    }
    return shares;
  });
}

/** The stages on either side of a position, and how far it is between them. @param {number} position @param {number} count */
export function around(position, count) {
  const from = Math.max(0, Math.min(count - 2, Math.floor(position)));
  return { from, to: Math.min(count - 1, from + 1), share: position - from };
}

/**
 * Shares between two stages. @param {Float32Array[]} stages @param {number} position @param {Float32Array} into
 */
export function mixed(stages, position, into) {
  const { from, to, share } = around(position, stages.length);
  const [a, b] = [stages[from], stages[to]];
  if (share === 0 || share === 1) return share ? b : a;
  for (let i = 0; i < a.length; i += 1) into[i] = a[i] + (b[i] - a[i]) * share;
  return into;
}

/**
 * The range of an axis between two stages, such that points which move evenly on the screen stay true to it.
 * Mixing the ends evenly would let the wider stage rule the morph almost to its end.
 * @param {[number, number]} a @param {[number, number]} b @param {number} share @returns {[number, number]}
 */
export function rangeBetween(a, b, share) {
  const [wide, narrow] = [a[1] - a[0], b[1] - b[0]];
  const t = (share * wide) / (share * wide + (1 - share) * narrow);
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

const FAINTEST = 0.4;

/**
 * Axes at a position: range, name, and how plainly they are to be seen (1 at a stage).
 * @param {Scene} scene @param {number} position
 */
export function axesAt({ stages, dimensions }, position) {
  const { from, to, share } = around(position, stages.length);
  return Array.from({ length: dimensions }, (_, d) => {
    const names = [stages[from].axes[d], stages[to].axes[d]];
    return {
      name: nameBetween(names, share),
      range: rangeBetween(stages[from].ranges[d], stages[to].ranges[d], share),
      strength: strengthBetween(names, share),
    };
  });
}

/** @param {string[]} names of one axis at two stages @param {number} share */
function nameBetween([a, b], share) {
  if (share === 0 || a === b || !b) return share === 1 ? b : a;
  if (share === 1 || !a) return b;
  return [a, b].map((name) => name.replace(/ \(\d+.*/, "")).join(" → ");
}

/** An axis that one of the stages does not fill comes or goes. @param {string[]} names @param {number} share */
function strengthBetween([a, b], share) {
  if (a === b) return 1;
  if (!a || !b) return a ? 1 - share : share;
  return Math.max(FAINTEST, Math.abs(1 - 2 * share));
}
