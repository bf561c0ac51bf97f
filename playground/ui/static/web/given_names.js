// What classes, inputs and axes are called. Of a table somebody else wrote it: it is text, whatever it looks like.
import { FEATURES } from "./facts.js";

/** @typedef {Record<string, any> | undefined} Facts   of the experiment */

const NUMBERED = /^class (\d+)$/;

/** @param {Facts} experiment @param {number} k */
export const className = (experiment, k) => String(experiment?.classes?.[k] ?? `class ${k}`);

/** Of many classes without names the number is enough. @param {Facts} experiment @param {number} k */
export const shortClassName = (experiment, k) => className(experiment, k).replace((experiment?.n_classes ?? 2) > 3 ? NUMBERED : /^$/, "$1");

/** @param {Facts} experiment */
export const isNamed = (experiment) => !NUMBERED.test(className(experiment, 0));

/** @param {string} name of an input */
export const inputText = (name) => FEATURES.find((each) => each.name === name)?.text ?? name;

/** All that may be inputs. @param {Facts} experiment @returns {string[]} */
export const inputNames = (experiment) => (experiment?.uses_features === false ? experiment.features : FEATURES.map(({ name }) => name));

/** @param {Facts} experiment @returns {string[]} */
export const axisNames = (experiment) => (experiment?.axes ?? ["x1", "x2"]).map(inputText);

/** Whether the axes are x₁ and x₂. @param {Facts} experiment */
export const isPlain = (experiment) => String(experiment?.axes ?? "x1,x2") === "x1,x2";

/** Which input lies along which axis, where no axis has the room for its name. @param {string[]} axes */
export const axesInWords = ([across, up]) => `Across: ${inputText(across)}, up: ${inputText(up)}.`;

/** For Plotly, to which a tag is markup and %{…} a number. @param {string} text */
export const plotted = (text) => text.replace(/[&<>%]/g, (letter) => `&#${letter.charCodeAt(0)};`);
