// The network diagram between inputs and boundary: what every neuron computes, live; weights to see and to edit.
import { h } from "../../web/dom.js";
import { NetworkCard } from "./network_card.js";
import { linkContent, neuronContent } from "./network_content.js";
import { guide } from "../../web/guide.js";
import { hiddenTexts, inputTexts, neuronButton, outputLetters, outputTexts, stepper } from "./network_labels.js";
import { networkLegend } from "./network_legend.js";
import { layOut, linkAt } from "./network_layout.js";
import { outputMaps, smallPlane } from "./network_maps.js";
import { biasAt, NetworkPainter } from "./network_paint.js";
import { NetworkPointing, same } from "./network_pointing.js";
import { walk } from "./network_walk.js";
import { NetworkWishes } from "./network_wishes.js";
import { MAX_HIDDEN_LAYERS, NEURONS_DRAWN } from "../../web/facts.js";
import { inputNames, inputText } from "../../web/given_names.js";
import { classColors, fadePalette, packed, valuePalette } from "../../web/palette.js";

/** @typedef {import("./network_pointing.js").Place} Place */

export const TAB = { order: 1, title: "Network", hint: "What every neuron computes, and the weights between them" };

export default class NetworkView {
  /** @type {NetworkCard} */
  card;
  /** @type {string[]} */
  names;
  /** @type {number[]} */
  chosen = [];
  /** @type {number[]} */
  hidden = [];
  /** @type {string[]} */
  features;
  /** @type {number[][]} */
  colors;
  /** @type {string | undefined} */
  outputKey;
  /** @type {string | undefined} */
  runKey;

  /** @param {import("../view_host.js").ViewContext} context */
  constructor(context) {
    this.context = context;
    this.theme = context.theme;
    this.painter = new NetworkPainter();
    this.page = 0;
    /** @type {number[][]} units drawn of each hidden layer and the output */
    this.shown = [];
    this.pointing = new NetworkPointing(this.painter.canvas, {
      linkAt: (x, y, reach) => (this.layout && this.links ? linkAt(this.layout, x, y, reach) : null),
      biasAt: (x, y) => (this.layout ? biasAt(this.layout, x, y) : null),
      changed: () => {
        this.paint();
        this.fillCard();
      },
      focus: (place) => this.focusOn(place),
      closed: (pinned) => this.closeCard(pinned),
    });
    this.wishes = new NetworkWishes((wish) => context.change({ ...wish, at: Date.now() }));
    /** @type {import("./network_labels.js").Acts} */
    this.acts = {
      point: (place, atOnce) => this.pointing.point(place, atOnce),
      pin: (place) => this.pointing.pin(place),
      toggleFeature: (feature) => this.experiment?.uses_features !== false && (guide.locked.has("features") ? context.say("This link locks the features.") : this.wishes.toggleFeature(feature)),
      changeUnits: (layer, by) => this.wishes.changeUnits(layer, by),
      nextPage: () => {
        this.page += 1;
        context.want({ page: this.page });
      },
    };
    this.build();
  }

  build() {
    this.card = new NetworkCard({
      edit: (source, value) => this.edit(source, value),
      close: () => this.pointing.close(),
      say: (sentence) => this.context.say(sentence),
    });
    this.overlay = h("div", { class: "kp-network-overlay", onkeydown: (/** @type {KeyboardEvent} */ event) => this.walk(event) });
    this.node = h("div", { class: "kp-network", data: { testid: "network" } }, this.painter.linkCanvas, this.painter.canvas, this.overlay, this.card.node);
    this.layersText = h("span", { class: "kp-network-count" });
    this.fewer = stepper("minus", "Remove the last hidden layer", () => this.wishes.changeLayers(-1));
    this.more = stepper("plus", "Add a hidden layer", () => this.wishes.changeLayers(1));
    this.fewer.disabled = this.more.disabled = true; // until the network is known
    this.hint = h("span", { class: "kp-network-hint", title: "Point at a neuron: its map fills the main chart. Click a neuron, its corner (the bias) or a link to edit weights. Click an input to use it or not." }, "Point at a neuron to see its map; click it or a link to edit.");
    this.legend = h("div", { class: "kp-legend kp-network-legend", data: { testid: "network-legend" } });
    this.head = h("div", { class: "kp-network-head" }, this.fewer, this.layersText, this.more, this.hint, this.legend);
  }

  // ---------------------------------------------------------------- what it shows

  /** @param {import("../../web/decode.js").Message} hello */
  setRun({ header }) {
    const { experiment } = header;
    const key = JSON.stringify([header.run]);
    if (key !== this.runKey) this.forget();
    this.runKey = key;
    this.experiment = experiment;
    this.hidden = experiment.hidden ?? [];
    this.features = experiment.features ?? ["x1", "x2"];
    this.names = inputNames(experiment);
    this.wishes.setNetwork({ hidden: this.hidden, features: this.features });
    this.chosen = this.features.map((/** @type {string} */ name) => this.names.indexOf(name));
    this.shown = [...this.hidden.map((/** @type {number} */ n) => range(Math.min(n, NEURONS_DRAWN))), range(experiment.units_out ?? 1)];
    this.layersText.textContent = this.hidden.length === 1 ? "1 hidden layer" : `${this.hidden.length || "no"} hidden layers`;
    const locked = guide.locked.has("hidden");
    this.fewer.disabled = locked || this.hidden.length === 0;
    this.more.disabled = locked || this.hidden.length >= MAX_HIDDEN_LAYERS;
    this.tint();
    this.layOut();
  }

  /** Another run: nothing of the one before is true. */
  forget() {
    this.pointing.close();
    this.links = this.biases = this.neurons = this.outputs = undefined;
    this.frameHeader = undefined;
  }

  /** @param {import("../../web/decode.js").Message & {inputs?: any}} frame */
  frame(frame) {
    const { header, arrays } = frame;
    if (!header.network || !this.experiment) return;
    this.frameHeader = header;
    this.links = /** @type {Float32Array} */ (arrays.links.data);
    this.biases = /** @type {Float32Array} */ (arrays.biases.data);
    this.neurons = arrays.neurons && { data: /** @type {Uint8Array} */ (arrays.neurons.data), cells: arrays.neurons.shape[1] };
    if (frame.inputs) this.inputs = { data: frame.inputs.data, cells: frame.inputs.shape[1] };
    this.outputs = outputMaps(arrays.map);
    this.scaleOutput(header);
    this.follow(header.network.columns.map((/** @type {any} */ column) => column.units));
    // While a neuron is pinned its card keeps its weights, wherever the mouse goes.
    if (header.focus && (!this.pointing.pinned || same(this.pointing.pinned, header.focus))) this.incoming = { ...header.focus, weights: arrays.incoming?.data };
    this.paint();
    this.fillCard();
  }

  /** Wide layers show other neurons now and then. @param {number[][]} units */
  follow(units) {
    const shown = [...units, this.shown[this.shown.length - 1]];
    if (JSON.stringify(shown) === JSON.stringify(this.shown)) return;
    this.shown = shown;
    this.pointing.follow(shown);
    this.layOut();
  }

  tint() {
    const { experiment } = this;
    if (!experiment) return;
    this.colors = classColors(experiment.n_classes || 2);
    this.legend.replaceChildren(...networkLegend(this.colors, this.theme));
    this.outputKey = "";
  }

  /** @param {Record<string, any>} header */
  scaleOutput({ lo, hi }) {
    const key = `${lo}|${hi}`;
    if (key === this.outputKey) return;
    this.outputKey = key;
    const { theme, colors, experiment } = this;
    const units = experiment.units_out ?? 1;
    const chart = this.context.chart();
    const plain = { task: "", lo, hi, target: /** @type {[number, number]} */ ([lo, hi]), colors, neutral: theme.neutral, strength: theme.strength };
    const scale = chart?.drawn ? { ...chart.scale(), lo, hi } : plain;
    this.outputPalettes = range(units).map((k) => packed(units > 1 ? fadePalette(scale, k) : valuePalette(scale)));
  }

  // ---------------------------------------------------------------- layout

  layOut() {
    const width = this.node.clientWidth;
    const height = this.node.clientHeight;
    if (!width || !height || !this.experiment) return;
    const inputs = this.names.map((/** @type {string} */ name) => this.features.includes(name));
    this.layout = layOut({ inputs, shown: this.shown, units: [...this.hidden, this.shown[this.shown.length - 1].length] }, width, height, this.theme.scale, Math.max(0, ...this.names.map((name) => inputText(name).length)), outputLetters(this.experiment));
    this.painter.resize(width, height);
    this.label();
    this.paint();
    this.fillCard();
  }

  /** Buttons over the neurons, and what stands above and below each layer. */
  label() {
    const { columns } = /** @type {import("./network_layout.js").Layout} */ (this.layout);
    const kept = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.neuron : undefined;
    this.buttons = columns.map((column) => column.nodes.map((node) => neuronButton(node, this.experiment, this.acts)));
    const texts = columns.flatMap((column, layer) => this.columnTexts(column, layer));
    this.overlay.replaceChildren(...this.buttons.flat(), ...texts);
    this.buttons[0][0].tabIndex = 0;
    if (kept) this.overlay.querySelector(`[data-neuron="${kept}"]`)?.focus();
  }

  /** @param {import("./network_layout.js").Column} column @param {number} layer */
  columnTexts(column, layer) {
    const { width } = /** @type {import("./network_layout.js").Layout} */ (this.layout);
    if (layer === 0) return inputTexts(column, this.names);
    if (layer === this.shown.length) return outputTexts(column, width, this.experiment);
    return hiddenTexts(column, layer, width, this.experiment, this.acts);
  }

  // ---------------------------------------------------------------- painting

  paint() {
    const { layout, theme, pointing } = this;
    if (!layout || !this.colors) return;
    this.painter.paint({
      layout, theme, colors: this.colors, links: this.links, biases: this.biases, inputs: this.inputs, neurons: this.neurons,
      outputs: this.outputs, outputPalettes: this.outputPalettes, chosen: this.chosen, link: pointing.link, node: pointing.pointed ?? pointing.pinned,
    });
  }

  // ---------------------------------------------------------------- pointing

  /** Its map in the main chart: at once from the small one, then from the server. @param {Place | null} place */
  focusOn(place) {
    if (!this.pointing.pinned) this.incoming = undefined;
    this.context.focus(place && { layer: place.layer, unit: place.unit });
    const plane = place && this.frameHeader && smallPlane(place, this.shown, this.frameHeader, this);
    if (plane) this.context.chart()?.showFocus(plane);
  }

  /** Nothing is pinned any more; the keyboard goes on from the neuron that was. @param {Place | null} pinned */
  closeCard(pinned) {
    if (this.card.node.contains(document.activeElement) && pinned) {
      this.overlay.querySelector(`[data-neuron="${pinned.layer}-${pinned.unit}"]`)?.focus();
    }
    this.card.hide();
    this.paint();
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    if (event.key === "Escape") this.pointing.leave();
    else if (this.buttons) walk(this.buttons, event);
  }

  // ---------------------------------------------------------------- the card

  fillCard() {
    const content = this.content();
    if (!content || !this.layout) return this.card.hide();
    this.card.show(content);
    this.target = content.target;
    const { columns, width, height } = this.layout;
    const column = columns[content.at.layer];
    const node = column?.nodes[content.at.row];
    if (node) this.card.put(node.x, node.y, node.size, /** @type {DOMRect} */ ({ width, height }));
  }

  content() {
    const { known } = this;
    const { link, linkPinned, pinned, pointed } = this.pointing;
    if (known && link && this.links) return linkContent(known, link, linkPinned);
    const place = pinned ?? pointed;
    if (!known || !place || !place.layer) return null;
    return neuronContent(known, place, same(pinned, place));
  }

  get editable() {
    return guide.allows("weights") && this.frameHeader?.epoch === this.frameHeader?.last_epoch;
  }

  /** @returns {import("./network_content.js").Known | null} */
  get known() {
    const { layout, shown, hidden, chosen, experiment, links, biases, incoming, editable } = this;
    return layout ? { layout, shown, hidden, chosen, experiment, links, biases, incoming, editable } : null;
  }

  /** @param {number | null} source @param {number} value */
  edit(source, value) {
    if (this.target) this.context.send({ type: "edit", ...this.target, source, value });
  }

  // ---------------------------------------------------------------- looks

  /** @param {import("../../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.tint();
    if (this.frameHeader) this.scaleOutput(this.frameHeader);
    this.paint();
  }

  resize() {
    this.layOut();
  }

  /** Another view is looked at: nothing is pinned or pointed at when this one comes back. */
  hide() {
    this.pointing.leave();
    this.incoming = undefined;
  }

  destroy() {
    this.painter.destroy();
    this.pointing.destroy();
    this.wishes.destroy();
  }
}

/** @param {number} n */
const range = (n) => Array.from({ length: n }, (_, i) => i);
