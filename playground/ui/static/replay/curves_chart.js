// Loss and accuracy of a replay: drawn once, with a line that goes along with the epoch shown.
import { AxisScale } from "../web/axis_scale.js";
import { Chart } from "../web/canvas_chart.js";
import { h } from "../web/dom.js";
import { COLUMNS } from "../web/facts.js";
import { formatLoss, formatShare } from "../web/format.js";
import { CurveStore } from "../stage/curve_store.js";
import { lossRange } from "../stage/loss_range.js";

const EDGES = { left: 46, top: 22, right: 10, bottom: 36 };

/** @typedef {{title: string, columns: [number, number], format: (value: number) => string, range: [number, number]}} Shown */

export class CurvesChart {
  /** @type {number | null} */
  pointed = null;
  epoch = 0;

  /** @param {CurveStore} store @param {Shown} shown @param {import("../web/theme.js").Theme} theme @param {(epoch: number) => void} pick */
  constructor(store, shown, theme, pick) {
    this.store = store;
    this.shown = shown;
    this.theme = theme;
    this.chart = new Chart(`curves-${shown.title.toLowerCase()}`, {
      move: (x) => this.point(x), leave: () => this.leave(), click: () => this.pointed !== null && pick(this.pointed),
    });
    this.marker = h("div", { class: "kp-replay-marker", "aria-hidden": "true" });
    this.tip = h("div", { class: "kp-tip", hidden: true });
    this.node = h("div", { class: "kp-replay-curves" }, this.chart.node);
    this.chart.node.append(this.marker, this.tip);
  }

  get area() {
    const { width, height } = this.chart;
    return { left: EDGES.left, top: EDGES.top, width: width - EDGES.left - EDGES.right, height: height - EDGES.top - EDGES.bottom };
  }

  get across() {
    return new AxisScale(0, Math.max(1, this.store.last));
  }

  draw() {
    const { chart, theme, shown, store } = this;
    if (!chart.begin()) return;
    const { area, across } = this;
    const up = new AxisScale(...shown.range);
    chart.font(theme);
    chart.axisUp(area, up, theme, shown.format === formatShare ? (value) => `${Math.round(100 * value)}%` : undefined);
    chart.axisAcross(area, across, theme, "epoch");
    chart.font(theme, 12);
    chart.text(shown.title, area.left, 10, { color: theme.text });
    shown.columns.forEach((column, test) => this.line(store.line(column), area, across, up, Boolean(test)));
    chart.describe(`${shown.title} of ${store.length} epochs: ${this.wordsAt(store.last)}`);
    this.mark(this.epoch);
  }

  /** @param {{x: number[], y: number[]}} line @param {import("../web/canvas_chart.js").Area} area @param {AxisScale} across @param {AxisScale} up @param {boolean} test */
  line({ x, y }, area, across, up, test) {
    const { pen } = this.chart;
    const { theme } = this;
    pen.save();
    pen.beginPath();
    pen.rect(area.left, area.top - 2, area.width, area.height + 4);
    pen.clip();
    pen.beginPath();
    let drawing = false;
    for (let i = 0; i < x.length; i += 1) {
      const [px, py] = [area.left + area.width * across.at(x[i]), area.top + area.height * (1 - up.at(y[i]))];
      const there = Number.isFinite(px + py);
      if (there && drawing) pen.lineTo(px, py);
      else if (there) pen.moveTo(px, py);
      drawing = there;
    }
    pen.strokeStyle = test ? theme.test : theme.train;
    pen.lineWidth = 1.8;
    pen.lineJoin = "round";
    pen.setLineDash(test ? [5, 4] : []);
    pen.stroke();
    pen.restore();
  }

  /** @param {number} epoch that is shown */
  mark(epoch) {
    this.epoch = epoch;
    const { area } = this;
    const left = area.left + area.width * this.across.at(epoch);
    this.marker.style.transform = `translate(${left.toFixed(1)}px, ${area.top}px)`;
    this.marker.style.height = `${Math.max(0, area.height)}px`;
  }

  /** @param {number} x px */
  point(x) {
    const { area, store } = this;
    const share = (x - area.left) / area.width;
    if (share < 0 || share > 1) return this.leave();
    this.pointed = Math.round(share * store.last);
    this.tip.hidden = false;
    this.tip.textContent = `Epoch ${this.pointed}: ${this.wordsAt(this.pointed)}`;
    const left = share > 0.5 ? x - 12 : x + 12;
    this.tip.style.transform = `translate(${left}px, ${area.top}px)${left < x ? " translateX(-100%)" : ""}`;
  }

  leave() {
    this.pointed = null;
    this.tip.hidden = true;
  }

  /** @param {number} epoch */
  wordsAt(epoch) {
    const { store, shown } = this;
    const [train, test] = shown.columns.map((column) => shown.format(store.at(epoch, column)));
    return `training ${train}, ${store.watched.toLowerCase()} ${test}`;
  }
}

/** @param {CurveStore} store @param {boolean} classification @returns {Shown[]} */
export function shownCurves(store, classification) {
  const loss = /** @type {Shown} */ ({ title: "Loss", columns: [COLUMNS.loss, COLUMNS.val_loss], format: formatLoss, range: lossRange(store, false) });
  const accuracy = /** @type {Shown} */ ({ title: "Accuracy", columns: [COLUMNS.accuracy, COLUMNS.val_accuracy], format: formatShare, range: [0, 1] });
  return classification ? [loss, accuracy] : [loss];
}

/** @param {Float32Array} rows @param {string} watched */
export function storeOf(rows, watched) {
  const store = new CurveStore();
  store.place(0, rows);
  store.watched = watched;
  return store;
}
