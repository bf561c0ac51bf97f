// Parallel coordinates: each trial a line through the knobs that are searched and its figures, the best strong.
import { ColorScale } from "../../web/color_scale.js";
import { h, LiveText } from "../../web/dom.js";
import { figureAxis } from "../../web/figure_axis.js";
import { DIVERGED, ParallelPlot } from "../../web/parallel_plot.js";
import { divergedOf } from "../sentences.js";

/** @typedef {import("../look.js").Look} Look */

export default class ParallelView {
  /** @param {import("../../web/selection.js").Selection} selection */
  constructor(selection) {
    this.plot = new ParallelPlot("search-parallel", selection);
    this.title = new LiveText("");
    this.from = new LiveText("");
    this.to = new LiveText("");
    this.diverged = new LiveText("");
    const bar = h("i", { class: "kp-scale-bar" });
    bar.style.background = ColorScale.gradient;
    this.head = h("div", { class: "kp-view-switches" },
      h("span", { class: "kp-scale" }, this.title.node, h("span", {}, this.from.node), bar, h("span", {}, this.to.node)),
      h("span", { class: "kp-view-note" }, this.diverged.node));
    this.node = this.plot.node;
  }

  /** @param {Look} look */
  draw({ trials, metrics, metric, scale, theme }) {
    const [worst, best] = scale.ends;
    this.title.write(metric.title);
    this.from.write(metric.format(worst));
    this.to.write(metric.format(best));
    this.diverged.write(divergedOf(trials));
    const knobs = trials.axes.map((axis, i) => ({ title: axis.title, ticks: axis.ticks, at: (/** @type {number} */ trial) => axis.at(trials.valueOf(trial, i)) }));
    const shown = metrics.filter(({ name }) => ["val_loss", "val_accuracy", metric.name].includes(name));
    const uprights = [...knobs, ...shown.map((each) => {
      const means = trials.sums(each).map(({ mean }) => mean);
      return figureAxis(each, means, (trial) => means[trial]);
    })];
    const means = trials.sums(metric);
    const lines = means.map((_, id) => id).filter((id) => trials.isSeen(id))
      .map((id) => ({ id, color: scale.color(means[id].mean), dash: trials.isLost(id) ? DIVERGED : [], strong: id === trials.header.best }));
    this.plot.draw({ uprights, lines, below: trials.countOf("diverged") > 0, theme },
      `Each trial as a line through ${uprights.map(({ title }) => title.toLowerCase()).join(", ")}. The table has the figures.`);
  }
}
