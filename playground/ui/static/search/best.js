// The best trial so far: what it is set to, what came of it, and the way to it.
import { h, LiveText, setHidden } from "../web/dom.js";
import { addressInPlay } from "../web/in_play.js";
import { figuresOf } from "./sentences.js";

export class Best {
  key = "";

  /** @param {HTMLElement} notice what is said of the search */
  constructor(notice) {
    this.which = new LiveText("");
    this.figures = new LiveText("");
    this.open = h("a", { class: "kp-button kp-small-button", hidden: true, data: { testid: "open-best" } }, "Open the best in Play");
    this.knobs = h("dl", { class: "kp-best-knobs", data: { testid: "best-knobs" } });
    this.node = h("section", { class: "kp-panel kp-best", "aria-label": "Best so far", data: { testid: "best", trial: "" } },
      h("header", { class: "kp-panel-head" }, h("h2", { class: "kp-title" }, "Best so far"), h("span", { class: "kp-view-note" }, this.which.node), this.open),
      this.knobs, h("p", { class: "kp-best-figures", data: { testid: "best-figures" } }, this.figures.node), notice);
  }

  clear() {
    this.key = this.node.dataset.trial = "";
    this.which.write("");
    this.figures.write("");
    this.knobs.replaceChildren();
    setHidden(this.open, true);
  }

  /** @param {import("./look.js").Look} look */
  show(look) {
    const { trials } = look;
    const { best } = trials.header;
    if (best === null) return this.clear();
    const key = `${trials.hello.run} ${best}`;
    if (key !== this.key) {
      this.key = key;
      this.node.dataset.trial = String(best);
      this.open.href = addressInPlay(trials.links[best]);
      this.knobs.replaceChildren(...trials.settingsOf(best).map(({ title, label }) => h("div", {}, h("dt", {}, title), h("dd", {}, label))));
    }
    setHidden(this.open, false);
    this.which.write(`Trial ${best + 1} of ${trials.count}`);
    const words = figuresOf(best, look);
    this.figures.write(words[0].toUpperCase() + words.slice(1));
  }
}
