// Parallel coordinates: each cell a line through its knobs and its figures.
import { h } from "../../web/dom.js";
import { figureAxis } from "../../web/figure_axis.js";
import { DIVERGED, ParallelPlot } from "../../web/parallel_plot.js";
import { bandsOf } from "../bands.js";
import { runColor, runDash } from "../run_colors.js";
import { divergedOf, sentenceOf } from "../sentences.js";

/** @typedef {import("../look.js").Look} Look */

export default class ParallelView {
  /** @param {import("../views.js").ViewContext} context */
  constructor({ selection }) {
    this.selection = selection;
    this.plot = new ParallelPlot("wall-parallel", selection);
    this.note = h("span", { class: "kp-view-note" });
    this.head = h("div", { class: "kp-view-switches" }, h("strong", {}, "Knobs and figures"), this.note);
    this.node = this.plot.node;
  }

  /** @param {Look} look */
  draw(look) {
    const { plan, results, theme, hidden } = look;
    const { pointed } = this.selection;
    this.note.textContent = pointed === null ? divergedOf(results) : `${plan.nameOf(pointed)}: ${sentenceOf(pointed, look)}`;
    const uprights = uprightsOf(look);
    const lines = plan.cells.flatMap((_, id) => (hidden.has(id) ? [] : [lineOf(id, look)]));
    this.plot.draw({ uprights, lines, below: results.diverged > 0, theme },
      `Each network as a line through ${uprights.map(({ title }) => title.toLowerCase()).join(", ")}. The table has the figures.`);
  }
}

/** A run has the colour that it has everywhere. @param {number} id @param {Look} look @returns {import("../../web/parallel_plot.js").Line} */
function lineOf(id, { plan, results, scale, metric, dark }) {
  const lost = results.isLost(id);
  if (plan.isComparison) return { id, color: runColor(id, dark), dash: lost ? DIVERGED : runDash(id) };
  return { id, color: scale.color(results.cells(metric)[id].mean), dash: lost ? DIVERGED : [] };
}

/** An axis for each knob, then one for each figure of the part watched, and the one that is judged by. @param {Look} look @returns {import("../../web/parallel_plot.js").Upright[]} */
function uprightsOf({ plan, metrics, metric, results, hidden }) {
  const knobs = (plan.isComparison ? plan.axes : [...plan.axes].reverse()).map((axis) => {
    const bands = bandsOf(axis);
    return { title: plan.titleOf(axis), at: (/** @type {number} */ cell) => bands[plan.placeOn(axis, cell)]?.middle ?? NaN, ticks: axis.labels.map((text, i) => ({ at: bands[i].middle, text })) };
  });
  const shown = metrics.filter((each) => ["val_loss", "val_accuracy", metric.name].includes(each.name));
  return [...knobs, ...shown.map((each) => {
    const means = results.cells(each).map(({ mean }) => mean);
    return figureAxis(each, means.filter((_, cell) => !hidden.has(cell)), (cell) => means[cell]);
  })];
}
