// What the card of a link or a neuron says: the weights that lead there. Numbers and words, nothing drawn.
import { inputNames, inputText } from "../../web/given_names.js";
import { guide } from "../../web/guide.js";
import { neuronName } from "../names.js";

/**
 * What is known of the network on screen.
 * @typedef {object} Known
 * @property {import("./network_layout.js").Layout} layout
 * @property {number[][]} shown      units drawn of each hidden layer and the output
 * @property {number[]} hidden
 * @property {number[]} chosen       places of the chosen inputs among the features
 * @property {Record<string, any>} experiment
 * @property {Float32Array} [links]
 * @property {Float32Array} [biases]
 * @property {{layer: number, unit: number, bias?: number | null, weights?: ArrayLike<number>}} [incoming]   all weights of one neuron
 * @property {boolean} editable
 *
 * @typedef {{layer: number, from: number, to: number}} Link
 * @typedef {{layer: number, row: number, unit: number}} Place
 */

/** Why nothing can be edited now. @param {boolean} editable */
const noteOf = (editable) => (editable ? "" : guide.allows("weights") ? "To edit, move the scrubber to the newest epoch." : guide.locked.has("weights") ? "This link locks the weights." : "In this step weights are not edited by hand.");

/** @param {Known} known @param {Link} link @param {boolean} pinned */
export function linkContent(known, { layer, from, to }, pinned) {
  const a = known.layout.columns[layer - 1].nodes[from];
  const b = known.layout.columns[layer].nodes[to];
  if (!a || !b) return null;
  const source = layer === 1 ? known.chosen.indexOf(a.unit) : a.unit;
  return {
    key: `link ${layer} ${a.unit} ${b.unit}`, title: neuronName({ layer, unit: b.unit }, known.experiment), pinned,
    editable: known.editable, note: pinned ? noteOf(known.editable) : "Click to edit.",
    rows: [{ label: `from ${sourceName(known, layer, source)}`, source, value: weightOf(known, layer, from, to) }],
    at: { layer, row: to }, target: { layer, unit: b.unit },
  };
}

/** @param {Known} known @param {Place} place @param {boolean} pinned */
export function neuronContent(known, { layer, row, unit }, pinned) {
  const { incoming } = known;
  const all = incoming?.layer === layer && incoming.unit === unit ? incoming : null;
  const before = known.shown.slice(0, layer - 1).reduce((sum, column) => sum + column.length, 0);
  const bias = all?.bias ?? known.biases?.[before + row] ?? NaN;
  const weights = all?.weights ? Array.from(all.weights) : drawnWeights(known, layer, row);
  return {
    key: `neuron ${layer} ${unit}`, title: neuronName({ layer, unit }, known.experiment), pinned, editable: known.editable,
    note: pinned ? noteOf(known.editable) : "Click to edit.",
    rows: [{ label: "bias", source: null, value: bias },
      ...weights.map((value, source) => ({ label: `from ${sourceName(known, layer, source)}`, source, value }))],
    at: { layer, row }, target: { layer, unit },
  };
}

/** @param {Known} known @param {number} layer @param {number} from @param {number} to rows drawn */
function weightOf({ chosen, shown, links }, layer, from, to) {
  const drawn = (/** @type {number} */ i) => (i === 0 ? chosen.length : shown[i - 1].length);
  let start = 0;
  for (let i = 1; i < layer; i += 1) start += drawn(i - 1) * drawn(i);
  const index = layer === 1 ? chosen.indexOf(from) : from;
  return links?.[start + index * drawn(layer) + to] ?? NaN;
}

/** Until the server has sent all of them. @param {Known} known @param {number} layer @param {number} row */
function drawnWeights(known, layer, row) {
  const { shown, hidden, chosen, links } = known;
  const whole = layer === 1 || shown[layer - 2].length === hidden[layer - 2];
  if (!whole || !links) return [];
  const rows = layer === 1 ? chosen : shown[layer - 2].map((_, i) => i);
  return rows.map((from) => weightOf(known, layer, from, row));
}

/** @param {Known} known @param {number} layer that is reached @param {number} source */
const sourceName = ({ chosen, experiment }, layer, source) => (layer === 1 ? inputText(inputNames(experiment)[chosen[source]]) : `neuron ${source + 1}`);
