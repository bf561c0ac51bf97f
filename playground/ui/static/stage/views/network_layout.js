// Where everything of the network diagram lies. Pure: numbers in, numbers out.

const HEAD = 26; // room for the neurons' buttons
const FOOT = 16; // and for the layer's name
const LABEL = 34; // and for the inputs' names
const WIDEST = 0.22; // share of the width that long names get
const LETTER = 6;
const LARGEST = 64;
const SMALLEST = 6;
const MANY = 16;
const MORE = 15; // height of the line "92 more"

/**
 * @typedef {object} Node
 * @property {number} layer    0 is the inputs, the last one the outputs
 * @property {number} unit     its number in the layer; of an input, its place among all features
 * @property {number} row      its place among the neurons drawn
 * @property {number} x        centre
 * @property {number} y
 * @property {number} size     side of its map
 * @property {boolean} [off]   an input that is not chosen
 *
 * @typedef {object} Column
 * @property {number} x        centre
 * @property {number} width
 * @property {Node[]} nodes
 * @property {number} more     neurons that are not drawn
 * @property {number} moreY
 *
 * @typedef {{width: number, height: number, columns: Column[]}} Layout
 */

/**
 * @param {object} network
 * @param {boolean[]} network.inputs   whether each feature is chosen
 * @param {number[][]} network.shown   units drawn, for each hidden layer and the output
 * @param {number[]} network.units     how many there are
 * @param {number} width @param {number} height
 * @param {number} [scale]   of the type
 * @param {number} [longest]   characters of an input's name
 * @param {number} [named]   characters of an output's name, where they stand beside the outputs
 * @returns {Layout}
 */
export function layOut({ inputs, shown, units }, width, height, scale = 1, longest = 0, named = 0) {
  const [head, foot, least, line] = [HEAD, FOOT, LABEL, MORE].map((size) => size * scale);
  const wide = (/** @type {number} */ letters) => Math.max(least, Math.min(width * WIDEST, letters * LETTER * scale));
  const label = wide(longest);
  const end = named && wide(named + 1);
  const count = shown.length + 1;
  const step = (width - label - end - 8) / count;
  const many = inputs.length > MANY; // they are drawn smaller than the neurons
  const tallest = Math.max(many ? 1 : inputs.length, ...shown.map((drawn) => drawn.length));
  const folded = shown.some((drawn, i) => drawn.length < units[i]);
  const room = height - head - foot - (folded ? line : 0);
  const size = Math.floor(Math.max(10, Math.min(LARGEST * scale, room / tallest - 5, step * 0.6)));
  const small = many ? Math.max(SMALLEST, Math.min(size, Math.floor(room / inputs.length - 2))) : size;
  const columns = [column(0, inputs.map((_, i) => i), inputs.length, small), ...shown.map((each, i) => column(i + 1, each, units[i], size))];
  columns[0].nodes.forEach((node, i) => {
    node.off = !inputs[i];
  });
  return { width, height, columns };

  /** @param {number} layer @param {number[]} drawn @param {number} all @param {number} side of a node @returns {Column} */
  function column(layer, drawn, all, side) {
    const x = label + 4 + step * (layer + 0.5) - (layer === 0 ? (step - side) / 2 - 4 : 0) + (layer === count - 1 ? (step - side) / 2 - 6 : 0);
    const pitch = Math.min(room / drawn.length, side * 1.7);
    const top = head + (room - pitch * drawn.length) / 2;
    const nodes = drawn.map((unit, row) => ({ layer, unit, row, x, y: top + pitch * (row + 0.5), size: side }));
    return { x, width: step, nodes, more: all - drawn.length, moreY: head + room + line / 2 };
  }
}

/** Share of the way down at a share of the way along: all links are the same curve, stretched. @param {number} t */
export const bend = (t) => t * t * (3 - 2 * t);

/** Where along a link's parameter its horizontal share `s` lies; both run from 0 to 1. @param {number} s */
export function parameterAt(s) {
  // x(t) of the curve drawn: control points in the middle, so x = 1.5 t (1 - t) + t³ scaled to [0, 1].
  let lo = 0;
  let hi = 1;
  for (let i = 0; i < 24; i += 1) {
    const t = (lo + hi) / 2;
    if (1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t * t * t < s) lo = t;
    else hi = t;
  }
  return (lo + hi) / 2;
}

/**
 * The link nearest to a place, as layer reached and rows of both ends; null when none is near.
 * @param {Layout} layout @param {number} x @param {number} y @param {number} reach how far off is still a hit, in px
 * @returns {{layer: number, from: number, to: number} | null}
 */
export function linkAt({ columns }, x, y, reach) {
  for (let layer = 1; layer < columns.length; layer += 1) {
    const [a, b] = [columns[layer - 1].nodes, columns[layer].nodes];
    const x0 = a[0].x + a[0].size / 2;
    const x1 = b[0].x - b[0].size / 2;
    if (x < x0 || x > x1) continue;
    const share = bend(parameterAt((x - x0) / (x1 - x0)));
    let best = null;
    let least = reach;
    for (const from of a) {
      if (from.off) continue;
      for (const to of b) {
        const off = Math.abs(from.y + (to.y - from.y) * share - y);
        if (off < least) {
          least = off;
          best = { layer, from: from.row, to: to.row };
        }
      }
    }
    return best;
  }
  return null;
}
