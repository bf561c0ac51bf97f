// What the wall is judged by, its colours, and what is not on them: diverged and hidden networks, counted.
import { Choice, Segments, checkbox } from "../web/controls.js";
import { h, LiveText, setHidden } from "../web/dom.js";
import { spreadGradient } from "./cell_picture.js";
import { ColorScale } from "../web/color_scale.js";
import { divergedOf } from "./sentences.js";

/** @typedef {import("./look.js").Look} Look */

export class Tools {
  /** @param {{judge: (metric: string) => void, disagreement: (on: boolean) => void, bestFirst: (on: boolean) => void, showAll: () => void}} actions */
  constructor(actions) {
    this.metric = new Choice("Judge by", actions.judge);
    this.shown = new Segments("What cells show", (value) => actions.disagreement(value === "disagreement"));
    this.best = checkbox("Best first", actions.bestFirst);
    this.from = new LiveText("");
    this.to = new LiveText("");
    this.bar = h("i", { class: "kp-scale-bar" });
    this.bar.style.background = ColorScale.gradient;
    this.spreadBar = h("i", { class: "kp-scale-bar" });
    this.spread = h("span", { class: "kp-scale", title: "Hatched in a boundary where a fifth of the seeds or more say something else" }, "seeds agree", this.spreadBar, "half disagree");
    this.diverged = new LiveText("");
    this.divergedNode = h("span", { class: "kp-count-diverged", data: { testid: "diverged" } }, h("i", { class: "kp-hatch", "aria-hidden": "true" }), this.diverged.node);
    this.hidden = new LiveText("");
    this.hiddenNode = h("span", { class: "kp-count-hidden", data: { testid: "hidden" } }, this.hidden.node,
      h("button", { type: "button", class: "kp-button kp-small-button", onclick: actions.showAll }, "Show all"));
    this.node = h("div", { class: "kp-tools", role: "group", "aria-label": "Judge by" },
      h("label", { class: "kp-judge" }, h("span", {}, "Judge by"), this.metric.node),
      h("span", { class: "kp-scale", data: { testid: "scale" } }, h("span", {}, this.from.node), this.bar, h("span", {}, this.to.node)),
      this.shown.node, this.spread, this.best, this.divergedNode, this.hiddenNode);
  }

  /** @param {Look} look @param {boolean} bestFirst */
  show({ plan, metrics, metric, scale, results, hidden, disagreement, theme }, bestFirst) {
    this.metric.show(metrics.map(({ name, title }) => [name, title]), metric.name);
    const [worst, best] = scale.ends;
    this.from.write(metric.format(worst));
    this.to.write(metric.format(best));
    setHidden(this.shown.node, plan.seeds === 1);
    setHidden(this.spread, plan.seeds === 1 || !disagreement);
    if (plan.seeds > 1) this.shown.show([["boundary", "Boundary", "The mean of the seeds; hatched where they disagree"], ["disagreement", "Disagreement", "How many seeds say something else than most"]], disagreement ? "disagreement" : "boundary");
    this.spreadBar.style.background = spreadGradient(theme);
    setHidden(this.best, plan.flat || plan.cells.length < 2);
    this.best.firstElementChild.checked = bestFirst;
    this.diverged.write(divergedOf(results));
    setHidden(this.divergedNode, !results.diverged);
    this.hidden.write(`${hidden.size} hidden `);
    setHidden(this.hiddenNode, !hidden.size);
  }
}
