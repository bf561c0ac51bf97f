// The plane: the network's output as one layout image, the boundary as one layout shape, the points as traces.
import { classColors, colorOf, gradient, SYMBOLS } from "./palette.js";
import { PlanePainter, pathOf, placement, planeOf, valuesAt } from "./plane.js";
import { css, mix, rgb } from "./theme.js";

const EMPTY = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const VIEW_WAIT = 120;
const RINGS_WAIT = 200;
const FARTHEST = 1e5; // what the server still computes, with room
const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];
const LIGHT = [232, 234, 235];

/** @typedef {{x1: [number, number], x2: [number, number]}} View */
/** @typedef {{x: ArrayLike<number>, y: ArrayLike<number>}} Points */

/** @param {{data: ArrayLike<number>}} pairs (n, 2) flat @param {number[]} rows */
const pick = (pairs, rows) => ({ x: rows.map((i) => pairs.data[2 * i]), y: rows.map((i) => pairs.data[2 * i + 1]) });

export class BoundaryChart {
  /**
   * @param {any} Plotly
   * @param {HTMLElement} node
   * @param {import("./theme.js").Theme} theme
   * @param {(view: View) => void} onView the visible range changed by hand
   */
  constructor(Plotly, node, theme, onView) {
    this.Plotly = Plotly;
    this.node = node;
    this.theme = theme;
    this.onView = onView;
    this.painter = new PlanePainter();
    this.discrete = false;
    this.showTest = false;
    this.source = EMPTY;
    this.path = "M0,0";
    this.faded = false;
    this.drawn = false;
    /** @type {View} */
    this.home = { x1: [-6, 6], x2: [-6, 6] };
    /** @type {View} */
    this.view = this.home;
    this.place = { x: -6, y: 6, sizex: 12, sizey: 12 };
    /** @type {string[]} */
    this.colors = [];
  }

  /**
   * Points and task of a run. The picture of the run before stays until the first frame.
   * @param {import("./protocol.js").Message} hello
   * @param {string[]} [colors]
   */
  setRun(hello, colors) {
    const { header, arrays } = hello;
    const home = { x1: header.x1, x2: header.x2 };
    if (String(home.x1) !== String(this.home.x1) || String(home.x2) !== String(this.home.x2) || !this.drawn) {
      this.view = home;
    }
    this.home = home;
    this.regression = header.experiment.task === "regression";
    this.classes = this.regression ? 0 : header.experiment.n_classes;
    this.colors = colors ?? [];
    this.points = arrays;
    this.wrong = undefined;
    this.ringsDrawn = "";
    this.target = this.regression ? spread([arrays.train_y.data, arrays.test_y.data]) : [0, 1];
    this.redraw();
  }

  /** @returns {import("./palette.js").Scale} */
  scale() {
    return {
      task: this.regression ? "regression" : "classification",
      lo: this.plane?.lo ?? 0,
      hi: this.plane?.hi ?? 1,
      target: /** @type {[number, number]} */ (this.target ?? [0, 1]),
      colors: classColors(this.classes ?? 2, this.colors),
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

  // ---------------------------------------------------------------- frames

  /** @param {import("./protocol.js").Message} frame */
  paint(frame) {
    this.plane = planeOf(frame);
    const lines = /** @type {Float32Array} */ (frame.arrays.lines?.data ?? new Float32Array());
    this.path = pathOf(lines, this.plane.x1[1] - this.plane.x1[0]);
    this.takeFocus(frame);
    this.takeWrong(frame);
    this.paintPlane();
  }

  /** One neuron's map from now on, or the network's answer again. @param {{layer: number, unit: number} | null} neuron */
  setFocus(neuron) {
    this.focus = neuron;
    this.focusPlane = undefined;
    if (!neuron) this.paintPlane();
  }

  /** @param {import("./plane.js").Plane} plane of the neuron in focus */
  showFocus(plane) {
    this.focusPlane = plane;
    this.paintPlane();
  }

  /** What is drawn, and by which scale. */
  get picture() {
    const plane = this.focusPlane;
    if (plane) return { plane, scale: { ...this.scale(), task: "neuron", lo: plane.lo, hi: plane.hi, target: /** @type {[number, number]} */ ([plane.lo, plane.hi]) }, discrete: false };
    return { plane: this.plane, scale: this.scale(), discrete: this.discrete && !this.regression };
  }

  paintPlane() {
    if (!this.plane || !this.drawn) return;
    const { plane = this.plane, scale, discrete } = this.picture;
    this.source = this.painter.url(plane, scale, discrete);
    // A changed path makes Plotly recalculate every trace (25 ms). The layout object is ours, so the path is put
    // there and a cheap attribute of the same shape asks for its redrawing (2 ms with the image).
    /** @type {any} */ (this.node).layout.shapes[0].path = this.path;
    /** @type {Record<string, unknown>} */
    const change = { "images[0].source": this.source, "shapes[0].opacity": this.focusPlane ? 0.35 : 1 };
    const place = placement(plane);
    for (const [name, value] of Object.entries(place)) {
      if (this.place[/** @type {keyof typeof place} */ (name)] !== value) change[`images[0].${name}`] = value;
    }
    if (this.faded) {
      this.faded = false;
      change["images[0].opacity"] = 1;
    }
    this.place = place;
    this.Plotly.relayout(this.node, change);
  }

  /** @param {import("./protocol.js").Message} frame */
  takeFocus({ header, arrays }) {
    const { focus } = header;
    if (!focus || !this.focus || focus.layer !== this.focus.layer || focus.unit !== this.focus.unit) return;
    const map = /** @type {Uint8Array} */ (arrays.focus_map.data);
    this.focusPlane = { map, classes: 1, n: arrays.focus_map.shape[1], x1: header.x1, x2: header.x2, lo: focus.lo, hi: focus.hi };
  }

  /** Rings round the points the network gets wrong. @param {import("./protocol.js").Message} frame */
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
    const { x, y } = this.ringTrace();
    this.Plotly.restyle(this.node, { x: [x], y: [y] }, [this.traces().length - 1]);
    this.ringsTimer = setTimeout(() => {
      this.ringsTimer = undefined;
      this.drawRings();
    }, RINGS_WAIT);
  }

  ringTrace() {
    const { wrong, points, theme } = this;
    const n = points?.train_y.data.length ?? 0;
    const at = { train: /** @type {number[]} */ ([]), test: /** @type {number[]} */ ([]) };
    wrong?.forEach((flag, i) => flag && (i < n ? at.train.push(i) : this.showTest && at.test.push(i - n)));
    const parts = points ? [pick(points.train_x, at.train), pick(points.test_x, at.test)] : [];
    return {
      type: "scatter", mode: "markers", meta: "wrong", name: "Misclassified", hoverinfo: "skip",
      x: parts.flatMap((part) => Array.from(part.x)), y: parts.flatMap((part) => Array.from(part.y)),
      marker: { symbol: "circle-open", size: 14, color: theme.text, line: { width: 1.5 } },
    };
  }

  /** Show that the picture belongs to the run before. */
  fade() {
    if (!this.drawn || !this.plane || this.faded) return;
    this.faded = true;
    this.Plotly.relayout(this.node, { "images[0].opacity": 0.45 });
  }

  // ---------------------------------------------------------------- whole chart

  redraw() {
    const { Plotly, node } = this;
    const { plane, scale, discrete } = this.picture;
    if (plane) this.source = this.painter.url(plane, scale, discrete);
    if (this.drawn) {
      Plotly.react(node, this.traces(), this.layout(), this.config());
      return;
    }
    this.drawn = true;
    Plotly.newPlot(node, this.traces(), this.layout(), this.config());
    /** @type {any} */ (node).on("plotly_relayout", (/** @type {any} */ change) => this.relaid(change));
    /** @type {any} */ (node).on("plotly_doubleclick", () => this.reset());
    if (this.plane) this.paintPlane();
  }

  traces() {
    if (!this.points) return [];
    return this.regression ? this.valueTraces() : [...this.classTraces(), this.ringTrace()];
  }

  classTraces() {
    const { theme, points } = this;
    const scale = this.scale();
    const marker = (/** @type {number} */ k, /** @type {boolean} */ test) => ({
      symbol: SYMBOLS[k % SYMBOLS.length] + (test ? "-open" : ""),
      size: k % SYMBOLS.length === 1 ? 7 : 8,
      opacity: 1,
      color: css(test ? mix(scale.colors[k], theme.dark ? WHITE : BLACK, 0.28) : scale.colors[k]),
      line: test ? { width: 1.7 } : { width: 1, color: theme.halo },
    });
    return ["test", "train"].flatMap((part) => scale.colors.map((_, k) => {
      const rows = rowsOf(points[`${part}_y`].data, (y) => y === k);
      return this.trace(part, pick(points[`${part}_x`], rows), marker(k, part === "test"), `class ${k}`);
    }));
  }

  valueTraces() {
    const { theme, points } = this;
    return ["test", "train"].map((part) => {
      const test = part === "test";
      const y = Array.from(points[`${part}_y`].data);
      const darken = test && !theme.dark ? 0.3 : 0;
      const colors = y.map((value) => css(mix(this.pointColor(value), BLACK, darken)));
      const marker = test
        ? { symbol: "circle-open", size: 8, opacity: 1, color: colors, line: { width: 1.7 } }
        : { symbol: "circle", size: 8, opacity: 1, color: colors, line: { width: 1, color: theme.dark ? theme.background : theme.muted } };
      const trace = this.trace(part, pick(points[`${part}_x`], rowsOf(y, () => true)), marker, "%{customdata:.3f}");
      return { ...trace, customdata: y };
    });
  }

  /** Full strength where the plane is pale, and light in the middle on any theme. @param {number} value */
  pointColor(value) {
    return colorOf({ ...this.scale(), neutral: LIGHT, strength: 1 }, value);
  }

  /** @param {string} part @param {Points} points @param {object} marker @param {string} what */
  trace(part, points, marker, what) {
    const name = part === "test" ? "Test point" : "Training point";
    return {
      type: "scatter", mode: "markers", ...points, marker, name, meta: part,
      visible: part === "train" || this.showTest,
      hovertemplate: `${name}, ${what}<br>x1 %{x:.2f}, x2 %{y:.2f}<extra></extra>`,
    };
  }

  layout() {
    const { theme, view } = this;
    const axis = (/** @type {string} */ title, /** @type {[number, number]} */ range) => ({
      title: { text: title, standoff: 4 }, range: [...range], autorange: false, showgrid: false, zeroline: false,
      minallowed: -FARTHEST, maxallowed: FARTHEST, showline: true, mirror: true, linecolor: theme.border, ticks: "outside", tickcolor: theme.border, ticklen: 4,
      tickfont: { color: theme.muted, size: 11 }, nticks: 8,
    });
    return {
      autosize: true,
      margin: { l: 46, r: 10, t: 10, b: 40 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: css(theme.neutral),
      font: { family: theme.font, color: theme.text, size: 12 },
      showlegend: false,
      hovermode: "closest",
      hoverdistance: 8,
      hoverlabel: { bgcolor: theme.panel, bordercolor: theme.border, font: { color: theme.text, family: theme.font, size: 12 } },
      dragmode: matchMedia("(pointer: coarse)").matches ? false : "pan",
      modebar: { bgcolor: `rgba(${rgb(theme.background)},0.75)`, color: theme.muted, activecolor: theme.text },
      uirevision: "keep",
      xaxis: axis("x<sub>1</sub>", view.x1),
      yaxis: { ...axis("x<sub>2</sub>", view.x2), title: { text: "x<sub>2</sub>", standoff: 2 } },
      images: [{
        source: this.source, xref: "x", yref: "y", ...this.place, xanchor: "left", yanchor: "top",
        sizing: "stretch", layer: "below", opacity: this.faded ? 0.45 : 1,
      }],
      shapes: [{
        // "below" would lie under the image, "above" would cover the points
        type: "path", path: this.path, xref: "x", yref: "y", layer: "between",
        line: { color: theme.line, width: 2 }, fillcolor: "rgba(0,0,0,0)",
      }],
    };
  }

  config() {
    return {
      displaylogo: false, scrollZoom: true, doubleClick: false, responsive: false, showTips: false,
      modeBarButtons: [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "toImage"]],
    };
  }

  // ---------------------------------------------------------------- view

  /** @param {Record<string, any>} change */
  relaid(change) {
    if (!Object.keys(change).some((key) => key.startsWith("xaxis.range") || key.startsWith("yaxis.range"))) return;
    const { xaxis, yaxis } = /** @type {any} */ (this.node)._fullLayout;
    this.view = { x1: pair(xaxis.range), x2: pair(yaxis.range) };
    clearTimeout(this.viewTimer);
    this.viewTimer = setTimeout(() => this.onView(this.view), VIEW_WAIT);
  }

  reset() {
    this.Plotly.relayout(this.node, { "xaxis.range": [...this.home.x1], "yaxis.range": [...this.home.x2] });
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

  /** @param {import("./theme.js").Theme} theme */
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
    if (this.drawn) this.Plotly.Plots.resize(this.node);
  }

  destroy() {
    clearTimeout(this.viewTimer);
    clearTimeout(this.ringsTimer);
    if (this.drawn) this.Plotly.purge(this.node);
  }
}

/** @param {string[] | number[]} range @returns {[number, number]} */
const pair = ([a, b]) => [Math.min(Number(a), Number(b)), Math.max(Number(a), Number(b))];

/** @param {ArrayLike<number>} values @param {(value: number) => boolean} keep */
const rowsOf = (values, keep) => Array.from(values, (_, i) => i).filter((i) => keep(values[i]));

/** Range of the targets, symmetric about 0 where they have both signs. @param {ArrayLike<number>[]} parts */
function spread(parts) {
  const all = parts.flatMap((part) => Array.from(part));
  const lo = all.reduce((a, b) => Math.min(a, b), Infinity);
  const hi = all.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(hi > lo)) return [lo - 1 || -1, hi + 1 || 1];
  const reach = Math.max(-lo, hi);
  return lo < 0 && hi > 0 ? [-reach, reach] : [lo, hi];
}
