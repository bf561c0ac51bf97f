// What lies over the diagram's picture: a button for each neuron, and what stands above and below each layer.
import { h, icon } from "../../web/dom.js";
import { MAX_UNITS } from "../../web/facts.js";
import { className, inputText, isNamed } from "../../web/given_names.js";
import { guide } from "../../web/guide.js";
import { neuronName } from "../names.js";

/**
 * @typedef {import("./network_layout.js").Node} Node
 * @typedef {import("./network_layout.js").Column} Column
 * @typedef {import("./network_view.js").Place} Place
 * @typedef {object} Acts
 * @property {(place: Place | null, atOnce?: boolean) => void} point
 * @property {(place: Place) => void} pin
 * @property {(feature: number) => void} toggleFeature
 * @property {(layer: number, by: number) => void} changeUnits
 * @property {() => void} nextPage   other neurons of wide layers
 */

/** @param {"plus" | "minus"} sign @param {string} label @param {() => void} onclick */
export const stepper = (sign, label, onclick) =>
  h("button", { type: "button", class: "kp-stepper", "aria-label": label, title: label, onclick }, icon(sign));

const SMALL = 11; // px of a neuron beside which type must be smaller

/** @param {Node} node @param {Record<string, any>} experiment @param {Acts} acts */
export function neuronButton(node, experiment, acts) {
  const { layer, unit, row, size } = node;
  const name = neuronName({ layer, unit }, experiment);
  const place = { layer, row, unit };
  const fixed = !layer && experiment.uses_features === false; // a coordinate that is always given
  const label = layer ? `${name}: its map and weights` : fixed ? `${name}: its map` : `${name}: ${node.off ? "add to" : "remove from"} the network`;
  return h("button", {
    type: "button", class: "kp-neuron", tabindex: -1, "aria-label": label, title: layer ? "" : fixed ? name : `${label.split(": ")[1]}`,
    ...(layer || fixed ? {} : { "aria-pressed": String(!node.off) }), data: { neuron: `${layer}-${unit}`, layer, unit, row },
    style: `left:${node.x - size / 2}px;top:${node.y - size / 2}px;width:${size}px;height:${size}px`,
    onpointerenter: (/** @type {PointerEvent} */ event) => event.pointerType === "touch" || acts.point(place),
    onpointerleave: () => acts.point(null), onfocus: () => acts.point(place, true), onblur: () => acts.point(null),
    onclick: () => (layer ? acts.pin(place) : acts.toggleFeature(unit)),
  });
}

/** @param {number} x @param {number} y */
const at = (x, y) => `left:${x}px;top:${y}px`;

/** Names of the inputs, beside them. @param {Column} column @param {string[]} names */
export const inputTexts = (column, names) => column.nodes.map((node) => {
  const end = node.x - node.size / 2 - 4;
  const small = node.size < SMALL ? `;font-size:${Math.max(7, node.size + 1)}px` : "";
  return h("span", {
    class: "kp-input-name", style: `${at(end, node.y)};max-width:${end}px${small}`, "aria-hidden": "true", data: node.off ? { off: "" } : {},
  }, inputText(names[node.unit]));
});

/** @param {Column} column @param {number} layer @param {number} width of the diagram @param {Record<string, any>} experiment @param {Acts} acts */
export function hiddenTexts(column, layer, width, experiment, acts) {
  const texts = [layerName(column, experiment.activations[layer - 1], width), unitSteppers(column, layer, experiment.hidden[layer - 1], acts)];
  if (column.more > 0) texts.push(moreButton(column, layer, acts));
  return texts;
}

/** @param {Column} column @param {number} width of the diagram @param {Record<string, any>} experiment */
export function outputTexts(column, width, experiment) {
  const name = layerName(column, experiment.output.replace("softmax1", "softmax").replace("sigmoids", "sigmoid"), width);
  if (column.nodes.length === 1) return [name];
  const beside = isNamed(experiment);
  return [name, ...column.nodes.map(({ x, y, size, unit }) => {
    const start = x + size / 2 + 4;
    const [small, title] = [size < SMALL ? `;font-size:${Math.max(7, size - 2)}px` : "", className(experiment, unit)];
    return beside
      ? h("span", { class: "kp-output-name", style: `${at(start, y)};max-width:${width - start}px${small}`, "aria-hidden": "true", data: { beside: "" }, title }, title)
      : h("span", { class: "kp-output-name", style: at(x, y) + small, "aria-hidden": "true", title }, String(unit));
  })];
}

/** Characters of the longest name of an output, where they have names and are several; else 0. @param {Record<string, any>} experiment */
export const outputLetters = (experiment) => (experiment.units_out > 1 && isNamed(experiment)
  ? Math.max(...experiment.classes.map((/** @type {string} */ name) => name.length)) : 0);

/** @param {Column} column @param {string} name @param {number} width of the diagram */
export function layerName(column, name, width) {
  const middle = Math.min(column.x, width - 28); // the last name is wider than its neuron
  return h("span", { class: "kp-layer-name", style: `${at(middle, 0)};max-width:${column.width - 2}px` }, name);
}

/** @param {Column} column @param {number} layer @param {number} units @param {Acts} acts */
function unitSteppers(column, layer, units, acts) {
  const fewer = stepper("minus", `One neuron less in layer ${layer}`, () => acts.changeUnits(layer, -1));
  const more = stepper("plus", `One neuron more in layer ${layer}`, () => acts.changeUnits(layer, 1));
  const locked = guide.locked.has("hidden");
  fewer.disabled = locked || units <= 1;
  more.disabled = locked || units >= MAX_UNITS;
  return h("span", { class: "kp-units", style: `left:${column.x}px;top:0` }, fewer, h("span", {}, String(units)), more);
}

/** @param {Column} column @param {number} layer @param {Acts} acts */
function moreButton(column, layer, acts) {
  return h("button", {
    type: "button", class: "kp-more", style: `left:${column.x}px;top:${column.moreY}px`,
    title: "The most active neurons are drawn. Click for the next ones.", "aria-label": `${column.more} more neurons in layer ${layer}: show the next ones`,
    onclick: () => acts.nextPage(),
  }, `${column.more} more`);
}
