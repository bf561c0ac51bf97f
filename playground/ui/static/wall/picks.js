// What the bar under the grid says of the cell that is pointed at, and of those that are picked.
import { h } from "../web/dom.js";
import { differences } from "./differences.js";
import { addressInPlay } from "../web/in_play.js";
import { detailsOf } from "./sentences.js";

/**
 * @param {import("./look.js").Look} look @param {import("../web/selection.js").Selection} selection @param {(cell: number) => void} showSeeds
 * @returns {Parameters<import("../web/picked_bar.js").PickedBar["show"]>[0]}
 */
export function picksOf(look, { pointed, picked }, showSeeds) {
  const { plan, dark } = look;
  const cells = [...picked.keys()];
  const { same, each } = differences(plan, cells);
  const seedsOf = (/** @type {number} */ cell) =>
    h("button", { type: "button", class: "kp-button kp-small-button", "aria-label": `Show seeds of ${plan.nameOf(cell)}`, onclick: () => showSeeds(cell) }, "Show seeds");
  return {
    key: `${plan.hello.run} ${plan.columns?.labels}`, same: same && !plan.isComparison ? `All: ${same}` : same, dark, hint: "Pick cells to compare them, in every view.",
    pointed: pointed === null ? "" : `${plan.nameOf(pointed)}: ${detailsOf(pointed, look)}`,
    picks: cells.map((cell, i) => ({
      id: cell, title: each[i], name: plan.nameOf(cell), figures: detailsOf(cell, look), href: addressInPlay(plan.linkOf(cell)),
      more: plan.seeds > 1 ? () => [seedsOf(cell)] : undefined,
    })),
  };
}
