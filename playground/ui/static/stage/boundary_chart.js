// The plane: its picture and its line below, axes and points above as an ordinary Plotly chart.
import { boundaryConfig, boundaryLayout, withPicture } from "./boundary_layout.js";
import { BoundaryPicture } from "./boundary_picture.js";
import { guide } from "../web/guide.js";
import { classColors, gradient, targetRange } from "../web/palette.js";
import { PlanePainter, pathOf, placement, planeOf, valuesAt } from "../web/plane.js";
import { classTraces, pointColor, ringTrace, valueTraces } from "./point_traces.js";
import { css } from "../web/theme.js";

const VIEW_WAIT = 120;
const RINGS_WAIT = 200;
const SMALL = 260; // px of height below which its axes have no names

/** @typedef {import("./boundary_layout.js").View} View */

export class BoundaryChart {
  /** @type {import("./drawn_line.js").DrawnLine | undefined} */
  drawnLine;
  awaited = false; // it is fetched
  /** @type {string | undefined} */
  ringsDrawn;
  /** @type {ReturnType<typeof boundaryConfig> | undefined} */
  config;
  /** @type {Float32Array} */
  lines;
  /** The axes lie elsewhere, or show another range. @type {(() => void) | undefined} */
  onPlaced;

  /**
   * @param {any} Plotly
   * @param {HTMLElement} node
   * @param {import("../web/theme.js").Theme} theme
   * @param {(view: View, zoomed: boolean) => void} onView the visible range changed by hand
   */
  constructor(Plotly, node, theme, onView) {
    this.Plotly = Plotly;
    this.node = node;
    this.theme = theme;
    this.onView = onView;
    this.painter = new PlanePainter();
    this.picture = new BoundaryPicture();
    node.before(this.picture.node);
    this.stopListening = guide.listen((topic) => topic === "stroke" && this.awaitLine());
    this.awaitLine();
    this.discrete = false;
    this.showTest = false;
    this.lines = new Float32Array();
    this.faded = false;
    this.drawn = false;
    /** @type {View} */
    this.home = { x1: [-6, 6], x2: [-6, 6] };
    /** @type {View} */
    this.view = this.home;
  }

  /**
   * Points and task of a run. The picture of the run before stays until the first frame.
   * @param {import("../web/decode.js").Message} hello
   */
  setRun(hello) {
    const { header, arrays } = hello;
    const home = { x1: header.x1, x2: header.x2 };
    if (String(home.x1) !== String(this.home.x1) || String(home.x2) !== String(this.home.x2) || !this.drawn) {
      this.view = home;
    }
    this.home = home;
    this.experiment = header.experiment;
    this.regression = header.experiment.task === "regression";
    this.classes = this.regression ? 0 : header.experiment.n_classes;
    this.points = arrays;
    this.wrong = undefined;
    this.ringsDrawn = "";
    this.target = this.regression ? targetRange([arrays.train_y.data, arrays.test_y.data]) : [0, 1];
    this.redraw();
  }

  /** @returns {import("../web/palette.js").Scale} */
  scale() {
    return {
      task: this.regression ? "regression" : "classification",
      lo: this.plane?.lo ?? 0,
      hi: this.plane?.hi ?? 1,
      target: /** @type {[number, number]} */ (this.target ?? [0, 1]),
      colors: classColors(this.classes ?? 2),
      neutral: this.theme.neutral,
      strength: this.theme.strength,
    };
  }

  get gradient() {
    return gradient(this.scale());
  }

  /** Whether the view differs from where the run starts. */
  get zoomed() {
    return String([this.view.x1, this.view.x2]) !== String([this.home.x1, this.home.x2]);
  }

  /** A boundary is drawn by hand in some lessons; what that takes is fetched when it is wanted. */
  async awaitLine() {
    if (this.awaited || !(guide.drawing || guide.stroke.length)) return;
    this.awaited = true;
    const { DrawnLine } = await import("./drawn_line.js");
    this.drawnLine = new DrawnLine();
    this.drawnLine.setColors({ line: this.theme.line, halo: this.theme.background });
    this.node.after(this.drawnLine.node);
    if (this.drawn) this.place();
  }

  // ---------------------------------------------------------------- frames

  /** @param {import("../web/decode.js").Message} frame */
  paint(frame) {
    this.plane = planeOf(frame);
    this.lines = /** @type {Float32Array} */ (frame.arrays.lines?.data ?? new Float32Array());
    this.takeFocus(frame);
    this.takeWrong(frame);
    this.faded = false;
    this.paintPlane();
    this.picture.showLine(this.lines);
  }

  /** One neuron's map from now on, or the network's answer again. @param {{layer: number, unit: number} | null} neuron */
  setFocus(neuron) {
    this.focus = neuron;
    this.focusPlane = undefined;
    if (!neuron) this.paintPlane();
  }

  /** @param {import("../web/plane.js").Plane} plane of the neuron in focus */
  showFocus(plane) {
    this.focusPlane = plane;
    this.paintPlane();
  }

  /** What is drawn, and by which scale. */
  get content() {
    const plane = this.focusPlane;
    if (plane) return { plane, scale: { ...this.scale(), task: "neuron", lo: plane.lo, hi: plane.hi, target: /** @type {[number, number]} */ ([plane.lo, plane.hi]) }, discrete: false };
    return { plane: this.plane, scale: this.scale(), discrete: this.discrete && !this.regression };
  }

  /** The network's answer as a picture, whatever neuron is shown instead; none before the first frame. */
  get answer() {
    const { plane, faded, regression } = this;
    return plane && !faded ? this.painter.shades(plane, this.scale(), this.discrete && !regression) : null;
  }

  paintPlane() {
    const { plane, scale, discrete } = this.content;
    if (!plane || !this.drawn) return;
    this.picture.showMap(plane, this.painter.shades(plane, scale, discrete), plane.n);
    this.picture.fade(this.faded);
    this.picture.dimLine(Boolean(this.focusPlane));
  }

  /** @param {import("../web/decode.js").Message} frame */
  takeFocus({ header, arrays }) {
    const { focus } = header;
    if (!focus || !this.focus || focus.layer !== this.focus.layer || focus.unit !== this.focus.unit) return;
    const map = /** @type {Uint8Array} */ (arrays.focus_map.data);
    this.focusPlane = { map, classes: 1, n: arrays.focus_map.shape[1], x1: header.x1, x2: header.x2, lo: focus.lo, hi: focus.hi };
  }

  /** Rings round the points the network gets wrong. @param {import("../web/decode.js").Message} frame */
  takeWrong({ arrays }) {
    this.wrong = /** @type {Uint8Array | undefined} */ (arrays.wrong?.data);
    this.drawRings();
  }

  /** A changed trace costs as much as ten frames, so while a network trains rings follow a few times a second. */
  drawRings() {
    if (this.regression) return; // nothing is right or wrong there
    const key = this.wrong ? `${this.showTest}${this.wrong.join("")}` : "";
    if (key === this.ringsDrawn || !this.drawn || this.ringsTimer) return;
    this.ringsDrawn = key;
    const { x, y } = ringTrace(this.points, this.wrong, this.theme, this.showTest);
    this.Plotly.restyle(this.node, { x: [x], y: [y] }, [this.traces().length - 1]);
    this.ringsTimer = setTimeout(() => {
      this.ringsTimer = undefined;
      this.drawRings();
    }, RINGS_WAIT);
  }

  /** Show that the picture belongs to the run before. */
  fade() {
    if (!this.drawn || !this.plane) return;
    this.faded = true;
    this.picture.fade(true);
  }

  // ---------------------------------------------------------------- whole chart

  redraw() {
    const { Plotly, node, theme } = this;
    const config = (this.config ??= boundaryConfig(Plotly, () => this.save())); // another one would make Plotly start anew
    const first = !this.drawn;
    this.drawn = true;
    this.picture.weight = theme.scale;
    this.drawnLine?.setColors({ line: theme.line, halo: theme.background });
    this.picture.setColors({ neutral: css(theme.neutral), line: theme.line });
    this.small = node.clientHeight < SMALL;
    const layout = boundaryLayout(theme, this.view, this.small, this.experiment);
    if (first) Plotly.newPlot(node, this.traces(), layout, config);
    else Plotly.react(node, this.traces(), layout, config);
    if (first) this.listen();
    this.place();
    this.paintPlane();
  }

  listen() {
    const node = /** @type {any} */ (this.node);
    node.on("plotly_relayouting", () => this.place());
    node.on("plotly_afterplot", () => this.place());
    node.on("plotly_relayout", (/** @type {any} */ change) => this.relaid(change));
    node.on("plotly_doubleclick", () => this.reset());
  }

  traces() {
    const { points, theme, showTest } = this;
    if (!points) return [];
    const traces = this.regression ? valueTraces(points, this.scale(), theme, showTest, this.experiment)
      : [...classTraces(points, this.scale(), theme, showTest, this.experiment), ringTrace(points, this.wrong, theme, showTest)];
    return traces.map((/** @type {any} */ trace) => ({ ...trace, marker: { ...trace.marker, size: trace.marker.size * theme.scale } }));
  }

  /** @param {number} value */
  pointColor(value) {
    return pointColor(this.scale(), value);
  }

  /** The picture lies where the axes are. */
  place() {
    const full = /** @type {any} */ (this.node)._fullLayout;
    if (!full?.xaxis?._length) return;
    const { xaxis, yaxis } = full;
    /** @type {import("./boundary_picture.js").Frame} */
    const frame = {
      left: xaxis._offset, top: yaxis._offset, width: xaxis._length, height: yaxis._length,
      x1: pair(xaxis.range), x2: pair(yaxis.range),
    };
    this.picture.place(frame);
    this.drawnLine?.place(frame);
    this.onPlaced?.();
  }

  /** A file of the chart has the picture inside. */
  save() {
    return this.Plotly.downloadImage(this.figure(), { format: "png", filename: "newplot", ...this.size() });
  }

  size() {
    const { width, height } = /** @type {any} */ (this.node)._fullLayout;
    return { width, height };
  }

  /** All that is seen as one figure. */
  figure() {
    const { theme, lines } = this;
    const { plane } = this.content;
    const layout = { ...boundaryLayout(theme, this.view, this.small, this.experiment), ...this.size() };
    const behind = Boolean(this.focusPlane);
    const picture = plane && withPicture(theme,
      { source: this.picture.map.canvas.toDataURL(), place: placement(plane), opacity: this.faded ? 0.45 : 1 },
      { path: pathOf(lines, this.view.x1[1] - this.view.x1[0]), opacity: behind ? 0.35 : 1 });
    return { data: this.traces(), layout: { ...layout, ...picture } };
  }

  // ---------------------------------------------------------------- view

  /** @param {Record<string, any>} change */
  relaid(change) {
    this.place();
    if (!Object.keys(change).some((key) => key.startsWith("xaxis.range") || key.startsWith("yaxis.range"))) return;
    const { xaxis, yaxis } = /** @type {any} */ (this.node)._fullLayout;
    this.view = { x1: pair(xaxis.range), x2: pair(yaxis.range) };
    clearTimeout(this.viewTimer);
    this.viewTimer = setTimeout(() => this.onView(this.view, this.zoomed), VIEW_WAIT);
  }

  reset() {
    this.show(this.home);
  }

  /** @param {View} view */
  show({ x1, x2 }) {
    if (this.drawn) this.Plotly.relayout(this.node, { "xaxis.range": [...x1], "yaxis.range": [...x2] });
  }

  /**
   * Point of the plane under the mouse, or null outside the axes.
   * @param {MouseEvent} event
   */
  pointAt(event) {
    const full = /** @type {any} */ (this.node)._fullLayout;
    if (!full?.xaxis) return null;
    const box = this.node.getBoundingClientRect();
    const px = event.clientX - box.left - full.xaxis._offset;
    const py = event.clientY - box.top - full.yaxis._offset;
    const s = px / full.xaxis._length;
    const t = 1 - py / full.yaxis._length;
    if (s < 0 || s > 1 || t < 0 || t > 1) return null;
    const between = (/** @type {number[]} */ [lo, hi], /** @type {number} */ f) => lo + (hi - lo) * f;
    return { x1: between(full.xaxis.range, s), x2: between(full.yaxis.range, t) };
  }

  /** @param {number} x1 @param {number} x2 */
  valuesAt(x1, x2) {
    const plane = this.focusPlane ?? this.plane;
    return plane ? valuesAt(plane, x1, x2) : null;
  }

  // ---------------------------------------------------------------- switches

  /** @param {import("../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    if (this.drawn) this.redraw();
  }

  /** @param {boolean} discrete */
  setDiscrete(discrete) {
    this.discrete = discrete;
    this.paintPlane();
  }

  /** @param {boolean} shown */
  setTest(shown) {
    this.showTest = shown;
    if (!this.drawn) return;
    const test = this.traces().map((trace, i) => (trace.meta === "test" ? i : -1)).filter((i) => i >= 0);
    this.Plotly.restyle(this.node, { visible: shown }, test);
    this.drawRings(); // test points have rings only when they are drawn
  }

  resize() {
    if (!this.drawn) return;
    if (this.small !== this.node.clientHeight < SMALL) this.redraw();
    this.Plotly.Plots.resize(this.node);
    this.place();
  }

  destroy() {
    clearTimeout(this.viewTimer);
    clearTimeout(this.ringsTimer);
    this.picture.node.remove();
    this.stopListening();
    this.drawnLine?.destroy();
    if (this.drawn) this.Plotly.purge(this.node);
  }
}

/** @param {string[] | number[]} range @returns {[number, number]} */
const pair = ([a, b]) => [Math.min(Number(a), Number(b)), Math.max(Number(a), Number(b))];
