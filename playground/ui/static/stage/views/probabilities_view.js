// How sure the network is of each class: a map a class, the class that wins, and the boundary as points.
import { h } from "../../web/dom.js";
import { formatCoordinate, formatEpoch } from "../../web/format.js";
import { className, isNamed } from "../../web/given_names.js";
import { fadePalette, gradient, regionPalette, valuePalette, winnersOf } from "../../web/palette.js";
import { css } from "../../web/theme.js";
import { csvOf, download, drawDots } from "./boundary_points.js";
import { checkbox, Segments } from "../../web/controls.js";
import { MapPicture } from "../../web/map_picture.js";
import { PlaneGrid } from "./plane_grid.js";

/** @typedef {import("../../web/decode.js").Message} Message */
/** @typedef {import("../../web/palette.js").Scale} Scale */
/**
 * What one panel shows.
 * @typedef {object} Content
 * @property {string} title
 * @property {string} [short]            where there is little room
 * @property {Uint8Array} bytes
 * @property {number} n
 * @property {Uint8Array} palette
 * @property {Message} from          where the range and the lines are taken from
 * @property {{lo: string, hi: string, gradient: string} | null} scale
 * @property {boolean} [dots]
 */

const MODES = /** @type {[string, string, string][]} */ ([
  ["probabilities", "Probabilities", "What the output layer says of each class"],
  ["logits", "Logits", "What goes into the output's activation: it does not saturate"],
]);

export const TAB = { order: 3, title: "Probabilities", hint: "How sure the network is of each class, and the boundary as points" };

export default class ProbabilitiesView {
  /** @param {import("../view_host.js").ViewContext} context */
  constructor(context) {
    this.context = context;
    this.theme = context.theme;
    this.mode = "probabilities";
    this.ties = false;
    this.first = this.options;
    this.modes = new Segments("Show", (mode) => this.choose({ mode }));
    this.check = checkbox("Boundary points", (ties) => this.choose({ ties }));
    this.check.title = "Points where the two best classes tie, found to 0.001 in logit difference";
    this.head = h("div", { class: "kp-view-switches" }, this.modes.node, this.check);
    this.grid = new PlaneGrid();
    this.note = h("span", { class: "kp-view-note" });
    this.count = h("span", { class: "kp-count", data: { testid: "boundary-points" } });
    this.button = h("button", { type: "button", class: "kp-button kp-small-button", onclick: () => this.save() }, "Download CSV");
    this.foot = h("div", { class: "kp-view-line" }, this.count, this.button, this.note);
    this.node = h("div", { class: "kp-view-column", data: { testid: "probabilities" } }, this.grid.node, this.foot);
    /** @type {MapPicture[]} */
    this.pictures = [];
    this.palettes = { key: "", all: /** @type {Record<string, Uint8Array>} */ ({}) };
    this.showSwitches();
  }

  get options() {
    return { logits: this.mode === "logits", ties: this.ties };
  }

  get experiment() {
    return this.hello?.header.experiment;
  }

  get regression() {
    return this.experiment?.task === "regression";
  }

  /** @param {{mode?: string, ties?: boolean}} change */
  choose(change) {
    Object.assign(this, change);
    this.showSwitches();
    this.context.want(this.options);
    this.redraw();
  }

  showSwitches() {
    this.modes.show(MODES, this.mode);
    this.head.hidden = this.regression;
    const counted = this.ties && !this.regression && this.message?.arrays.points;
    this.count.hidden = this.button.hidden = !counted;
    if (counted && this.message) this.count.textContent = `${formatEpoch(this.message.header.ties)} boundary point${this.message.header.ties === 1 ? "" : "s"}`;
    const note = this.message?.header.note ?? "";
    if (this.note.textContent !== note) this.note.textContent = note;
    const empty = !note && !counted;
    if (this.foot.hidden === empty) return;
    this.foot.hidden = empty;
    this.grid.resize();
  }

  save() {
    if (this.message) download(`boundary_points_epoch_${this.message.header.epoch}.csv`, csvOf(this.message));
  }

  // ---------------------------------------------------------------- news

  /** @param {Message} hello */
  setRun(hello) {
    if (hello.header.run !== this.hello?.header.run) this.message = this.lastFrame = undefined;
    this.hello = hello;
    this.grid.nameAxes(this.experiment);
    this.showSwitches();
  }

  /** @param {Message} frame */
  frame(frame) {
    this.lastFrame = frame;
    this.redraw();
  }

  /** @param {Message} message */
  show(message) {
    const { logits, ties } = message.header.view;
    if (logits !== this.options.logits || ties !== this.ties) return;
    this.message = message;
    this.showSwitches();
    if (this.mode === "logits" || this.ties) this.redraw();
  }

  // ---------------------------------------------------------------- drawing

  redraw() {
    const scale = this.context.chart()?.scale();
    if (!this.lastFrame || !this.hello || !scale) return;
    const contents = this.contents(this.lastFrame, { ...scale, strength: 0.92 });
    this.grid.setCount(contents.length);
    contents.forEach((content, i) => this.drawPanel(i, content));
  }

  /** @param {Message} frame @param {Scale} scale @returns {Content[]} */
  contents(frame, scale) {
    if (this.regression) return [this.output(frame, scale)];
    const logits = this.mode === "logits" && this.message?.arrays.logits ? this.message : null;
    const panels = logits ? this.logitPanels(logits, scale) : this.probabilityPanels(frame, scale);
    return [...panels, this.winner(frame, scale)];
  }

  /** @param {Message} frame @param {Scale} scale @returns {Content} */
  output(frame, scale) {
    const { lo, hi } = frame.header;
    const target = /** @type {[number, number]} */ (scale.target);
    const own = { ...scale, lo, hi, target };
    return {
      title: "Output", bytes: bytesOf(frame, "map", 0), n: frame.arrays.map.shape[1], from: frame,
      palette: this.palette(own, "output", () => valuePalette(own)),
      scale: { lo: formatCoordinate(target[0]), hi: formatCoordinate(target[1]), gradient: gradient(own) },
    };
  }

  /** @param {Message} frame @param {Scale} scale @returns {Content[]} */
  probabilityPanels(frame, scale) {
    const [units, n] = frame.arrays.map.shape;
    const classes = Math.max(2, units);
    return Array.from({ length: classes }, (_, k) => {
      const complement = units === 1 && k === 0;
      const fade = this.palette(scale, `fade${k}${complement}`, () => {
        const palette = fadePalette(scale, k);
        return complement ? reversed(palette) : palette;
      });
      const bar = { lo: "0", hi: "1", gradient: gradientOf(complement ? reversed(fade) : fade) };
      return { title: `P(${className(this.experiment, k)})`, short: isNamed(this.experiment) ? className(this.experiment, k) : `P(${k})`, bytes: bytesOf(frame, "map", units === 1 ? 0 : k), n, palette: fade, from: frame, scale: bar };
    });
  }

  /** @param {Message} message @param {Scale} scale @returns {Content[]} */
  logitPanels(message, scale) {
    const [units, n] = message.arrays.logits.shape;
    const { lo, hi } = message.header;
    const ends = { lo: formatLogit(lo), hi: formatLogit(hi) };
    return Array.from({ length: units }, (_, k) => {
      const palette = units === 1
        ? this.palette(scale, "logit", () => valuePalette({ ...scale, lo: -1, hi: 1, target: [-1, 1] }))
        : this.palette(scale, `fade${k}false`, () => fadePalette(scale, k));
      return {
        title: units === 1 ? `Logit of ${className(this.experiment, 1)}` : `Logit ${isNamed(this.experiment) ? className(this.experiment, k) : k}`, bytes: bytesOf(message, "logits", k), n, palette, from: message,
        scale: { ...ends, gradient: gradientOf(palette) },
      };
    });
  }

  /** @param {Message} frame @param {Scale} scale @returns {Content} */
  winner(frame, scale) {
    const [units, n] = frame.arrays.map.shape;
    return {
      title: "Winning class", short: "Winner", bytes: winnersOf(/** @type {Uint8Array} */ (frame.arrays.map.data), units, n * n), n, from: frame,
      palette: this.palette(scale, "regions", () => regionPalette(scale, Math.max(2, units))),
      scale: null, dots: true,
    };
  }

  /** @param {number} index @param {Content} content */
  drawPanel(index, content) {
    const panel = this.grid.panels[index];
    const picture = (this.pictures[index] ??= new MapPicture());
    const points = content.dots && this.ties ? this.message?.arrays.points : undefined;
    const { x1, x2 } = content.from.header;
    picture.paint(content.bytes, content.n, content.palette);
    panel.name(content.title, content.short);
    panel.setScale(content.scale);
    panel.draw({
      plane: { x1, x2, n: content.n }, map: picture.canvas,
      lines: points ? undefined : /** @type {Float32Array} */ (content.from.arrays.lines?.data),
      over: points && ((context, place) => drawDots(context, place, /** @type {Float64Array} */ (points.data), this.theme.line)),
    }, this.theme);
  }

  /** A palette is made once for each look. @param {Scale} scale @param {string} name @param {() => Uint8Array} make */
  palette(scale, name, make) {
    const key = `${scale.neutral}|${scale.colors.join()}|${scale.target}|${scale.lo}|${scale.hi}`;
    if (key !== this.palettes.key) this.palettes = { key, all: {} };
    return (this.palettes.all[name] ??= make());
  }

  /** @param {import("../../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.redraw();
  }

  resize() {
    this.grid.resize();
    this.redraw();
  }

  destroy() {}
}

/** The map of one unit. @param {Message} message @param {string} name @param {number} unit */
function bytesOf(message, name, unit) {
  const { data, shape } = message.arrays[name];
  const cells = shape[1] * shape[2];
  return /** @type {Uint8Array} */ (data).subarray(unit * cells, (unit + 1) * cells);
}

/** @param {Uint8Array} palette 256 × RGB */
function reversed(palette) {
  return Uint8Array.from({ length: 768 }, (_, i) => palette[3 * (255 - Math.floor(i / 3)) + (i % 3)]);
}

/** @param {Uint8Array} palette 256 × RGB */
function gradientOf(palette) {
  const stops = [0, 64, 128, 191, 255].map((i) => css([...palette.subarray(3 * i, 3 * i + 3)]));
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/** @param {number} value */
const formatLogit = (value) => value.toFixed(Math.abs(value) >= 10 ? 0 : 1).replace("-", "\u2212");
