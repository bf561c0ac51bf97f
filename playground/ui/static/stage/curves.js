// Loss above, accuracy below: one Plotly figure with a shared epoch axis and one hover for both, its lines on a canvas.
import { COLUMNS } from "../web/facts.js";
import { CurvesCanvas } from "./curves_canvas.js";
import { CONFIG, curvesLayout, lineShapes } from "./curves_layout.js";
import { turnTrace } from "./curve_turns.js";
import { outlier } from "./loss_range.js";

const LINES_EVERY = 100; // ms between redraws of the lines while playing
const FIGURE_EVERY = 1000; // and of what the mouse finds

export class Curves {
  /** @type {string | undefined} */
  signature;
  drawnAxes = "";

  /**
   * @param {any} Plotly
   * @param {HTMLElement} node
   * @param {import("../web/theme.js").Theme} theme
   * @param {import("./curve_store.js").CurveStore} store
   * @param {{pick: (epoch: number) => void, cut: (cut: boolean) => void}} actions an epoch was clicked; whether a loss lies above the usual range
   */
  constructor(Plotly, node, theme, store, actions) {
    this.Plotly = Plotly;
    this.node = node;
    this.theme = theme;
    this.store = store;
    this.actions = actions;
    this.lines = new CurvesCanvas();
    this.log = false;
    this.whole = false; // every loss is within the axis
    this.accuracy = true;
    this.drawn = false;
    this.dirty = true; // there are rows that no line shows
    this.behind = true; // and some that the mouse does not find
    this.linesAt = -Infinity;
    this.figureAt = -Infinity;
    this.width = this.height = 0;
    /** @type {number | null} */
    this.marker = null;
    /** @type {import("../web/messages.js").Turn[]} */
    this.turns = [];
  }

  /** Where rates change. @param {import("../web/messages.js").Turn[]} turns */
  setTurns(turns) {
    this.turns = turns;
    this.dirty = this.behind = true; // a resize that comes before the next picture draws the lines alone
  }

  /** @param {boolean} classification */
  setRun(classification) {
    this.accuracy = classification;
    this.dirty = this.behind = true;
    if (!this.drawn) this.draw();
  }

  /**
   * Redraw if there is news and time for it.
   * @param {boolean} playing @param {number | null} marker epoch to mark
   */
  update(playing, marker) {
    if (marker !== this.marker) {
      this.marker = marker;
      this.markerDirty = true;
    }
    if (!this.drawn) return;
    if (this.dirty) this.behind = true;
    const now = performance.now();
    if (this.behind && (!playing || now - this.figureAt >= FIGURE_EVERY)) this.draw();
    else if (this.dirty && now - this.linesAt >= LINES_EVERY) this.drawLines();
    else if (this.markerDirty) this.drawMarker();
  }

  /** The newest rows as lines; the figure follows at once where its axes have become too short. */
  drawLines() {
    if (this.signatureOf(this.layout()) !== this.signature) return this.draw();
    this.stroke();
  }

  draw() {
    const { Plotly, node } = this;
    this.measure();
    this.behind = this.markerDirty = false;
    const layout = this.layout();
    const signature = this.signatureOf(layout);
    if (!this.drawn) this.create(layout);
    else if (signature === this.signature) this.restyle();
    else Plotly.react(node, this.traces(), layout, CONFIG);
    this.signature = signature;
    this.drawnAxes = this.axes;
    this.actions.cut(!this.log && outlier(this.store) !== null);
    this.figureAt = performance.now();
    this.stroke();
  }

  /** @param {object} layout */
  create(layout) {
    this.drawn = true;
    this.Plotly.newPlot(this.node, this.traces(), layout, CONFIG);
    const node = /** @type {any} */ (this.node);
    node.on("plotly_click", (/** @type {any} */ event) => {
      const epoch = event.points?.[0]?.x;
      if (Number.isFinite(epoch)) this.actions.pick(epoch);
    });
  }

  /** New points under the same axes: two thirds of the price. */
  restyle() {
    const traces = this.traces();
    const change = { x: traces.map(({ x }) => x), y: traces.map(({ y }) => y) };
    this.Plotly.restyle(this.node, change, traces.map((_, i) => i));
  }

  stroke() {
    const full = /** @type {any} */ (this.node)._fullLayout;
    this.dirty = false;
    this.linesAt = performance.now();
    if (!full?.xaxis?._length) return;
    this.lines.putInto(this.node);
    this.lines.resize(full.width, full.height);
    this.lines.draw(this.lineTraces().map(({ x, y, line, xaxis, yaxis }) => ({
      points: { x, y }, color: line.color, width: line.width, dashed: line.dash === "dash",
      xaxis: xaxis === "x2" ? full.xaxis2 : full.xaxis, yaxis: yaxis === "y2" ? full.yaxis2 : full.yaxis,
    })));
  }

  drawMarker() {
    this.markerDirty = false;
    const shapes = lineShapes(this.look);
    this.Plotly.relayout(this.node, { shapes });
    this.signature = this.signatureOf(this.layout());
  }

  traces() {
    return this.turns.length ? [...this.lineTraces(), turnTrace(this.look)] : this.lineTraces();
  }

  lineTraces() {
    const { theme, store } = this;
    const line = (/** @type {string} */ name, /** @type {number} */ column, /** @type {boolean} */ test, /** @type {string} */ yaxis) => ({
      type: "scatter", mode: "lines", name, ...store.line(column), xaxis: this.wide && yaxis === "y2" ? "x2" : "x", yaxis,
      line: { color: test ? theme.test : theme.train, width: (test ? 1.8 : 1.6) * theme.scale, dash: test ? "dash" : "solid", simplify: false },
      hovertemplate: yaxis === "y" ? "%{y:.4g}" : "%{y:.1%}",
      connectgaps: false,
    });
    const loss = [line("Training loss", COLUMNS.loss, false, "y"), line(`${store.watched} loss`, COLUMNS.val_loss, true, "y")];
    if (!this.accuracy) return loss;
    return [...loss, line("Training accuracy", COLUMNS.accuracy, false, "y2"),
      line(`${store.watched} accuracy`, COLUMNS.val_accuracy, true, "y2")];
  }

  /** Side by side where there is more width than height, or no height for two. */
  get wide() {
    return this.accuracy && (this.width > 1.9 * this.height || this.height < 200);
  }

  /** Which there are, and how they lie. */
  get axes() {
    return `${this.accuracy} ${this.wide}`;
  }

  /** @returns {import("./curves_layout.js").Look} */
  get look() {
    const { theme, store, accuracy, wide, log, whole, marker, turns, width } = this;
    return { theme, store, accuracy, wide, log, whole, marker, turns, width };
  }

  layout() {
    return curvesLayout(this.look);
  }

  /** @param {object} layout */
  signatureOf(layout) {
    return this.store.watched + JSON.stringify(layout);
  }

  measure() {
    this.width = this.node.clientWidth;
    this.height = this.node.clientHeight;
  }

  /** @param {boolean} log */
  setLog(log) {
    this.log = log;
    if (this.drawn) this.draw();
  }

  /** @param {boolean} whole */
  setWhole(whole) {
    this.whole = whole;
    if (this.drawn) this.draw();
  }

  /** @param {import("../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    if (this.drawn) this.draw();
  }

  resize() {
    if (!this.drawn) return;
    this.measure();
    if (!this.height) return;
    if (this.axes !== this.drawnAxes) return this.draw(); // another run's, too, which has not been drawn yet
    this.Plotly.Plots.resize(this.node);
    this.stroke();
  }

  destroy() {
    if (this.drawn) this.Plotly.purge(this.node);
  }
}
