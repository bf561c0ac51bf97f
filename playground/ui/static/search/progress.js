// How far a search is: its trials, and the time it has used of what it has.
import { h, LiveText } from "../web/dom.js";
import { formatEpoch } from "../web/format.js";
import { progressOf } from "./sentences.js";

export class Progress {
  constructor() {
    this.ended = new LiveText("0");
    this.total = new LiveText("");
    this.words = new LiveText("");
    this.bar = h("div", { class: "kp-time-bar", role: "progressbar", "aria-label": "Time used", "aria-valuemin": 0 }, h("i"));
    this.node = h("div", { class: "kp-timeline" },
      h("div", { class: "kp-epoch-box" }, h("span", { class: "kp-small" }, "Trials", this.total.node), h("span", { class: "kp-epoch" }, this.ended.node)),
      h("div", { class: "kp-time" }, this.bar, h("span", { class: "kp-small", data: { testid: "search-progress" } }, this.words.node)));
  }

  /** @param {import("./trials.js").Trials} trials @param {number} seconds that it may be at work */
  show(trials, seconds) {
    const used = Math.min(seconds, trials.header.seconds);
    this.ended.write(formatEpoch(trials.header.last_epoch));
    this.total.write(` of ${formatEpoch(trials.hello.trials)}`);
    this.words.write(progressOf(trials, seconds));
    this.bar.style.setProperty("--kp-fill", `${((100 * used) / seconds).toFixed(1)}%`);
    const said = { "aria-valuemax": String(seconds), "aria-valuenow": String(Math.floor(used)), "aria-valuetext": `${Math.floor(used)} of ${seconds} seconds` };
    for (const [name, value] of Object.entries(said)) if (this.bar.getAttribute(name) !== value) this.bar.setAttribute(name, value);
  }
}
