// What a pinned learner trains, on the projector: its picture and its figures, large. It has a number and no name.
import { h, LiveText } from "../../web/dom.js";
import { formatEpoch, formatLoss, formatShare } from "../../web/format.js";

/** @typedef {import("../messages.js").TileFacts} TileFacts */

export class ProjectedRun {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.title = new LiveText("");
    this.figure = new LiveText("");
    this.epoch = new LiveText("");
    this.place = h("div", { class: "kp-projected-frame" }, canvas);
    this.node = h("figure", { class: "kp-projected-run", data: { testid: "projected-run" } }, this.place,
      h("figcaption", {}, h("strong", {}, this.title.node), h("span", {}, this.figure.node), h("span", {}, this.epoch.node)));
  }

  /** @param {number} place among the pins, from 1 @param {TileFacts | undefined} facts */
  show(place, facts) {
    this.title.write(`Run ${place}`);
    if (!facts) return;
    const regression = facts.task === "regression";
    this.figure.write(facts.accuracy === null ? "" : `${regression ? "test loss" : "test accuracy"} ${regression ? formatLoss(facts.accuracy) : formatShare(facts.accuracy)}`);
    this.epoch.write(`epoch ${formatEpoch(facts.epoch)}`);
    if (this.node.dataset.epoch !== String(facts.epoch)) this.node.dataset.epoch = String(facts.epoch);
  }
}
