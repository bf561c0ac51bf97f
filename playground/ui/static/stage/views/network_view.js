// The network diagram between inputs and boundary: what every neuron computes, live; weights to see and to edit.
import { h } from "../../web/dom.js";
import { NetworkCard } from "./network_card.js";
import { linkContent, neuronContent } from "./network_content.js";
import { hiddenTexts, inputTexts, neuronButton, outputTexts, stepper } from "./network_labels.js";
import { layOut, linkAt } from "./network_layout.js";
import { biasSide, NetworkPainter } from "./network_paint.js";
import { NetworkWishes } from "./network_wishes.js";
import { FEATURES, MAX_HIDDEN_LAYERS, NEURONS_DRAWN } from "../../web/facts.js";
import { classColors, fadePalette, packed, valuePalette } from "../../web/palette.js";

const DWELL = 50; // ms the mouse rests on a neuron before its map is asked for
const OUTPUT_STEP = 4; // of the main map's cells, one in so many is drawn in the output's own map
const LINK_REACH = 6;
const TOUCH_REACH = 14;

/** @typedef {{layer: number, row: number, unit: number}} Place */

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
    /** @type {Place | null} */
    this.pointed = null;
    /** @type {Place | null} */
    this.pinned = null;
    /** @type {{layer: number, from: number, to: number} | null} */
    this.link = null;
    this.linkPinned = false;
    this.wishes = new NetworkWishes((wish) => context.trigger("network", { ...wish, at: Date.now() }));
    /** @type {import("./network_labels.js").Acts} */
    this.acts = {
      point: (place, atOnce) => this.point(place, atOnce),
      pin: (place) => this.pin(place),
      toggleFeature: (feature) => this.wishes.toggleFeature(feature),
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
      close: () => this.close(),
      say: (sentence) => this.context.say(sentence),
    });
    this.overlay = h("div", { class: "kp-network-overlay", onkeydown: (/** @type {KeyboardEvent} */ event) => this.walk(event) });
    this.node = h("div", { class: "kp-network", data: { testid: "network" } }, this.painter.linkCanvas, this.painter.canvas, this.overlay, this.card.node);
    const canvas = this.painter.canvas;
    canvas.addEventListener("pointermove", (event) => this.overLink(event));
    canvas.addEventListener("pointerleave", () => this.linkPinned || this.setLink(null));
    canvas.addEventListener("click", (event) => this.pickLink(/** @type {PointerEvent} */ (event)));
    this.layersText = h("span", { class: "kp-network-count" });
    this.fewer = stepper("−", "Remove the last hidden layer", () => this.wishes.changeLayers(-1));
    this.more = stepper("+", "Add a hidden layer", () => this.wishes.changeLayers(1));
    this.fewer.disabled = this.more.disabled = true; // until the network is known
    this.hint = h("span", { class: "kp-network-hint", title: "Point at a neuron: its map fills the main chart. Click a neuron, its corner (the bias) or a link to edit weights. Click an input to use it or not." }, "Point at a neuron to see its map; click it or a link to edit.");
    this.head = h("div", { class: "kp-network-head" }, this.fewer, this.layersText, this.more, this.hint);
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
    this.names = FEATURES.map(({ name }) => name);
    this.wishes.setNetwork({ hidden: this.hidden, features: this.features });
    this.chosen = this.features.map((/** @type {string} */ name) => this.names.indexOf(name));
    this.shown = [...this.hidden.map((/** @type {number} */ n) => range(Math.min(n, NEURONS_DRAWN))), range(experiment.units_out ?? 1)];
    this.layersText.textContent = this.hidden.length === 1 ? "1 hidden layer" : `${this.hidden.length || "no"} hidden layers`;
    this.fewer.disabled = this.hidden.length === 0;
    this.more.disabled = this.hidden.length >= MAX_HIDDEN_LAYERS;
    this.tint();
    this.layOut();
  }

  /** Another run: nothing of the one before is true. */
  forget() {
    this.close();
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
    if (header.focus && (!this.pinned || same(this.pinned, header.focus))) this.incoming = { ...header.focus, weights: arrays.incoming?.data };
    this.paint();
    this.fillCard();
  }

  /** Wide layers show other neurons now and then. @param {number[][]} units */
  follow(units) {
    const shown = [...units, this.shown[this.shown.length - 1]];
    if (JSON.stringify(shown) === JSON.stringify(this.shown)) return;
    this.shown = shown;
    this.repin();
    this.layOut();
  }

  /** A pinned neuron may have moved or be gone; a link is a matter of two. */
  repin() {
    const { pinned } = this;
    const row = pinned ? this.shown[pinned.layer - 1].indexOf(pinned.unit) : -1;
    if (this.link || (pinned && row < 0)) this.close();
    else if (pinned) this.pinned = { ...pinned, row };
  }

  tint() {
    const { experiment } = this;
    if (!experiment) return;
    this.colors = classColors(experiment.n_classes || 2);
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
    this.layout = layOut({ inputs, shown: this.shown, units: [...this.hidden, this.shown[this.shown.length - 1].length] }, width, height);
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
    if (layer === 0) return inputTexts(column);
    if (layer === this.shown.length) return outputTexts(column, width, this.experiment);
    return hiddenTexts(column, layer, width, this.experiment, this.acts);
  }

  // ---------------------------------------------------------------- painting

  paint() {
    const { layout, theme } = this;
    if (!layout || !this.colors) return;
    const pointed = this.pointed ?? this.pinned;
    this.painter.paint({
      layout, theme, colors: this.colors, links: this.links, biases: this.biases, inputs: this.inputs, neurons: this.neurons,
      outputs: this.outputs, outputPalettes: this.outputPalettes, chosen: this.chosen, link: this.link, node: pointed,
    });
  }

  // ---------------------------------------------------------------- pointing

  /** @param {Place | null} place @param {boolean} [atOnce] */
  point(place, atOnce = false) {
    if (!place && !this.pointed) return;
    this.pointed = place;
    if (place && !this.linkPinned) this.setLink(null);
    clearTimeout(this.dwell);
    this.dwell = setTimeout(() => this.focusOn(place ?? this.pinned), place && !atOnce ? DWELL : 0);
    this.paint();
    this.fillCard();
  }

  /** Its map in the main chart: at once from the small one, then from the server. @param {Place | null} place */
  focusOn(place) {
    if (same(place, this.focused)) return;
    this.focused = place;
    if (!this.pinned) this.incoming = undefined;
    this.context.focus(place && { layer: place.layer, unit: place.unit });
    const plane = place && this.smallPlane(place);
    if (plane) this.context.chart()?.showFocus(plane);
  }

  /** @param {Place} place @returns {import("../../web/plane.js").Plane | null} */
  smallPlane({ layer, row, unit }) {
    const header = this.frameHeader;
    const last = this.shown.length;
    if (!header || layer === last) return null;
    const maps = layer ? this.neurons : this.inputs;
    if (!maps) return null;
    const before = layer ? this.shown.slice(0, layer - 1).reduce((sum, column) => sum + column.length, 0) + row : unit;
    const size = maps.cells ** 2;
    const reach = layer ? header.network.columns[layer - 1].reach : 1;
    return {
      map: /** @type {Uint8Array} */ (maps.data).subarray(before * size, (before + 1) * size), classes: 1, n: maps.cells,
      x1: header.x1, x2: header.x2, lo: -reach, hi: reach,
    };
  }

  /** @param {Place} place */
  pin(place) {
    const again = same(place, this.pinned);
    this.close();
    if (again) return;
    this.pinned = place;
    this.focusOn(place);
    this.paint();
    this.fillCard();
  }

  close() {
    if (this.card.node.contains(document.activeElement) && this.pinned) {
      this.overlay.querySelector(`[data-neuron="${this.pinned.layer}-${this.pinned.unit}"]`)?.focus();
    }
    this.pinned = null;
    this.linkPinned = false;
    this.link = null;
    this.card.hide();
    this.focusOn(this.pointed);
    this.paint();
  }

  /** @param {PointerEvent | MouseEvent} event @param {number} reach */
  linkUnder(event, reach) {
    const box = this.painter.canvas.getBoundingClientRect();
    return this.layout && this.links ? linkAt(this.layout, event.clientX - box.left, event.clientY - box.top, reach) : null;
  }

  /** @param {PointerEvent} event */
  overLink(event) {
    if (this.linkPinned || this.pinned || event.pointerType === "touch") return;
    this.setLink(this.linkUnder(event, LINK_REACH));
  }

  /** @param {{layer: number, from: number, to: number} | null} link */
  setLink(link) {
    if (JSON.stringify(link) === JSON.stringify(this.link)) return;
    this.link = link;
    this.painter.canvas.style.cursor = link ? "pointer" : "";
    this.paint();
    this.fillCard();
  }

  /** @param {PointerEvent} event */
  pickLink(event) {
    const link = this.linkUnder(event, event.pointerType === "touch" ? TOUCH_REACH : LINK_REACH);
    const bias = this.biasUnder(event);
    this.close();
    if (bias) return this.pin(bias);
    if (!link) return;
    this.link = link;
    this.linkPinned = true;
    this.paint();
    this.fillCard();
  }

  /** The corner of a neuron sticks out of its button. @param {PointerEvent} event @returns {Place | null} */
  biasUnder(event) {
    const box = this.painter.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const nodes = this.layout?.columns.slice(1).flatMap((column) => column.nodes) ?? [];
    const node = nodes.find((each) => {
      const side = biasSide(each);
      const left = each.x - each.size / 2 - 2;
      const bottom = each.y + each.size / 2 + 2;
      return x >= left - 2 && x <= left + side && y <= bottom + 2 && y >= bottom - side;
    });
    return node ? { layer: node.layer, row: node.row, unit: node.unit } : null;
  }

  /** Arrow keys walk through the network. @param {KeyboardEvent} event */
  walk(event) {
    if (event.key === "Escape") return this.close();
    const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    const at = event.target instanceof HTMLElement ? event.target.dataset : {};
    if (!by || at.neuron === undefined || !this.buttons) return;
    event.preventDefault();
    const layer = Math.max(0, Math.min(this.buttons.length - 1, Number(at.layer) + by[0]));
    const column = this.buttons[layer];
    const share = by[0] ? Math.round((Number(at.row) * (column.length - 1)) / Math.max(1, this.buttons[Number(at.layer)].length - 1)) : Number(at.row) + by[1];
    const next = column[Math.max(0, Math.min(column.length - 1, share))];
    for (const button of this.buttons.flat()) button.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
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
    if (known && this.link && this.links) return linkContent(known, this.link, this.linkPinned);
    const place = this.pinned ?? this.pointed;
    if (!known || !place || !place.layer) return null;
    return neuronContent(known, place, same(this.pinned, place));
  }

  get editable() {
    return this.frameHeader?.epoch === this.frameHeader?.last_epoch;
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
    this.pointed = null;
    this.close();
    this.incoming = undefined;
  }

  destroy() {
    this.painter.destroy();
    clearTimeout(this.dwell);
    this.wishes.destroy();
  }
}

/** @param {number} n */
const range = (n) => Array.from({ length: n }, (_, i) => i);

/** @param {Place | null | undefined} a @param {Place | null | undefined} b */
const same = (a, b) => a === b || Boolean(a && b && a.layer === b.layer && a.unit === b.unit);

/** The network's answer in fewer cells, a map a class. @param {{data: any, shape: number[]}} map (K, n, n) */
function outputMaps({ data, shape }) {
  const [classes, n] = shape;
  const cells = Math.floor(n / OUTPUT_STEP);
  const maps = new Uint8Array(classes * cells * cells);
  let to = 0;
  for (let k = 0; k < classes; k += 1) {
    for (let i = 0; i < cells; i += 1) {
      const from = k * n * n + (i * OUTPUT_STEP + 2) * n + 2;
      for (let j = 0; j < cells; j += 1) maps[to++] = data[from + j * OUTPUT_STEP];
    }
  }
  return { data: maps, cells };
}
