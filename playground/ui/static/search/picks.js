// What the bar under the views says of the trial that is pointed at, and of those that are picked.
import { addressInPlay } from "../web/in_play.js";
import { figuresOf } from "./sentences.js";

/**
 * @param {import("./look.js").Look} look @param {import("../web/selection.js").Selection} selection
 * @returns {Parameters<import("../web/picked_bar.js").PickedBar["show"]>[0]}
 */
export function picksOf(look, { pointed, picked }) {
  const { trials, dark } = look;
  const told = (/** @type {number} */ trial) => `${trials.settingsInWords(trial)}: ${figuresOf(trial, look)}`;
  return {
    key: trials.hello.run, same: "", dark, hint: "Pick trials to see them in every view.",
    pointed: pointed === null || pointed >= trials.count ? "" : `Trial ${pointed + 1}, ${told(pointed)}`,
    picks: [...picked.keys()].filter((trial) => trial < trials.count).map((trial) => ({
      id: trial, title: `Trial ${trial + 1}`, name: `${trials.nameOf(trial)}, ${trials.settingsInWords(trial)}`, figures: told(trial), href: addressInPlay(trials.links[trial]),
    })),
  };
}
