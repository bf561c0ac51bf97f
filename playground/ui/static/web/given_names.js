// What classes, inputs and axes are called. Of a table somebody else wrote it: it is text, whatever it looks like.
import { FEATURES } from "./facts.js";

/** @typedef {Record<string, any>} Facts   of the experiment, as the server tells them */

const NUMBERED = /^class (\d+)$/;

/** @param {Facts | undefined} experiment @param {number} k */
export const className = (experiment, k) => String(experiment?.classes?.[k] ?? `class ${k}`);

/** Of many classes that have no names of their own the number is enough. @param {Facts | undefined} experiment @param {number} k */
export function shortClassName(experiment, k) {
  const name = className(experiment, k);
  return (experiment?.n_classes ?? 2) > 3 ? name.replace(NUMBERED, "$1") : name;
}

/** Whether classes have names of their own. @param {Facts | undefined} experiment */
export const isNamed = (experiment) => !NUMBERED.test(className(experiment, 0));

/** What an input of the network is called on the page. @param {string} name */
export const inputText = (name) => FEATURES.find((each) => each.name === name)?.text ?? name;

/** All that may be inputs: the features of the plane, or the coordinates that the points have. @param {Facts} experiment @returns {string[]} */
export const inputNames = (experiment) => (experiment.uses_features === false ? experiment.features : FEATURES.map(({ name }) => name));

/** The names of the two axes of the plane. @param {Facts | undefined} experiment @returns {string[]} */
export const axisNames = (experiment) => (experiment?.axes ?? ["x1", "x2"]).map(inputText);

/** Whether the axes are the plane's own x₁ and x₂. @param {Facts | undefined} experiment */
export const isPlain = (experiment) => String(experiment?.axes ?? "x1,x2") === "x1,x2";

/** For Plotly, to which a tag is markup and %{…} stands for a number. @param {string} text */
export const plotted = (text) => text.replace(/[&<>%]/g, (letter) => `&#${letter.charCodeAt(0)};`);
