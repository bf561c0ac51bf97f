// Weights, gradients and updates of each layer over the epochs: why a network learns, or does not.
import { h } from "../../web/dom.js";
import { formatEpoch } from "../../web/format.js";
import { Choice } from "../../web/controls.js";
import { CONFIG, themed } from "../../web/figure_theme.js";

/** @typedef {import("../../web/decode.js").Message} Message */

const OPTIONS = /** @type {[string, string][]} */ ([
  ["gradients", "Size of the gradient"], ["weights", "Size of the weights"], ["updates", "Movement of the weights"],
  ["dead", "Dead units"], ["saturated", "Saturated units"], ["histograms", "Histograms of the weights"], ["rate", "Learning rate"],
]);
const SHARES = ["dead", "saturated"];

export const TAB = { order: 5, title: "Signals", hint: "Weights, gradients and updates of each layer over the epochs" };

export default class SignalsView {
  /** @param {import("../view_host.js").ViewContext} context */
  constructor(context) {
    this.context = context;
    this.theme = context.theme;
    this.option = "gradients";
    this.first = { chart: this.option };
    this.options = new Choice("Signal", (chart) => this.choose({ chart }));
    this.options.show(OPTIONS, this.option);
    this.head = h("div", { class: "kp-view-switches" }, this.options.node);
    this.line = h("p", { class: "kp-view-line", data: { testid: "signals-line" } });
    this.figure = h("div", { class: "kp-figure", data: { testid: "signals-figure" } });
    this.node = h("div", { class: "kp-view-column", data: { testid: "signals", option: this.option } }, this.line,
      h("div", { class: "kp-errors" }, this.figure));
  }

  /** Also for a finding of the diagnosis that points here. @param {{chart: string}} options */
  choose({ chart: option }) {
    this.option = option;
    this.message = undefined;
    this.options.show(OPTIONS, option);
    this.node.dataset.option = option;
    this.context.want({ chart: option });
    this.redraw();
  }

  /** @param {Message} hello */
  setRun(hello) {
    if (hello.header.run !== this.run) this.message = undefined;
    this.run = hello.header.run;
    this.redraw();
  }

  /** @param {Message} message */
  show(message) {
    if (message.header.view.chart !== this.option) return;
    this.message = message;
    this.redraw();
  }

  redraw() {
    const { message } = this;
    this.figure.style.visibility = message ? "visible" : "hidden";
    this.line.textContent = message ? sentence(message.header) + filling(message.header) : "Computing the signals…";
    const Plotly = this.context.plotly();
    const { clientWidth: width, clientHeight: height } = this.figure;
    if (!message || !Plotly || !width || !height) return;
    const figure = JSON.parse(new TextDecoder().decode(/** @type {Uint8Array} */ (message.arrays.figure.data)));
    const { data, layout } = themed(figure, this.theme, { width, height });
    Plotly.react(this.figure, data, layout, CONFIG);
    this.drawn = true;
  }

  /** @param {import("../../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.redraw();
  }

  resize() {
    this.redraw();
  }

  destroy() {
    if (this.drawn) this.context.plotly()?.purge(this.figure);
  }
}

/** The values at the epoch shown, layer by layer. @param {Record<string, any>} header */
function sentence({ view: { chart: option }, epoch, layers, now }) {
  const at = `Epoch ${formatEpoch(epoch)}`;
  if (option === "histograms") return at;
  if (option === "rate") return `${at}: ${number(now[0])}`;
  const known = layers.map((/** @type {string} */ name, /** @type {number} */ i) => [name, now[i]]).filter((/** @type {any[]} */ each) => each[1] !== null);
  if (!known.length) return option === "updates" ? `${at}: nothing has moved yet` : `${at}: no layer has units that could be ${option}`;
  const text = SHARES.includes(option) ? (/** @type {number} */ value) => `${Math.round(100 * value)}\u202f%` : number;
  return `${at}: ${known.map((/** @type {any[]} */ [name, value]) => `${name} ${text(value)}`).join(" · ")}`;
}

/** That more is to come. @param {Record<string, any>} header */
const filling = ({ incomplete }) => (incomplete ? " · filling in the epochs before…" : "");

/** @param {number} value */
function number(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 10000)) return value.toExponential(1).replace("-", "\u2212");
  return String(Number(value.toPrecision(3)));
}
