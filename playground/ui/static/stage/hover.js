// What the network says under the mouse: at once from the picture, then exactly from the server.
import { h } from "../web/dom.js";
import { axisNames, className } from "../web/given_names.js";

const PACE = 120; // ms between questions to the server
const LOST = 2000; // ms after which an answer is not waited for

/** @typedef {{x1: number, x2: number}} Point */

export class PlaneHover {
  /**
   * @param {import("./boundary_chart.js").BoundaryChart} chart
   * @param {(point: Point) => void} ask
   */
  constructor(chart, ask) {
    this.chart = chart;
    this.ask = ask;
    this.node = h("div", { class: "kp-tip", hidden: true, data: { testid: "plane-tip" } });
    /** @type {Point | null} */
    this.point = null;
    this.asked = -Infinity;
    this.waiting = false;
    this.overPoint = false;
    chart.node.addEventListener("mousemove", (event) => this.move(event));
    chart.node.addEventListener("mouseleave", () => this.hide());
  }

  /** Plotly's own label takes over on a point; its events exist once the chart is drawn. */
  followPoints() {
    const node = /** @type {any} */ (this.chart.node);
    node.on("plotly_hover", () => this.cover(true));
    node.on("plotly_unhover", () => this.cover(false));
  }

  /** @param {boolean} over */
  cover(over) {
    this.overPoint = over;
    this.node.hidden = over || !this.point;
  }

  /** @param {MouseEvent} event */
  move(event) {
    this.point = event.buttons ? null : this.chart.pointAt(event);
    this.node.hidden = this.overPoint || !this.point;
    if (!this.point) return;
    this.put(event);
    this.refresh();
  }

  /** Beside the mouse, inside the chart. @param {MouseEvent} event */
  put(event) {
    const box = this.chart.node.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const left = x > box.width - 190 ? x - 14 : x + 14;
    this.node.style.transform = `translate(${left}px, ${Math.min(y + 14, box.height - 70)}px)`
      + (left < x ? " translateX(-100%)" : "");
  }

  hide() {
    this.point = null;
    this.overPoint = false;
    this.node.hidden = true;
  }

  /** A frame was painted or the mouse moved. */
  refresh() {
    const { point } = this;
    if (!point) return;
    const values = this.chart.valuesAt(point.x1, point.x2);
    this.show(values, false);
    if (!this.chart.focusPlane) this.question();
  }

  question() {
    const now = performance.now();
    clearTimeout(this.later);
    if (document.hidden) return;
    if ((this.waiting && now - this.asked < LOST) || now - this.asked < PACE) {
      this.later = setTimeout(() => this.point && this.question(), PACE);
      return;
    }
    this.waiting = true;
    this.asked = now;
    if (this.point) this.ask({ x1: round(this.point.x1), x2: round(this.point.x2) });
  }

  /** @param {Record<string, any>} answer */
  answer(answer) {
    this.waiting = false;
    const { point } = this;
    if (!point || round(point.x1) !== answer.x1 || round(point.x2) !== answer.x2) return;
    this.show(answer.values.length === 2 ? answer.values.slice(1) : answer.values, true);
  }

  /** @param {(number | null)[] | null} values @param {boolean} exact */
  show(values, exact) {
    const { point } = this;
    if (!point) return;
    const [across, up] = axisNames(this.chart.experiment);
    const where = [`${across} ${coordinate(point.x1, this.chart.view.x1)}`, ...(up ? [`${up} ${coordinate(point.x2, this.chart.view.x2)}`] : [])].join("\u2002");
    this.node.dataset.exact = String(exact);
    this.node.replaceChildren(h("div", { class: "kp-tip-where" }, where),
      ...(values ?? []).map((value, k) => h("div", {}, this.sentence(value, k, values?.length ?? 1))));
  }

  /** @param {number | null} value @param {number} k @param {number} count */
  sentence(value, k, count) {
    if (value === null) return "not a number";
    if (this.chart.focusPlane) return `neuron ${value.toFixed(2).replace("-", "\u2212")}`;
    if (this.chart.regression) return `output ${value.toFixed(3).replace("-", "\u2212")}`;
    return `P(${className(this.chart.experiment, count === 1 ? 1 : k)}) = ${value.toFixed(3)}`;
  }
}

/** Digits worth sending; the answer repeats them. @param {number} value */
const round = (value) => Number(value.toPrecision(7));

/** With as many decimals as the axis needs. @param {number} value @param {[number, number]} range */
function coordinate(value, [lo, hi]) {
  const size = Math.log10(hi - lo);
  const digits = size > 2 ? Math.max(0, 4 - Math.ceil(size)) : 2 + Math.max(0, -Math.floor(size));
  return value.toFixed(Math.min(digits, 20)).replace("-", "\u2212");
}
