// The knobs that learners may get, in groups: those that are freed most come first. No DOM in here.

/** @typedef {{name: string, text: string, of?: string[]}} Knob */

/** Of the knobs' order, where another group begins. */
const NETWORK_FROM = "features";
const TRAINING_FROM = "loss";

/** @param {Knob[]} knobs in the order of the declarations @returns {[string, Knob[]][]} */
export function knobGroups(knobs) {
  const at = (/** @type {string} */ name) => knobs.findIndex((knob) => knob.name === name);
  const data = knobs.slice(0, at(NETWORK_FROM));
  return [
    ["Network", knobs.slice(at(NETWORK_FROM), at(TRAINING_FROM))], ["Training", knobs.slice(at(TRAINING_FROM))],
    ["Data", data.filter(({ of }) => !of)], ["Of some datasets", data.filter(({ of }) => of)],
  ];
}
