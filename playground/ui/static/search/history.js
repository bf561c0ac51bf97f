// Every trial as a mark, in the order in which they were asked, and the line of the best so far.
import { AxisScale } from "../web/axis_scale.js";
import { Chart } from "../web/canvas_chart.js";
import { Choice } from "../web/controls.js";
import { h, LiveText, swatch } from "../web/dom.js";
import { rangeOf } from "../web/lines.js";
import { outline } from "../web/outlines.js";
import { STATES, figuresOf } from "./sentences.js";

const NEAR = 14; // px
const MARK = 3.6; // px
const FEWEST = 24; // trials that have room from the start
const BELOW = 15; // px from the plot to what has diverged

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./trials.js").State} State */

export class History {
  /** @type {{trial: number, x: number, y: number}[]} */
  drawn = [];
  /** @type {Look | null} */
  look = null;

  /** @param {import("../web/selection.js").Selection} selection @param {(metric: string) => void} choose */
  constructor(selection, choose) {
    this.selection = selection;
    this.chart = new Chart("search-history", {
      move: (x, y) => selection.point(this.nearest(x, y)),
      leave: () => selection.point(null),
      click: () => selection.pointed !== null && selection.toggle(selection.pointed),
    });
    this.metric = new Choice("Figure shown", choose);
    this.counts = Object.fromEntries(Object.keys(STATES).map((state) => [state, new LiveText("0")]));
    this.legend = h("div", { class: "kp-legend", data: { testid: "search-legend" } });
    this.node = h("section", { class: "kp-panel kp-history", "aria-label": "History" },
      h("header", { class: "kp-panel-head" }, h("h2", { class: "kp-title" }, "History"), this.metric.node, this.legend),
      h("div", { class: "kp-plot-area" }, this.chart.node));
    this.dark = /** @type {boolean | undefined} */ (undefined);
  }

  /** @param {Look} look */
  draw(look) {
    this.look = look;
    this.metric.show(look.metrics.map(({ name, title }) => [name, title]), look.metric.name);
    if (this.dark !== look.dark) this.buildLegend(look);
    for (const [state, text] of Object.entries(this.counts)) text.write(String(look.trials.countOf(/** @type {State} */ (state))));
    this.chart.describe(describe(look));
    if (this.chart.begin()) this.all(look);
  }

  /** @param {Look} look */
  buildLegend({ dark, theme }) {
    this.dark = dark;
    const key = (/** @type {string} */ state) => {
      const { words, shape } = STATES[/** @type {State} */ (state)];
      const { fill, stroke } = inkOf(/** @type {State} */ (state), theme);
      return h("span", { class: "kp-key" }, swatch(shape, fill, stroke), h("span", {}, this.counts[state].node, ` ${words}`));
    };
    this.legend.replaceChildren(...Object.keys(STATES).map(key), h("span", { class: "kp-key" }, swatch("star", theme.text, theme.text), "best so far"));
  }

  /** @param {Look} look */
  all(look) {
    const { chart } = this;
    const { trials, metric, theme } = look;
    chart.font(theme);
    const area = { left: 52, top: 10, width: chart.width - 52 - 14, height: chart.height - 10 - 56 };
    const means = trials.sums(metric).map(({ mean }) => mean);
    const log = metric.scale === "log";
    const up = new AxisScale(...rangeOf(means.filter(Number.isFinite).map((value) => ({ x: new Float64Array(1), y: Float64Array.of(value) })), log), log);
    const across = new AxisScale(1, Math.max(FEWEST, trials.count));
    const base = area.top + area.height;
    chart.axisUp(area, up, theme, metric.scale === "share" ? (value) => `${Math.round(1000 * value) / 10} %` : undefined);
    if (trials.countOf("diverged")) {
      chart.rule(area.left, base, area.left + area.width, base, theme.border);
      chart.text("diverged", area.left - 6, base + BELOW, { color: theme.text, align: "right" });
    }
    chart.axisAcross({ ...area, height: area.height + 2 * BELOW - 6 }, across, theme, "Trial");
    const x = (/** @type {number} */ trial) => area.left + area.width * across.at(trial + 1);
    const y = (/** @type {number} */ value) => base - area.height * Math.max(0, Math.min(1, up.at(value)));
    const seen = means.map((_, trial) => trial).filter((trial) => trials.isSeen(trial));
    this.drawn = seen.map((trial) => ({ trial, x: x(trial), y: trials.isLost(trial) ? base + BELOW : y(means[trial]) }));
    this.bestLine(look, means, x, y);
    for (const mark of this.drawn) this.mark(mark, look);
    this.marked(look);
  }

  /** @param {Look} look @param {number[]} means @param {(trial: number) => number} x @param {(value: number) => number} y */
  bestLine({ trials, theme }, means, x, y) {
    const { pen } = this.chart;
    let before = NaN;
    Object.assign(pen, { strokeStyle: theme.text, lineWidth: 2 });
    pen.beginPath();
    trials.bests.forEach((best, trial) => {
      if (best < 0 || !Number.isFinite(means[best])) return;
      const at = y(means[best]);
      if (Number.isFinite(before)) pen.lineTo(x(trial), before);
      else pen.moveTo(x(trial), at);
      pen.lineTo(x(trial), at);
      before = at;
    });
    pen.stroke();
  }

  /** @param {{trial: number, x: number, y: number}} mark @param {Look} look */
  mark({ trial, x, y }, { trials, theme }) {
    const state = trials.stateOf(trial);
    const best = trial === trials.header.best;
    const { fill, stroke } = best ? { fill: theme.text, stroke: theme.background } : inkOf(state, theme);
    this.shape(outline(best ? "star" : STATES[state].shape, best ? 2.2 * MARK : MARK), x, y, fill, stroke, 1.2);
  }

  /** @param {Path2D} shape @param {number} x @param {number} y @param {string} fill @param {string} stroke @param {number} width */
  shape(shape, x, y, fill, stroke, width) {
    const { pen } = this.chart;
    pen.save();
    pen.translate(x, y);
    Object.assign(pen, { fillStyle: fill, strokeStyle: stroke, lineWidth: width });
    pen.fill(shape);
    pen.stroke(shape);
    pen.restore();
  }

  /** What is pointed at has a ring, and what is picked its number. @param {Look} look */
  marked({ theme, dark }) {
    for (const { trial, x, y } of this.drawn) {
      const number = this.selection.picked.get(trial);
      if (trial === this.selection.pointed) this.shape(outline("circle", 2.2 * MARK), x, y, "transparent", theme.text, 2);
      if (number !== undefined) this.chart.badge(number, this.selection.colorOf(trial, dark), x, Math.max(10, y - 12), theme);
    }
  }

  /** @param {number} x @param {number} y @returns {number | null} */
  nearest(x, y) {
    let [found, distance] = [/** @type {number | null} */ (null), NEAR];
    for (const mark of this.drawn) {
      const off = Math.hypot(mark.x - x, mark.y - y);
      if (off < distance) [found, distance] = [mark.trial, off];
    }
    return found;
  }
}

/** @param {State} state @param {import("../web/theme.js").Theme} theme */
function inkOf(state, theme) {
  if (state === "complete") return { fill: theme.dark ? "#6cc3ff" : "#0067a3", stroke: theme.background };
  if (state === "diverged") return { fill: theme.dark ? "#ffb4ab" : "#b3261e", stroke: theme.background };
  return { fill: theme.background, stroke: state === "pruned" ? theme.muted : theme.test };
}

/** What is seen, for who does not see it. @param {Look} look */
function describe(look) {
  const { trials, metric } = look;
  const { best } = trials.header;
  const found = best === null ? "" : ` The best so far is ${trials.nameOf(best)}: ${figuresOf(best, look)}.`;
  return `${metric.title} of ${trials.count} trials in the order in which they were asked.${found} The table has the figures.`;
}
