// Loss above, accuracy below, one Plotly figure with a shared epoch axis: one redraw, one hover for both.
import { COLUMNS } from "./curve_store.js";

const SLOWEST = 1000; // ms between redraws while playing
const FASTEST = 200;
const SHARE = 0.1; // of the time may go into redrawing
const LEFT = [0, 0.45]; // domains of two charts side by side
const RIGHT = [0.56, 1];
const HIDDEN = { type: "line", x0: 0, x1: 0, y0: 0, y1: 1, xref: "x", yref: "paper", visible: false };

/** Steps that keep the axis still for a while. @param {number} value */
function roundUp(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value * 0.9999) ?? 10);
}

export class Curves {
  /**
   * @param {any} Plotly
   * @param {HTMLElement} node
   * @param {import("./theme.js").Theme} theme
   * @param {import("./curve_store.js").CurveStore} store
   * @param {(epoch: number) => void} onPick an epoch was clicked
   */
  constructor(Plotly, node, theme, store, onPick) {
    this.Plotly = Plotly;
    this.node = node;
    this.theme = theme;
    this.store = store;
    this.onPick = onPick;
    this.log = false;
    this.accuracy = true;
    this.drawn = false;
    this.dirty = true;
    this.lastDraw = -Infinity;
    this.cost = 20;
    /** @type {number | null} */
    this.marker = null;
  }

  /** @param {boolean} classification */
  setRun(classification) {
    this.accuracy = classification;
    this.dirty = true;
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
    const wait = Math.min(SLOWEST, Math.max(FASTEST, this.cost / SHARE));
    if (this.dirty && (!playing || performance.now() - this.lastDraw >= wait)) this.draw();
    else if (this.markerDirty) this.drawMarker();
  }

  draw() {
    const { Plotly, node } = this;
    const started = performance.now();
    this.dirty = false;
    this.markerDirty = false;
    const layout = this.layout();
    this.drawnWide = this.wide;
    const signature = JSON.stringify(layout);
    if (!this.drawn) this.create();
    else if (signature === this.signature) this.restyle();
    else Plotly.react(node, this.traces(), layout, this.config());
    this.signature = signature;
    this.lastDraw = performance.now();
    this.cost = 0.7 * this.cost + 0.3 * (this.lastDraw - started);
  }

  create() {
    this.drawn = true;
    this.Plotly.newPlot(this.node, this.traces(), this.layout(), this.config());
    const node = /** @type {any} */ (this.node);
    node.on("plotly_click", (/** @type {any} */ event) => {
      const epoch = event.points?.[0]?.x;
      if (Number.isFinite(epoch)) this.onPick(epoch);
    });
  }

  /** New points under the same axes: two thirds of the price. */
  restyle() {
    const traces = this.traces();
    const change = { x: traces.map(({ x }) => x), y: traces.map(({ y }) => y) };
    this.Plotly.restyle(this.node, change, traces.map((_, i) => i));
  }

  drawMarker() {
    this.markerDirty = false;
    this.signature = "";
    this.Plotly.relayout(this.node, { shapes: this.markerShapes() });
  }

  /** The epoch shown, across both charts. */
  markerShapes() {
    const shape = this.marker === null ? HIDDEN : {
      ...HIDDEN, x0: this.marker, x1: this.marker, visible: true,
      line: { color: this.theme.text, width: 1.2, dash: "dot" },
    };
    return this.wide ? [shape, { ...shape, xref: "x2" }] : [shape];
  }

  traces() {
    const { theme, store } = this;
    const line = (/** @type {string} */ name, /** @type {number} */ column, /** @type {boolean} */ test, /** @type {string} */ yaxis) => ({
      type: "scatter", mode: "lines", name, ...store.line(column), xaxis: this.wide && yaxis === "y2" ? "x2" : "x", yaxis,
      line: { color: test ? theme.test : theme.train, width: test ? 1.8 : 1.6, dash: test ? "dash" : "solid", simplify: false },
      hovertemplate: yaxis === "y" ? "%{y:.4g}" : "%{y:.1%}",
      connectgaps: false,
    });
    const loss = [line("Training loss", COLUMNS.loss, false, "y"), line("Test loss", COLUMNS.val_loss, true, "y")];
    if (!this.accuracy) return loss;
    return [...loss, line("Training accuracy", COLUMNS.accuracy, false, "y2"),
      line("Test accuracy", COLUMNS.val_accuracy, true, "y2")];
  }

  lossRange() {
    const [lo, hi] = this.store.extent([COLUMNS.loss, COLUMNS.val_loss]);
    if (!Number.isFinite(hi)) return this.log ? [-2, 0] : [0, 1];
    if (!this.log) return [0, roundUp(hi * 1.02)];
    const floor = Math.log10(Math.max(lo, hi * 1e-8, 1e-12));
    const ceiling = Math.log10(Math.max(hi, 1e-12));
    const margin = Math.max(0.1, 0.04 * (ceiling - floor));
    return [floor - margin, ceiling + margin];
  }

  /** Side by side where there is more width than height. */
  get wide() {
    return this.accuracy && this.node.clientWidth > 1.9 * this.node.clientHeight;
  }

  layout() {
    const { theme, wide } = this;
    const axis = {
      showgrid: true, gridcolor: theme.border, gridwidth: 1, zeroline: false, fixedrange: true,
      tickfont: { color: theme.muted, size: 11 }, nticks: 5, ticks: "outside", ticklen: 4, tickcolor: "rgba(0,0,0,0)",
    };
    const heading = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => ({
      text, xref: "paper", yref: "paper", x, y, xanchor: "left", yanchor: "bottom", showarrow: false,
      font: { size: 12, color: theme.text },
    });
    const epochs = {
      ...axis, title: { text: "epoch", standoff: 4, font: { size: 12 } }, autorange: false,
      range: [0, Math.max(10, roundUp(this.store.last))], hoverformat: ",d", unifiedhovertitle: { text: "Epoch %{x:,d}" },
      showspikes: true, spikemode: "across", spikethickness: 1, spikedash: "solid", spikecolor: theme.muted, spikesnap: "data",
    };
    return {
      autosize: true,
      margin: { l: 50, r: 12, t: this.accuracy ? 22 : 10, b: 38 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: theme.font, color: theme.text, size: 12 },
      showlegend: false,
      hovermode: "x unified",
      hoversubplots: "axis",
      hoverlabel: { bgcolor: theme.background, bordercolor: theme.border, font: { color: theme.text, family: theme.font, size: 12 } },
      dragmode: false,
      xaxis: { ...epochs, anchor: this.accuracy && !wide ? "y2" : "y", domain: wide ? LEFT : [0, 1] },
      ...(wide ? { xaxis2: { ...epochs, anchor: "y2", domain: RIGHT } } : {}),
      yaxis: {
        ...axis, domain: this.accuracy && !wide ? [0.57, 1] : [0, 1], anchor: "x", autorange: false,
        type: this.log ? "log" : "linear", range: this.lossRange(), ...(this.log ? { dtick: undefined, exponentformat: "power" } : {}),
      },
      ...(this.accuracy ? {
        yaxis2: { ...axis, domain: wide ? [0, 1] : [0, 0.43], anchor: wide ? "x2" : "x", autorange: false, range: [0, 1.02], tickformat: ".0%" },
      } : {}),
      annotations: this.accuracy ? [heading("Loss", 0, 1), wide ? heading("Accuracy", RIGHT[0], 1) : heading("Accuracy", 0, 0.43)] : [],
      shapes: this.markerShapes(),
    };
  }

  config() {
    return { displayModeBar: false, responsive: false, doubleClick: false, showTips: false, scrollZoom: false };
  }

  /** @param {boolean} log */
  setLog(log) {
    this.log = log;
    if (this.drawn) this.draw();
  }

  /** @param {import("./theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    if (this.drawn) this.draw();
  }

  resize() {
    if (!this.drawn || !this.node.clientHeight) return;
    if (this.wide !== this.drawnWide) this.draw();
    else this.Plotly.Plots.resize(this.node);
  }

  destroy() {
    if (this.drawn) this.Plotly.purge(this.node);
  }
}
