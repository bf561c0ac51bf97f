// The multilayer perceptron as a series of transformations: the points after each layer, and the way between.
import { h, swatch } from "../../web/dom.js";
import { formatCoordinate, formatEpoch } from "../../web/format.js";
import { SYMBOLS } from "../../web/facts.js";
import { className, shortClassName } from "../../web/given_names.js";
import { classColors } from "../../web/palette.js";
import { css } from "../../web/theme.js";
import { drawFlat } from "./flat_plot.js";
import { axesAt, mixed, sceneOf } from "./morph.js";
import { classPictures, valuePictures } from "../../web/point_pictures.js";
import { drawSolid, FIRST_TURN, turned } from "./solid_plot.js";
import { nameAt, StageSlider } from "./stage_slider.js";

const SHADES = 41; // colours of a regression's targets
const DRAG = 0.011; // radians a px
const KEY_TURN = 0.12;

export const TAB = { order: 2, title: "Layers", hint: "How each layer bends the plane" };

export default class LayersView {
  /** @type {CanvasRenderingContext2D} */
  pen;
  /** @type {any[]} */
  segments;
  /** @type {StageSlider} */
  slider;
  /** @type {number | undefined} */
  request;
  /** @type {string | undefined} */
  picturesFor;

  first = { dimensions: 2, grid: false };

  /** @param {import("../view_host.js").ViewContext} context */
  constructor(context) {
    this.context = context;
    this.theme = context.theme;
    this.solid = false;
    this.withGrid = false;
    this.turn = FIRST_TURN;
    /** @type {import("./morph.js").Scene | null} */
    this.scene = null;
    this.run = "";
    this.buildHead();
    this.build();
  }

  buildHead() {
    const segment = (/** @type {string} */ text, /** @type {boolean} */ solid, /** @type {string} */ title) => h("button", {
      type: "button", class: "kp-segment", title, "aria-pressed": String(solid === this.solid), onclick: () => this.setSolid(solid),
    }, text);
    this.segments = [
      segment("2-D", false, "The layer's two units, or its first two principal components"),
      segment("3-D", true, "The layer's three units, or its first three principal components: drag to turn"),
    ];
    this.gridBox = h("input", { type: "checkbox", onchange: () => this.setGrid(this.gridBox.checked) });
    this.legend = h("div", { class: "kp-legend kp-layers-legend" });
    this.head = h("div", { class: "kp-layers-head" },
      h("div", { class: "kp-segments", role: "group", "aria-label": "Dimensions" }, ...this.segments),
      h("label", { class: "kp-check", title: "Lines of equal x1 and of equal x2: see how the plane is bent" }, this.gridBox, h("span", {}, "Grid")),
      this.legend);
  }

  build() {
    this.slider = new StageSlider((position) => this.moved(position));
    this.title = h("strong", { class: "kp-layers-title" });
    this.note = h("span", { class: "kp-layers-note" });
    this.canvas = h("canvas", {
      class: "kp-layers-canvas", role: "img", onkeydown: (/** @type {KeyboardEvent} */ event) => this.keyed(event),
      onpointerdown: (/** @type {PointerEvent} */ event) => this.grab(event),
      onpointermove: (/** @type {PointerEvent} */ event) => this.drag(event),
    });
    this.plot = h("div", { class: "kp-layers-plot" }, this.canvas);
    this.node = h("div", { class: "kp-layers", data: { testid: "layers-view", stage: "", epoch: "" } },
      h("div", { class: "kp-layers-caption" }, this.title, this.note), this.plot, this.slider.node);
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  }

  // ---------------------------------------------------------------- news

  /** @param {import("../../web/decode.js").Message} hello */
  setRun({ header }) {
    if (header.run === this.run) return;
    this.run = header.run;
    this.experiment = header.experiment;
    this.node.toggleAttribute("data-stale", Boolean(this.scene)); // the picture is the run's before
  }

  /** @param {import("../../web/decode.js").Message} message */
  show(message) {
    const fresh = this.node.hasAttribute("data-stale") || !this.scene;
    const known = this.scene?.stages.length;
    this.scene = sceneOf(message);
    this.node.removeAttribute("data-stale");
    this.node.dataset.epoch = message.header.epoch;
    if (fresh) this.showClasses();
    const { stages, points, grid, dimensions } = this.scene;
    this.between = { points: new Float32Array(points[0].length), grid: new Float32Array(grid[0]?.length ?? 0) };
    this.canvas.tabIndex = dimensions === 3 ? 0 : -1;
    this.plot.toggleAttribute("data-solid", dimensions === 3);
    this.slider.setStages(stages.map((stage) => stage.name));
    // The last hidden layer is where the classes should have come apart.
    if (known !== stages.length) this.slider.put(Math.max(1, stages.length - 2));
    else this.moved(this.slider.position);
  }

  /** Colours and shapes in words. */
  showClasses() {
    this.pictures = undefined;
    const chart = this.context.chart();
    const { theme } = this;
    if (this.regression) {
      const [lo, hi] = chart?.scale().target ?? [-1, 1];
      const items = ["target", formatCoordinate(lo), h("i", { class: "kp-bar", style: `background: ${chart?.gradient}` }), formatCoordinate(hi)];
      return this.legend.replaceChildren(...items.map((item) => h("span", { class: "kp-key" }, item)));
    }
    this.legend.replaceChildren(...this.colors.map((color, k) =>
      h("span", { class: "kp-key", title: className(this.experiment, k) }, swatch(SYMBOLS[k % SYMBOLS.length], css(color), theme.halo),
        h("span", { class: "kp-class-name" }, shortClassName(this.experiment, k)))));
  }

  get regression() {
    return this.experiment?.task === "regression";
  }

  get colors() {
    return classColors(this.experiment?.n_classes ?? 2);
  }

  // ---------------------------------------------------------------- wishes

  /** @param {boolean} solid */
  setSolid(solid) {
    this.solid = solid;
    this.segments.forEach((button, i) => button.setAttribute("aria-pressed", String((i === 1) === solid)));
    this.ask();
  }

  /** @param {boolean} on */
  setGrid(on) {
    this.withGrid = on;
    this.ask();
  }

  /** Another view leads here. @param {{dimensions?: number, grid?: boolean}} options */
  choose({ dimensions = 2, grid = false }) {
    this.withGrid = this.gridBox.checked = grid;
    this.setSolid(dimensions === 3);
  }

  ask() {
    this.context.want({ dimensions: this.solid ? 3 : 2, grid: this.withGrid });
  }

  // ---------------------------------------------------------------- turning

  get turnable() {
    return this.scene?.dimensions === 3;
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (!this.turnable || event.button) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.held = { x: event.clientX, y: event.clientY };
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held || !this.turnable || !this.canvas.hasPointerCapture(event.pointerId)) return;
    this.turn = turned(this.turn, (this.held.x - event.clientX) * DRAG, (event.clientY - this.held.y) * DRAG);
    this.held = { x: event.clientX, y: event.clientY };
    this.redraw();
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const by = { ArrowLeft: [KEY_TURN, 0], ArrowRight: [-KEY_TURN, 0], ArrowUp: [0, -KEY_TURN], ArrowDown: [0, KEY_TURN] }[event.key];
    if (!by || !this.turnable) return;
    event.preventDefault();
    this.turn = turned(this.turn, by[0], by[1]);
    this.redraw();
  }

  // ---------------------------------------------------------------- drawing

  /** @param {number} position */
  moved(position) {
    if (!this.scene) return;
    const { stages, y, dimensions } = this.scene;
    const name = nameAt(stages.map((stage) => stage.name), position);
    if (this.title.textContent !== name) this.title.textContent = name;
    this.note.textContent = [share(stages[Math.round(position)]), part(y.length, this.experiment?.n_train)].filter(Boolean).join(" · ");
    this.note.title = this.note.textContent;
    this.node.dataset.stage = String(Number(position.toFixed(2)));
    this.canvas.setAttribute("aria-label", `The training points at ${name}, in ${dimensions} dimensions${dimensions === 3 ? "; arrow keys turn the box" : ""}`);
    this.redraw();
  }

  /** At most once a frame of the screen. */
  redraw() {
    this.request ??= requestAnimationFrame(() => {
      this.request = undefined;
      this.draw();
    });
  }

  draw() {
    const { scene, between, pen, theme } = this;
    const [width, height] = [this.plot.clientWidth, this.plot.clientHeight];
    if (!scene || !between || width < 20 || height < 20) return;
    const dpr = this.sharpen(width, height) * theme.scale; // on a projector all of it is larger
    const [across, down] = [width / theme.scale, height / theme.scale];
    pen.setTransform(dpr, 0, 0, dpr, 0, 0);
    pen.clearRect(0, 0, across, down);
    const { position } = this.slider;
    const picture = {
      points: mixed(scene.points, position, between.points),
      grid: scene.grid.length ? mixed(scene.grid, position, between.grid) : between.grid,
      linePoints: scene.linePoints,
      axes: axesAt(scene, position),
      marker: this.marker(dpr),
      theme,
      dpr,
    };
    if (scene.dimensions === 3) drawSolid(pen, across, down, picture, this.turn);
    else drawFlat(pen, across, down, picture);
    this.node.dataset.drawn = String(Number(this.node.dataset.drawn ?? 0) + 1);
  }

  /** As many pixels as the screen has. @param {number} width @param {number} height */
  sharpen(width, height) {
    const dpr = window.devicePixelRatio || 1;
    const size = { width: Math.round(width * dpr), height: Math.round(height * dpr) };
    if (this.canvas.width !== size.width || this.canvas.height !== size.height) Object.assign(this.canvas, size);
    return dpr;
  }

  /** The picture of a point, by its class or target. @param {number} dpr @returns {(i: number) => HTMLCanvasElement} */
  marker(dpr) {
    const { y } = /** @type {import("./morph.js").Scene} */ (this.scene);
    const radius = y.length > 350 ? 3.3 : 4;
    const key = `${dpr} ${radius}`;
    if (!this.pictures || this.picturesFor !== key) {
      this.pictures = this.regression ? this.shades(radius, dpr) : classPictures(this.colors.map(css), this.theme.halo, radius, dpr);
      this.picturesFor = key;
    }
    const { pictures } = this;
    if (!this.regression) return (i) => pictures[y[i]] ?? pictures[0];
    const [lo, hi] = this.context.chart()?.scale().target ?? [-1, 1];
    return (i) => pictures[Math.max(0, Math.min(SHADES - 1, Math.round(((y[i] - lo) / (hi - lo)) * (SHADES - 1))))] ?? pictures[0];
  }

  /** @param {number} radius @param {number} dpr */
  shades(radius, dpr) {
    const chart = this.context.chart();
    const [lo, hi] = chart?.scale().target ?? [-1, 1];
    const colors = Array.from({ length: SHADES }, (_, i) => (chart ? css(chart.pointColor(lo + ((hi - lo) * i) / (SHADES - 1))) : this.theme.text));
    return valuePictures(colors, this.theme.dark ? this.theme.background : this.theme.muted, radius, dpr);
  }

  // ---------------------------------------------------------------- looks

  /** @param {import("../../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.pictures = undefined;
    if (this.scene) this.showClasses();
    this.redraw();
  }

  resize() {
    this.slider.label();
    this.redraw();
  }

  destroy() {
    this.slider.destroy();
    if (this.request) cancelAnimationFrame(this.request);
  }
}

/** What part of the layer its principal components show; what is the plane is shown whole. @param {import("./morph.js").Stage} stage */
const share = ({ name, axes, explained }) =>
  (name !== "input" && axes[0].startsWith("component") ? `${(100 * explained).toFixed(0)}\u202f% of the variance` : "");

/** How many points are drawn, said only where it is not all. @param {number} shown @param {number | undefined} all */
const part = (shown, all) => (all && shown < all ? `${formatEpoch(shown)} of ${formatEpoch(all)} points` : "");
