// The figure that cells are judged by, over the axes: colours over two of them, points over one.
import { h } from "../../web/dom.js";
import { rgb } from "../../web/theme.js";
import { AxisScale } from "../../web/axis_scale.js";
import { bandsOf } from "../bands.js";
import { Chart } from "../../web/canvas_chart.js";
import { rangeOf } from "../../web/lines.js";
import { runColor } from "../run_colors.js";
import { divergedOf, sentenceOf } from "../sentences.js";

const NEAR = 18; // px from a point within which the mouse finds it

/** @typedef {import("../look.js").Look} Look */
/** @typedef {{cell: number, left: number, top: number, width: number, height: number}} Spot */

export default class HeatView {
  /** @param {import("../views.js").ViewContext} context */
  constructor({ selection }) {
    this.selection = selection;
    /** @type {Spot[]} */
    this.spots = [];
    this.chart = new Chart("wall-heat", {
      move: (x, y) => selection.point(this.spotAt(x, y)),
      leave: () => selection.point(null),
      click: () => selection.pointed !== null && selection.toggle(selection.pointed),
    });
    this.note = h("span", { class: "kp-view-note" });
    this.head = h("div", { class: "kp-view-switches" }, this.title = h("strong"), this.note);
    this.node = this.chart.node;
  }

  /** @param {Look} look */
  draw(look) {
    const { metric, plan, results } = look;
    this.title.textContent = metric.title;
    const { pointed } = this.selection;
    this.note.textContent = pointed === null ? divergedOf(results) : `${plan.nameOf(pointed)}: ${sentenceOf(pointed, look)}`;
    this.chart.describe(`${metric.title} over ${plan.axes.map((axis) => plan.titleOf(axis)).join(" and ") || "the seeds"}. The table has the figures.`);
    if (!this.chart.begin()) return;
    this.chart.font(look.theme);
    if (plan.flat) this.map(look);
    else this.points(look);
  }

  // ---------------------------------------------------------------- two axes

  /** @param {Look} look */
  map(look) {
    const { chart } = this;
    const { plan, theme } = look;
    const { rows, columns } = /** @type {{rows: import("../../web/messages.js").WallAxis, columns: import("../../web/messages.js").WallAxis}} */ (plan);
    const left = Math.min(chart.width * 0.3, 28 + Math.max(...rows.labels.map((label) => chart.pen.measureText(label).width)));
    const area = { left, top: 8, width: chart.width - left - 12, height: chart.height - 8 - 40 };
    const [across, down] = [bandsOf(columns), bandsOf(rows)];
    this.spots = plan.cells.map((_, cell) => {
      const [x, y] = [across[plan.placeOn(columns, cell)], down[plan.placeOn(rows, cell)]];
      return {
        cell, left: area.left + x.from * area.width, width: (x.to - x.from) * area.width,
        top: area.top + y.from * area.height, height: (y.to - y.from) * area.height,
      };
    });
    for (const spot of this.spots) this.tile(spot, look);
    this.labelsAcross(columns.labels, across, area, look, plan.titleOf(columns));
    down.forEach(({ middle }, i) => chart.text(rows.labels[i], area.left - 6, area.top + middle * area.height, { color: theme.text, align: "right", most: left - 24 }));
    this.upright(plan.titleOf(rows), area, theme.muted);
    for (const spot of this.spots) this.outline(spot, look);
  }

  /** @param {Spot} spot @param {Look} look */
  tile({ cell, left, top, width, height }, look) {
    const { pen } = this.chart;
    const { results, metric, scale, theme, hidden } = look;
    const { mean } = results.cells(metric)[cell];
    const color = results.isLost(cell) ? "" : scale.color(mean);
    if (hidden.has(cell)) return;
    pen.fillStyle = color || theme.panel;
    pen.fillRect(left + 1, top + 1, width - 2, height - 2);
    if (!color) return this.hatch({ cell, left, top, width, height }, theme, results.noteOf(cell));
    if (width < 44 || height < 18) return;
    this.chart.text(metric.format(mean), left + width / 2, top + height / 2, { color: ink(color), align: "center" });
  }

  /** What is not on the scale. @param {Spot} spot @param {import("../../web/theme.js").Theme} theme @param {string} note */
  hatch({ left, top, width, height }, theme, note) {
    const { pen } = this.chart;
    pen.save();
    pen.beginPath();
    pen.rect(left + 1, top + 1, width - 2, height - 2);
    pen.clip();
    for (let x = left - height; x < left + width; x += 7) this.chart.rule(x, top + height, x + height, top, theme.border);
    pen.restore();
    if (width > 60 && height > 18) this.chart.text(note, left + width / 2, top + height / 2, { color: theme.text, align: "center", most: width - 8 });
  }

  /** @param {string[]} labels @param {import("../bands.js").Band[]} bands @param {import("../../web/canvas_chart.js").Area} area @param {Look} look @param {string} title */
  labelsAcross(labels, bands, area, { theme }, title) {
    const base = area.top + area.height;
    let free = -Infinity;
    const order = bands.map((_, i) => i).sort((a, b) => bands[a].middle - bands[b].middle);
    for (const i of order) {
      const x = area.left + bands[i].middle * area.width;
      const half = Math.min(70, this.chart.pen.measureText(labels[i]).width) / 2;
      if (x - half < free) continue;
      free = x + half + 6;
      this.chart.text(labels[i], x, base + 6, { color: theme.text, align: "center", base: "top", most: 2 * half + 1 });
    }
    this.chart.text(title, area.left + area.width, base + 22, { color: theme.muted, align: "right", base: "top" });
  }

  /** @param {string} title @param {import("../../web/canvas_chart.js").Area} area @param {string} color */
  upright(title, area, color) {
    const { pen } = this.chart;
    pen.save();
    pen.translate(9, area.top);
    pen.rotate(-Math.PI / 2);
    this.chart.text(title, 0, 0, { color, align: "right" });
    pen.restore();
  }

  /** @param {Spot} spot @param {Look} look */
  outline({ cell, left, top, width, height }, { theme, dark }) {
    const { pen } = this.chart;
    const number = this.selection.picked.get(cell);
    const color = this.selection.colorOf(cell, dark) || (cell === this.selection.pointed ? theme.text : "");
    if (!color) return;
    pen.strokeStyle = color;
    pen.lineWidth = 3;
    pen.strokeRect(left + 1.5, top + 1.5, width - 3, height - 3);
    if (number !== undefined) this.chart.badge(number, color, left + width - 8, top + 8, theme);
  }

  // ---------------------------------------------------------------- one axis, or seeds alone

  /** @param {Look} look */
  points(look) {
    const { chart } = this;
    const { plan, results, metric, theme, hidden, dark } = look;
    const axis = plan.axes[0];
    const bands = axis ? bandsOf(axis) : bandsOf({ knob: "", scale: "names", labels: [], positions: Array.from({ length: plan.seeds }, (_, i) => i) });
    const area = { left: 58, top: 12, width: chart.width - 58 - 16, height: chart.height - 12 - 58 };
    const values = Array.from({ length: plan.networks }, (_, i) => results.of(i, metric));
    const log = metric.scale === "log";
    const up = new AxisScale(...rangeOf([{ x: new Float64Array(), y: Float64Array.from(values.filter(Number.isFinite)) }].flatMap(each), log), log);
    chart.axisUp(area, up, theme, metric.scale === "share" ? (value) => `${Math.round(100 * value)} %` : undefined);
    this.labelsAcross(axis ? axis.labels : bands.map((_, i) => String(i + 1)), bands, area, look, axis ? plan.titleOf(axis) : "Seed");
    /** @type {Spot[]} */
    this.spots = [];
    values.forEach((value, network) => {
      const cell = Math.floor(network / plan.seeds);
      if (hidden.has(cell)) return;
      const x = area.left + area.width * bands[axis ? cell : network].middle;
      const finite = Number.isFinite(value);
      const y = finite ? area.top + area.height * (1 - up.at(value)) : area.top + area.height + 46;
      this.spots.push({ cell, left: x - 6, top: y - 6, width: 12, height: 12 });
      const color = this.selection.colorOf(cell, dark) || (cell === this.selection.pointed ? theme.text : plan.isComparison ? runColor(cell, dark) : finite ? look.scale.color(value) : theme.muted);
      this.dot(x, y, finite, color, theme, plan.seeds === 1 || !axis);
    });
    if (axis) this.means(look, bands, area, up);
    if (results.diverged) chart.text("Diverged:", 4, area.top + area.height + 46, { color: theme.muted });
  }

  /** @param {number} x @param {number} y @param {boolean} finite @param {string} color @param {import("../../web/theme.js").Theme} theme @param {boolean} large */
  dot(x, y, finite, color, theme, large) {
    const { pen } = this.chart;
    const radius = large ? 6 : 4;
    if (!finite) {
      this.chart.text("×", x, y, { color: theme.text, align: "center" });
      return;
    }
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = color;
    pen.fill();
    pen.strokeStyle = theme.text;
    pen.lineWidth = 1;
    pen.stroke();
  }

  /** From value to value a line through the means. @param {Look} look @param {import("../bands.js").Band[]} bands @param {import("../../web/canvas_chart.js").Area} area @param {AxisScale} up */
  means({ results, metric, theme, plan, hidden, dark }, bands, area, up) {
    const { pen } = this.chart;
    const means = results.cells(metric);
    const order = plan.cells.map((_, i) => i).filter((i) => !hidden.has(i) && Number.isFinite(means[i].mean)).sort((a, b) => bands[a].middle - bands[b].middle);
    pen.strokeStyle = theme.muted;
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const cell of order) pen.lineTo(area.left + area.width * bands[cell].middle, area.top + area.height * (1 - up.at(means[cell].mean)));
    if (!plan.isComparison) pen.stroke(); // from run to run nothing grows
    for (const cell of order) {
      const number = this.selection.picked.get(cell);
      const [x, y] = [area.left + area.width * bands[cell].middle, area.top + area.height * (1 - up.at(means[cell].mean))];
      if (number !== undefined) this.chart.badge(number, this.selection.colorOf(cell, dark), x, y - 16, theme);
    }
  }

  /** @param {number} x @param {number} y @returns {number | null} */
  spotAt(x, y) {
    const inside = this.spots.find(({ left, top, width, height }) => x >= left && x < left + width && y >= top && y < top + height);
    if (inside) return inside.cell;
    const near = this.spots.map((spot) => ({ spot, off: Math.hypot(spot.left + spot.width / 2 - x, spot.top + spot.height / 2 - y) }))
      .sort((a, b) => a.off - b.off)[0];
    return near && near.off < NEAR ? near.spot.cell : null;
  }
}

/** Each value as a line of its own, so that a single far one is left out of the range. @param {import("../../web/lines.js").Line} line */
const each = ({ y }) => Array.from(y, (value) => ({ x: new Float64Array(1), y: Float64Array.of(value) }));

/** What can be read on a colour. @param {string} color */
function ink(color) {
  const [r, g, b] = rgb(color);
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#111418" : "#ffffff";
}
