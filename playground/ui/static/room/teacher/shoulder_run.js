// A learner's run, live: boundary, points and curves from the messages that its own page gets. Nothing of it can be touched.
import { CurvesChart, shownCurves } from "../../replay/curves_chart.js";
import { PlaneChart } from "../../replay/plane_chart.js";
import { CurveStore } from "../../stage/curve_store.js";
import { h } from "../../web/dom.js";
import { NextPicture } from "../../web/next_picture.js";

const CURVES = 200; // ms between two drawings of the curves

/** @typedef {import("../../web/decode.js").Message} Message */

export class ShoulderRun {
  /** @type {PlaneChart} */
  plane;
  /** @type {CurvesChart[]} */
  curves = [];
  /** @type {Message | null} */
  frame = null;
  drawn = -Infinity; // when the curves were
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  late = undefined;

  /** @param {Message} hello @param {import("../../web/theme.js").Theme} theme */
  constructor(hello, theme) {
    const { experiment } = hello.header;
    this.classification = experiment.task === "classification";
    this.store = new CurveStore();
    this.store.watched = experiment.n_validation ? "Validation" : "Test";
    this.plane = new PlaneChart(hello, theme);
    this.plane.showTest = true;
    this.curves = this.shown.map((shown) => new CurvesChart(this.store, shown, theme, () => {}));
    this.node = h("div", { class: "kp-shoulder-run", data: { testid: "shoulder-run" } }, this.plane.node, h("div", { class: "kp-shoulder-curves" }, ...this.curves.map(({ node }) => node)));
    this.picture = new NextPicture(() => this.draw());
    this.boxes = new ResizeObserver(() => this.resized());
    this.boxes.observe(this.node);
  }

  get shown() {
    return shownCurves(this.store, this.classification);
  }

  /** @param {Message} message */
  heard(message) {
    if (message.header.type !== "frame") return;
    const { curves } = message.arrays;
    if (curves) this.store.place(message.header.curves_start ?? 0, /** @type {Float32Array} */ (curves.data));
    this.frame = message;
    this.picture.request();
  }

  draw() {
    if (!this.frame) return;
    this.plane.show(this.frame);
    if (this.node.dataset.epoch !== String(this.frame.header.epoch)) this.node.dataset.epoch = String(this.frame.header.epoch);
    if (performance.now() - this.drawn > CURVES) this.drawCurves();
    else this.late ??= setTimeout(() => this.drawCurves(), CURVES);
  }

  drawCurves() {
    clearTimeout(this.late);
    this.late = undefined;
    this.drawn = performance.now();
    const { shown } = this;
    this.curves.forEach((curve, i) => {
      curve.shown = shown[i];
      curve.epoch = this.frame?.header.epoch ?? 0;
      curve.draw();
    });
  }

  resized() {
    this.plane.stampedAs = "";
    this.picture.request();
    this.drawn = -Infinity;
  }

  destroy() {
    clearTimeout(this.late);
    this.picture.cancel();
    this.boxes.disconnect();
  }
}
