// The curves of all networks over the epochs: those that are picked are strong; of several seeds median and range.
import { checkbox } from "../../web/controls.js";
import { h, setHidden } from "../../web/dom.js";
import { rgb } from "../../web/theme.js";
import { AxisScale } from "../../web/axis_scale.js";
import { Chart } from "../../web/canvas_chart.js";
import { banded, rangeOf, thinned } from "../../web/lines.js";
import { RunLegend } from "../run_legend.js";
import { runColor, runDash } from "../run_colors.js";
import { divergedOf } from "../sentences.js";

const NEAR = 14; // px from a line within which the mouse finds it
const FEW = 12; // cells of which every range is drawn

/** @typedef {import("../look.js").Look} Look */
/** @typedef {{cell: number, x: Float64Array, y: Float64Array, least?: Float64Array, most?: Float64Array, lost: boolean, thin?: boolean}} Curve  thin: one seed of several */

export default class CurvesView {
  /** @param {import("../views.js").ViewContext} context */
  constructor({ selection }) {
    this.selection = selection;
    /** @type {{cell: number, points: Float64Array}[]} px of what is drawn */
    this.drawn = [];
    this.chart = new Chart("wall-curves", {
      move: (x, y) => selection.point(this.nearest(x, y)),
      leave: () => selection.point(null),
      click: () => selection.pointed !== null && selection.toggle(selection.pointed),
    });
    this.log = checkbox("Log scale", () => this.look && this.draw(this.look));
    this.log.firstElementChild.checked = true;
    this.note = h("span", { class: "kp-view-note" });
    this.legend = new RunLegend(selection);
    this.head = h("div", { class: "kp-view-switches" }, this.title = h("strong"), this.log, this.note, this.legend.node);
    this.node = this.chart.node;
  }

  /** @param {Look} look */
  draw(look) {
    this.look = look;
    const { metric, results } = look;
    setHidden(this.log, metric.scale !== "log");
    this.title.textContent = metric.title;
    this.note.textContent = divergedOf(results) && `${divergedOf(results)}: dashed, not on the scale`;
    this.chart.describe(`${metric.title} of ${results.plan.networks} networks over the epochs. The table has the figures.`);
    this.legend.show(look);
    if (this.chart.begin()) this.lines(look);
  }

  /** @param {Look} look */
  lines(look) {
    const { chart } = this;
    const { theme, metric, figures, playing, results } = look;
    const log = metric.scale === "log" && this.log.firstElementChild.checked;
    const area = { left: 56, top: 10, width: chart.width - 56 - 22, height: chart.height - 10 - 38 };
    const curves = this.curvesOf(look, area.width);
    const kept = curves.filter(({ lost }) => !lost);
    const up = metric.scale === "share" ? new AxisScale(Math.min(...shareRange(kept)), 1.005) : new AxisScale(...rangeOf(kept, log), log);
    const across = new AxisScale(0, Math.max(1, figures.length - 1));
    chart.font(theme);
    chart.axisUp(area, up, theme, metric.scale === "share" ? (value) => `${Math.round(100 * value)} %` : undefined);
    chart.axisAcross(area, across, theme, "Epoch");
    const { pen } = chart;
    pen.save();
    pen.beginPath();
    pen.rect(area.left, area.top, area.width, area.height);
    pen.clip();
    if (!playing && results.epoch < figures.length - 1) this.marker(area, across.at(results.epoch), theme);
    this.drawn = curves.map((curve) => ({ cell: curve.cell, points: pixels(curve, area, across, up) }));
    const order = curves.map((_, i) => i).sort((a, b) => this.rank(curves[a]) - this.rank(curves[b]));
    for (const i of order) this.curve(curves[i], this.drawn[i].points, look, { area, across, up });
    pen.restore();
    this.badges(look, area);
  }

  /** @param {Look} look @param {number} width px @returns {Curve[]} */
  curvesOf({ plan, results, figures, metric, hidden }, width) {
    const vertices = Math.max(40, Math.min(width, 60_000 / plan.cells.length));
    const newest = Math.max(0, figures.length - 1);
    return plan.cells.flatMap((_, cell) => {
      if (hidden.has(cell)) return [];
      const lost = results.isLost(cell);
      const members = Array.from({ length: plan.seeds }, (__, seed) => plan.first(cell) + seed).filter((i) => lost || !results.isDiverged(i));
      const last = Math.max(...members.map((i) => Math.min(newest, results.epochsOf[i])));
      const reads = members.map((i) => (/** @type {number} */ epoch) => metric.read(figures, Math.min(epoch, results.epochsOf[i]), i));
      const each = plan.cells.length > 1 || lost ? [] : reads.map((read) => ({ cell, lost, thin: true, ...thinned(read, last, vertices / 4) }));
      return [...each, { cell, lost, ...(reads.length === 1 ? thinned(reads[0], last, vertices) : banded(reads, last, vertices / 2)) }];
    });
  }

  /** What is drawn later lies above. @param {Curve} curve */
  rank({ cell, lost }) {
    return cell === this.selection.pointed ? 3 : this.selection.picked.has(cell) ? 2 : lost ? 0 : 1;
  }

  /** @param {Curve} curve @param {Float64Array} points @param {Look} look @param {{area: import("../../web/canvas_chart.js").Area, across: AxisScale, up: AxisScale}} axes */
  curve(curve, points, { theme, scale, results, metric, dark, plan }, axes) {
    const { pen } = this.chart;
    const { cell, lost } = curve;
    const pick = this.selection.colorOf(cell, dark);
    const pointed = cell === this.selection.pointed;
    const any = this.selection.picked.size > 0;
    const own = plan.isComparison ? runColor(cell, dark) : "";
    const color = pick || own || (lost ? theme.muted : any ? theme.muted : scale.color(results.cells(metric)[cell].mean) || theme.muted);
    if (curve.least && (pick || pointed || (!any && plan.cells.length <= FEW))) this.band(curve, pointed && !pick ? theme.text : color, axes);
    pen.strokeStyle = pointed ? pick || own || theme.text : color;
    pen.globalAlpha = pick || pointed ? 1 : any ? (own ? 0.45 : 0.3) : plan.cells.length > 60 ? 0.6 : 0.85;
    pen.lineWidth = curve.thin ? 1 : pointed || pick || plan.cells.length === 1 ? 2.6 : own ? 1.8 : 1.3;
    if (curve.thin) pen.globalAlpha = 0.45;
    pen.setLineDash(lost ? [3, 3] : own ? runDash(cell) : []);
    trace(pen, points);
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** @param {Curve} curve @param {string} color @param {{area: import("../../web/canvas_chart.js").Area, across: AxisScale, up: AxisScale}} axes */
  band({ x, least = x, most = x, cell, lost }, color, { area, across, up }) {
    const { pen } = this.chart;
    const low = pixels({ cell, lost, x, y: least }, area, across, up);
    const high = pixels({ cell, lost, x, y: most }, area, across, up);
    pen.beginPath();
    for (let i = 0; i < low.length; i += 2) if (Number.isFinite(low[i + 1])) pen.lineTo(low[i], low[i + 1]);
    for (let i = high.length - 2; i >= 0; i -= 2) if (Number.isFinite(high[i + 1])) pen.lineTo(high[i], high[i + 1]);
    const [r, g, b] = rgb(color);
    pen.fillStyle = `rgba(${r},${g},${b},0.18)`;
    pen.fill();
  }

  /** The epoch on screen. @param {import("../../web/canvas_chart.js").Area} area @param {number} at @param {import("../../web/theme.js").Theme} theme */
  marker(area, at, theme) {
    const x = area.left + at * area.width;
    this.chart.rule(x, area.top, x, area.top + area.height, theme.text);
  }

  /** The numbers of the picks, at the ends of their lines. @param {Look} look @param {import("../../web/canvas_chart.js").Area} area */
  badges({ theme, dark }, area) {
    for (const { cell, points } of this.drawn) {
      const number = this.selection.picked.get(cell);
      let end = points.length - 2;
      while (end > 0 && !Number.isFinite(points[end + 1])) end -= 2;
      if (number === undefined || end < 0 || !Number.isFinite(points[end + 1])) continue;
      const y = Math.max(area.top + 8, Math.min(area.top + area.height - 8, points[end + 1]));
      this.chart.badge(number, this.selection.colorOf(cell, dark), Math.min(points[end] + 10, area.left + area.width + 10), y, theme);
    }
  }

  /** The cell whose line is nearest. @param {number} x @param {number} y @returns {number | null} */
  nearest(x, y) {
    let [best, distance] = [/** @type {number | null} */ (null), NEAR];
    for (const { cell, points } of this.drawn) {
      const off = distanceTo(points, x, y);
      if (off < distance) [best, distance] = [cell, off];
    }
    return best;
  }
}

/** @param {Curve[]} curves @returns {number[]} the least share, not above one half */
const shareRange = (curves) => [0.5, ...curves.map(({ y }) => y.reduce((least, value) => (value < least ? value : least), 1))];

/** @param {Curve} curve @param {import("../../web/canvas_chart.js").Area} area @param {AxisScale} across @param {AxisScale} up */
function pixels({ x, y }, area, across, up) {
  const points = new Float64Array(2 * x.length);
  for (let i = 0; i < x.length; i += 1) {
    points[2 * i] = area.left + area.width * across.at(x[i]);
    points[2 * i + 1] = area.top + area.height * (1 - up.at(y[i]));
  }
  return points;
}

/** @param {CanvasRenderingContext2D} pen @param {Float64Array} points x, y, x, y, … */
function trace(pen, points) {
  pen.beginPath();
  let drawing = false;
  for (let i = 0; i < points.length; i += 2) {
    const there = Number.isFinite(points[i + 1]);
    if (there && drawing) pen.lineTo(points[i], points[i + 1]);
    else if (there) pen.moveTo(points[i], points[i + 1]);
    drawing = there;
  }
  pen.stroke();
}

/** Of a point to a line. @param {Float64Array} points @param {number} x @param {number} y */
function distanceTo(points, x, y) {
  let least = Infinity;
  for (let i = 0; i + 3 < points.length; i += 2) {
    if (points[i + 2] < x - NEAR || points[i] > x + NEAR) continue;
    const [dx, dy] = [points[i + 2] - points[i], points[i + 3] - points[i + 1]];
    const share = Math.max(0, Math.min(1, ((x - points[i]) * dx + (y - points[i + 1]) * dy) / (dx * dx + dy * dy || 1)));
    const off = Math.hypot(x - points[i] - share * dx, y - points[i + 1] - share * dy);
    if (off < least) least = off;
  }
  return least;
}
