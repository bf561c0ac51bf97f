// The network of a replay: a map for each neuron and the weights between them; what is pointed at is said in words.
import { h } from "../web/dom.js";
import { NEURONS_DRAWN } from "../web/facts.js";
import { inputNames, inputText } from "../web/given_names.js";
import { classColors, fadePalette, packed, valuePalette } from "../web/palette.js";
import { neuronName } from "../stage/names.js";
import { linkContent, neuronContent } from "../stage/views/network_content.js";
import { inputTexts, layerName, outputTexts } from "../stage/views/network_labels.js";
import { layOut, linkAt } from "../stage/views/network_layout.js";
import { outputMaps, smallPlane } from "../stage/views/network_maps.js";
import { NetworkPainter } from "../stage/views/network_paint.js";
import { walk } from "../stage/views/network_walk.js";

const REACH = 6; // px from a link that is meant

/** @typedef {import("../web/decode.js").Message} Message */
/** @typedef {{layer: number, row: number, unit: number}} Place */
/** @typedef {{layer: number, from: number, to: number}} Link */

export class NetworkChart {
  /** @type {Place | null} */
  place = null;
  /** @type {Link | null} */
  link = null;
  /** @type {Message | null} */
  frame = null;
  palettesOf = "";
  /** @type {Uint32Array[]} */
  made = [];

  /**
   * @param {Record<string, any>} experiment @param {() => import("../web/palette.js").Scale} scale of the plane
   * @param {import("../web/theme.js").Theme} theme @param {(plane: import("../web/plane.js").Plane | null) => void} focus a neuron's map
   */
  constructor(experiment, scale, theme, focus) {
    this.experiment = experiment;
    this.scale = scale;
    this.theme = theme;
    this.focus = focus;
    this.names = inputNames(experiment);
    this.chosen = experiment.features.map((/** @type {string} */ name) => this.names.indexOf(name));
    this.shown = [...experiment.hidden.map((/** @type {number} */ units) => range(Math.min(units, NEURONS_DRAWN))), range(experiment.units_out)];
    this.painter = new NetworkPainter();
    this.overlay = h("div", { class: "kp-network-overlay", onkeydown: (/** @type {KeyboardEvent} */ event) => this.walk(event) });
    this.tip = h("div", { class: "kp-tip", hidden: true });
    this.node = h("div", {
      class: "kp-network", data: { testid: "network" },
      onpointermove: (/** @type {PointerEvent} */ event) => this.over(event), onpointerleave: () => this.point(null),
    }, this.painter.linkCanvas, this.painter.canvas, this.overlay, this.tip);
  }

  /** @param {Message} frame */
  show(frame) {
    this.frame = frame;
    const units = frame.header.network.columns.map((/** @type {any} */ column) => column.units);
    const shown = [...units, this.shown[this.shown.length - 1]];
    if (JSON.stringify(shown) !== JSON.stringify(this.shown)) {
      this.shown = shown;
      this.layOut();
    }
    this.paint();
    this.say();
  }

  layOut() {
    const { clientWidth: width, clientHeight: height } = this.node;
    if (!width || !height) return;
    const { experiment, names, shown } = this;
    const inputs = names.map((/** @type {string} */ name) => experiment.features.includes(name));
    const units = [...experiment.hidden, experiment.units_out];
    this.layout = layOut({ inputs, shown, units }, width, height, 1, Math.max(...names.map((name) => inputText(name).length)));
    this.painter.resize(width, height);
    this.label();
    this.paint();
  }

  label() {
    const { columns, width } = /** @type {import("../stage/views/network_layout.js").Layout} */ (this.layout);
    this.buttons = columns.map((column) => column.nodes.map((node) => this.button(node)));
    const texts = columns.flatMap((column, layer) => this.texts(column, layer, width));
    this.overlay.replaceChildren(...this.buttons.flat(), ...texts);
    this.buttons[0][0].tabIndex = 0;
  }

  /** @param {import("../stage/views/network_layout.js").Column} column @param {number} layer @param {number} width */
  texts(column, layer, width) {
    if (!layer) return inputTexts(column, this.names);
    if (layer === this.shown.length) return outputTexts(column, width, this.experiment);
    const name = [layerName(column, this.experiment.activations[layer - 1], width)];
    if (column.more > 0) name.push(h("span", { class: "kp-more", style: `left:${column.x}px;top:${column.moreY}px` }, `${column.more} more`));
    return name;
  }

  /** @param {import("../stage/views/network_layout.js").Node} node */
  button({ layer, unit, row, x, y, size }) {
    const place = { layer, row, unit };
    return h("button", {
      type: "button", class: "kp-neuron", tabindex: -1, "aria-label": `${neuronName(place, this.experiment)}: its map`, data: { neuron: `${layer}-${unit}`, layer, unit, row },
      style: `left:${x - size / 2}px;top:${y - size / 2}px;width:${size}px;height:${size}px`,
      onpointerenter: () => this.point(place), onfocus: () => this.point(place), onblur: () => this.point(null), onclick: () => this.point(place),
    });
  }

  paint() {
    const { layout, frame, theme, experiment } = this;
    if (!layout || !frame) return;
    const { arrays } = frame;
    const maps = (/** @type {Message["arrays"][string] | undefined} */ array) => array && { data: /** @type {Uint8Array} */ (array.data), cells: array.shape[1] };
    this.inputs = maps(arrays.inputs);
    this.neurons = maps(arrays.neurons);
    this.links = /** @type {Float32Array} */ (arrays.links.data);
    this.biases = /** @type {Float32Array} */ (arrays.biases.data);
    this.painter.paint({
      layout, theme, colors: classColors(experiment.n_classes || 2), links: this.links, biases: this.biases, inputs: this.inputs, neurons: this.neurons,
      outputs: outputMaps(arrays.map), outputPalettes: this.palettes(frame.header), chosen: this.chosen, link: this.link, node: this.place,
    });
  }

  /** Made anew only where the scale is another: the painter looks whether they are the same. @param {Record<string, any>} header */
  palettes({ lo, hi }) {
    const key = `${lo}|${hi}|${this.theme.dark}`;
    if (key !== this.palettesOf) {
      this.palettesOf = key;
      const scale = { ...this.scale(), lo, hi };
      const units = this.experiment.units_out;
      this.made = range(units).map((k) => packed(units > 1 ? fadePalette(scale, k) : valuePalette(scale)));
    }
    return this.made;
  }

  // ---------------------------------------------------------------- pointing

  /** @param {PointerEvent} event */
  over(event) {
    if (event.target instanceof HTMLElement && event.target.closest("button")) return;
    const box = this.node.getBoundingClientRect();
    const link = this.layout ? linkAt(this.layout, event.clientX - box.left, event.clientY - box.top, REACH) : null;
    this.point(null, link);
  }

  /** @param {Place | null} place @param {Link | null} [link] */
  point(place, link = null) {
    if (JSON.stringify([place, link]) === JSON.stringify([this.place, this.link])) return;
    [this.place, this.link] = [place, link];
    this.paint();
    this.say();
  }

  /** The map of the neuron pointed at, and its weights or that of a link in words. */
  say() {
    const { place, link, frame, layout } = this;
    this.focus(place && frame ? smallPlane(place, this.shown, frame.header, this) : null);
    const content = this.content();
    this.tip.hidden = !content;
    if (!content || !layout) return;
    this.tip.replaceChildren(h("div", { class: "kp-tip-where" }, content.title), ...content.rows.map(({ label, value }) => h("div", {}, `${label} ${written(value)}`)));
    const node = layout.columns[place?.layer ?? /** @type {any} */ (link).layer].nodes[place?.row ?? /** @type {any} */ (link).to];
    const right = node.x > layout.width / 2;
    const top = Math.max(0, Math.min(node.y, layout.height - this.tip.offsetHeight - 4));
    this.tip.style.transform = `translate(${node.x + (right ? -1 : 1) * (node.size / 2 + 6)}px, ${top}px)${right ? " translateX(-100%)" : ""}`;
  }

  content() {
    const { place, link, layout } = this;
    if (!layout || !this.links) return null;
    const known = { layout, shown: this.shown, hidden: this.experiment.hidden, chosen: this.chosen, experiment: this.experiment, links: this.links, biases: this.biases, editable: false };
    if (link) return linkContent(known, link, false);
    if (!place) return null;
    return place.layer ? neuronContent(known, place, false) : { title: neuronName(place, this.experiment), rows: [] };
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    if (event.key === "Escape") return this.point(null);
    if (this.buttons && event.key.startsWith("Arrow")) {
      event.stopPropagation(); // elsewhere they go through the epochs
      walk(this.buttons, event);
    }
  }
}

/** @param {number} value */
const written = (value) => (Number.isFinite(value) ? value.toPrecision(3).replace("-", "\u2212") : "–");

/** @param {number} n */
const range = (n) => Array.from({ length: n }, (_, i) => i);
