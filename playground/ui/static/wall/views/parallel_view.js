// Parallel coordinates: each cell a line through its knobs and its figures; what has diverged ends below the scale.
import { h } from "../../web/dom.js";
import { AxisScale } from "../../web/axis_scale.js";
import { bandsOf } from "../bands.js";
import { Chart } from "../../web/canvas_chart.js";
import { rangeOf } from "../lines.js";
import { runColor, runDash } from "../run_colors.js";
import { divergedOf, sentenceOf } from "../sentences.js";

const NEAR = 12; // px

/** @typedef {import("../look.js").Look} Look */
/** @typedef {{title: string, at: (cell: number) => number, ticks: {at: number, text: string}[]}} Upright   `at` from 0, the lower end, to 1; NaN for none */

export default class ParallelView {
  /** @param {import("../view_panel.js").ViewContext} context */
  constructor({ selection }) {
    this.selection = selection;
    /** @type {{cell: number, points: number[][]}[]} */
    this.drawn = [];
    this.chart = new Chart("wall-parallel", {
      move: (x, y) => selection.point(this.nearest(x, y)),
      leave: () => selection.point(null),
      click: () => selection.pointed !== null && selection.toggle(selection.pointed),
    });
    this.note = h("span", { class: "kp-view-note" });
    this.head = h("div", { class: "kp-view-switches" }, h("strong", {}, "Knobs and figures"), this.note);
    this.node = this.chart.node;
  }

  /** @param {Look} look */
  draw(look) {
    const { plan, results, theme } = look;
    const { pointed } = this.selection;
    this.note.textContent = pointed === null ? divergedOf(results) : `${plan.nameOf(pointed)}: ${sentenceOf(pointed, look)}`;
    const uprights = uprightsOf(look);
    this.chart.describe(`Each network as a line through ${uprights.map(({ title }) => title.toLowerCase()).join(", ")}. The table has the figures.`);
    if (!this.chart.begin()) return;
    this.chart.font(theme);
    const area = { left: 40, top: 30, width: this.chart.width - 40 - 62, height: this.chart.height - 30 - 34 };
    const x = (/** @type {number} */ i) => area.left + (uprights.length > 1 ? (i * area.width) / (uprights.length - 1) : area.width / 2);
    const y = (/** @type {number} */ at) => (Number.isFinite(at) ? area.top + area.height * (1 - Math.max(0, Math.min(1, at))) : area.top + area.height + 20);
    this.drawn = plan.cells.flatMap((_, cell) => (look.hidden.has(cell) ? [] : [{ cell, points: uprights.map(({ at }, i) => [x(i), y(at(cell))]) }]));
    for (const line of [...this.drawn].sort((a, b) => this.rank(a.cell) - this.rank(b.cell))) this.line(line, look);
    const room = area.width / Math.max(1, uprights.length - 1) - 8;
    uprights.forEach((upright, i) => this.upright(upright, x(i), area, theme, { first: i === 0, last: i === uprights.length - 1, room }));
    if (results.diverged) this.chart.text("diverged", area.left + area.width + 6, area.top + area.height + 20, { color: theme.text });
    this.badges(look);
  }

  /** @param {number} cell */
  rank(cell) {
    return cell === this.selection.pointed ? 2 : Number(this.selection.picked.has(cell));
  }

  /** @param {{cell: number, points: number[][]}} line @param {Look} look */
  line({ cell, points }, { theme, scale, results, metric, dark, plan }) {
    const { pen } = this.chart;
    const pick = this.selection.colorOf(cell, dark);
    const pointed = cell === this.selection.pointed;
    const lost = results.isLost(cell);
    pen.strokeStyle = pick || (plan.isComparison && runColor(cell, dark)) || (pointed ? theme.text : scale.color(results.cells(metric)[cell].mean) || theme.muted);
    pen.lineWidth = pick || pointed ? 2.6 : 1.3;
    pen.globalAlpha = pick || pointed ? 1 : this.selection.picked.size ? 0.25 : plan.cells.length > 60 ? 0.55 : 0.85;
    pen.setLineDash(lost ? [3, 3] : plan.isComparison ? runDash(cell) : []);
    pen.beginPath();
    for (const [x, y] of points) pen.lineTo(x, y);
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** @param {Upright} upright @param {number} x @param {import("../../web/canvas_chart.js").Area} area @param {import("../../web/theme.js").Theme} theme @param {{first: boolean, last: boolean, room: number}} place */
  upright({ title, ticks }, x, area, theme, { first, last, room }) {
    const { chart } = this;
    chart.rule(x, area.top, x, area.top + area.height, theme.text);
    const head = first ? Math.max(4, x - 36) : last ? Math.min(chart.width - 4, x + 56) : x;
    chart.text(title, head, 12, { color: theme.text, align: first ? "left" : last ? "right" : "center", most: first || last ? Math.max(70, room * 0.75) : room });
    let free = Infinity;
    for (const { at, text } of [...ticks].sort((a, b) => a.at - b.at)) {
      const y = area.top + area.height * (1 - at);
      if (y > free - 13) continue;
      free = y;
      chart.rule(x - 3, y, x + 3, y, theme.text);
      const width = chart.pen.measureText(text).width;
      chart.pen.fillStyle = theme.background;
      chart.pen.globalAlpha = 0.75;
      chart.pen.fillRect(x + 5, y - 7, width + 3, 14);
      chart.pen.globalAlpha = 1;
      chart.text(text, x + 6, y, { color: theme.text, most: 84 });
    }
  }

  /** @param {Look} look */
  badges({ theme, dark }) {
    for (const { cell, points } of this.drawn) {
      const number = this.selection.picked.get(cell);
      if (number !== undefined) this.chart.badge(number, this.selection.colorOf(cell, dark), points[0][0] - 14, points[0][1], theme);
    }
  }

  /** @param {number} x @param {number} y @returns {number | null} */
  nearest(x, y) {
    let [best, distance] = [/** @type {number | null} */ (null), NEAR];
    for (const { cell, points } of this.drawn) {
      for (let i = 0; i + 1 < points.length; i += 1) {
        const [[x0, y0], [x1, y1]] = [points[i], points[i + 1]];
        if (x < x0 - 2 || x > x1 + 2) continue;
        const off = Math.abs(y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) - y);
        if (off < distance) [best, distance] = [cell, off];
      }
    }
    return best;
  }
}

/** An axis for each knob, then one for each figure of the part watched, and the one that is judged by. @param {Look} look @returns {Upright[]} */
function uprightsOf(look) {
  const { plan, metrics, metric } = look;
  const knobs = (plan.isComparison ? plan.axes : [...plan.axes].reverse()).map((axis) => {
    const bands = bandsOf(axis);
    return { title: plan.titleOf(axis), at: (/** @type {number} */ cell) => bands[plan.placeOn(axis, cell)]?.middle ?? NaN, ticks: axis.labels.map((text, i) => ({ at: bands[i].middle, text })) };
  });
  const shown = metrics.filter((each) => ["val_loss", "val_accuracy", metric.name].includes(each.name));
  return [...knobs, ...shown.map((each) => figure(each, look))];
}

/** @param {import("../metrics.js").Metric} metric @param {Look} look @returns {Upright} */
function figure(metric, { results, hidden }) {
  const sums = results.cells(metric);
  const lines = sums.filter(({ mean }, cell) => Number.isFinite(mean) && !hidden.has(cell)).map(({ mean }) => ({ x: new Float64Array(1), y: Float64Array.of(mean) }));
  const log = metric.scale === "log";
  const scale = new AxisScale(...rangeOf(lines, log), log);
  return {
    title: metric.title, at: (cell) => scale.at(sums[cell].mean),
    ticks: scale.ticks(6).map(({ value, text }) => ({ at: scale.at(value), text: metric.scale === "share" ? `${Math.round(100 * value)} %` : text })),
  };
}
