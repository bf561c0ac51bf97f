// The network diagram's picture, on two canvases: the links, and above them a map for each neuron.
// Of the maps only those that changed are drawn again; the links follow a few times a second.
import { LinkPainter } from "./network_links.js";
import { packed, valuePalette } from "../../web/palette.js";
import { css, mix } from "../../web/theme.js";

const LINKS_EVERY = 80; // ms

/**
 * @typedef {{data: Uint8Array, cells: number}} Maps   (count, cells, cells)
 * @typedef {object} Picture
 * @property {import("./network_layout.js").Layout} layout
 * @property {import("../../web/theme.js").Theme} theme
 * @property {number[][]} colors        of the classes; the first two are also negative and positive
 * @property {Float32Array} [links]     weights, layer by layer, (from, to) row by row
 * @property {Float32Array} [biases]
 * @property {Maps} [inputs]    a map for each feature
 * @property {Maps} [neurons]   a map for each hidden neuron drawn
 * @property {Maps} [outputs]   a map for each output
 * @property {Uint32Array[]} [outputPalettes]
 * @property {number[]} chosen          places of the chosen inputs among the features
 * @property {{layer: number, from: number, to: number} | null} [link]   the one pointed at
 * @property {{layer: number, row: number} | null} [node]
 */

export class NetworkPainter {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  linksTimer;

  constructor() {
    this.canvas = canvasOf("kp-network-canvas");
    this.linkCanvas = canvasOf("kp-network-links");
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.links = new LinkPainter(this.linkCanvas);
    this.tile = document.createElement("canvas");
    this.tileContext = /** @type {CanvasRenderingContext2D} */ (this.tile.getContext("2d"));
    this.paletteKey = "";
    this.linksAt = -Infinity;
    /** @type {Picture | undefined} */
    this.picture = undefined;
    /** What each neuron looks like on the screen. @type {string[]} */
    this.looks = [];
    /** @type {(Uint8Array | undefined)[]} */
    this.drawn = [];
  }

  /** @param {number} width @param {number} height in CSS px */
  resize(width, height) {
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    this.ratio = ratio;
    for (const canvas of [this.canvas, this.linkCanvas]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.looks = [];
  }

  /** @param {Picture} picture */
  paint(picture) {
    const before = this.picture;
    this.picture = picture;
    this.tints(picture);
    const moved = !before || before.layout !== picture.layout || before.theme !== picture.theme;
    if (moved) this.looks = [];
    this.paintNodes(picture);
    this.paintLinksSoon(moved || before.link !== picture.link || !before.links !== !picture.links);
  }

  /** @param {boolean} atOnce the learner did something */
  paintLinksSoon(atOnce) {
    const wait = atOnce ? 0 : this.linksAt + LINKS_EVERY - performance.now();
    if (wait <= 0) this.paintLinks();
    else this.linksTimer ??= setTimeout(() => this.paintLinks(), wait);
  }

  paintLinks() {
    clearTimeout(this.linksTimer);
    this.linksTimer = undefined;
    this.linksAt = performance.now();
    if (this.picture) this.links.paint(this.picture, this.ratio ?? 1);
  }

  destroy() {
    clearTimeout(this.linksTimer);
  }

  /** @param {Picture} picture */
  tints({ theme, colors }) {
    const key = `${theme.neutral}|${theme.strength}|${colors.slice(0, 2).join()}`;
    if (key === this.paletteKey) return;
    this.paletteKey = key;
    this.palette = packed(valuePalette({ task: "neuron", lo: -1, hi: 1, target: [-1, 1], colors, neutral: theme.neutral, strength: Math.min(1, theme.strength + 0.2) }));
  }

  // ---------------------------------------------------------------- neurons

  /** @param {Picture} picture */
  paintNodes(picture) {
    const { context, canvas } = this;
    if (!this.looks.length) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      this.drawn = [];
    }
    context.setTransform(this.ratio ?? 1, 0, 0, this.ratio ?? 1, 0, 0);
    const due = this.due(picture);
    if (!due.length) return;
    this.fillTile(due);
    due.forEach((each, i) => this.paintNode(picture, each, i));
  }

  /**
   * The neurons that look other than before.
   * @param {Picture} picture
   */
  due(picture) {
    const { layout, inputs, neurons, outputs, biases, node: pointed } = picture;
    const last = layout.columns.length - 1;
    const due = [];
    let index = 0;
    let hidden = 0;
    let bias = 0;
    for (let layer = 0; layer <= last; layer += 1) {
      for (const node of layout.columns[layer].nodes) {
        const maps = layer === 0 ? inputs : layer < last ? neurons : outputs;
        const place = layer === 0 ? node.row : layer < last ? hidden++ : node.row;
        const palette = layer < last ? this.palette : picture.outputPalettes?.[node.row];
        const map = maps && palette && mapOf(maps, place);
        const weight = layer ? biases?.[bias++] : undefined;
        const is = Boolean(pointed && pointed.layer === node.layer && pointed.row === node.row);
        const look = `${is}|${weight === undefined ? "" : tone(weight).toFixed(3)}`;
        const same = look === this.looks[index] && palette === this.palettes[index] && equal(map, this.drawn[index]);
        if (!same) due.push({ node, map, cells: maps?.cells ?? 0, palette, bias: weight, is });
        this.looks[index] = look;
        this.palettes[index] = palette;
        this.drawn[index] = map;
        index += 1;
      }
    }
    return due;
  }

  /** @type {(Uint32Array | undefined)[]} */
  palettes = [];

  /** All maps that are due go into one picture, one below the other, and over to the canvas at once. @param {ReturnType<NetworkPainter["due"]>} due */
  fillTile(due) {
    const { tile, tileContext } = this;
    const cells = due.reduce((most, each) => Math.max(most, each.map ? each.cells : 0), 0);
    if (!cells) return;
    const height = cells * due.length;
    if (tile.width < cells) tile.width = cells;
    if (tile.height < height) tile.height = height;
    if (!this.image || this.image.width !== tile.width || this.image.height < height) {
      this.image = tileContext.createImageData(tile.width, tile.height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const { image, pixels } = this;
    due.forEach((each, i) => {
      if (each.map && each.palette && pixels) fill(pixels, image.width, i * cells, each.map, each.cells, each.palette);
    });
    this.tileStep = cells;
    tileContext.putImageData(image, 0, 0, 0, 0, cells, height);
  }

  /** @param {Picture} picture @param {ReturnType<NetworkPainter["due"]>[number]} due @param {number} index */
  paintNode({ theme, colors }, { node, map, cells, bias, is }, index) {
    const { context } = this;
    const { size } = node;
    const left = node.x - size / 2;
    const top = node.y - size / 2;
    context.clearRect(left - 3, top - 2, size + 5, size + 5); // no more than its own: the next one is 5 px off
    if (map) {
      context.globalAlpha = node.off ? 0.3 : 1;
      context.drawImage(this.tile, 0, index * (this.tileStep ?? 0), cells, cells, left, top, size, size);
    }
    context.globalAlpha = node.off ? 0.45 : 1;
    context.strokeStyle = is ? theme.text : theme.muted;
    context.lineWidth = is ? 2.5 : 1;
    context.strokeRect(left, top, size, size);
    context.globalAlpha = 1;
    if (bias !== undefined) this.paintBias(node, bias, theme, colors);
  }

  /**
   * A corner whose colour is the bias.
   * @param {import("./network_layout.js").Node} node @param {number} bias
   * @param {import("../../web/theme.js").Theme} theme @param {number[][]} colors
   */
  paintBias(node, bias, theme, colors) {
    const { context } = this;
    const side = biasSide(node);
    const x = node.x - node.size / 2 - 2;
    const y = node.y + node.size / 2 - side + 2;
    context.fillStyle = biasColor(bias, colors, theme);
    context.fillRect(x, y, side, side);
    context.strokeStyle = theme.background;
    context.lineWidth = 1;
    context.strokeRect(x, y, side, side);
  }
}

/** @param {number} bias @param {number[][]} colors @param {import("../../web/theme.js").Theme} theme */
export const biasColor = (bias, colors, theme) => css(mix(theme.neutral, colors[bias < 0 ? 0 : 1], Math.abs(tone(bias))));

/** How strongly a bias is coloured, with its sign. @param {number} bias */
const tone = (bias) => Math.sign(bias) * Math.min(1, Math.sqrt(Math.abs(bias)));

/** @param {import("./network_layout.js").Node} node */
const biasSide = (node) => Math.max(6, Math.min(9, node.size / 4));

/**
 * The neuron whose bias is painted at a place, a pixel or two around it included.
 *
 * @param {import("./network_layout.js").Layout} layout @param {number} x @param {number} y
 * @returns {import("./network_pointing.js").Place | null}
 */
export function biasAt(layout, x, y) {
  const node = layout.columns.slice(1).flatMap((column) => column.nodes).find((each) => {
    const side = biasSide(each);
    const left = each.x - each.size / 2 - 2;
    const bottom = each.y + each.size / 2 + 2;
    return x >= left - 2 && x <= left + side && y <= bottom + 2 && y >= bottom - side;
  });
  return node ? { layer: node.layer, row: node.row, unit: node.unit } : null;
}

/** @param {string} name */
function canvasOf(name) {
  const canvas = document.createElement("canvas");
  canvas.className = name;
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** @param {Maps} maps @param {number} index */
function mapOf({ data, cells }, index) {
  const size = cells * cells;
  return (index + 1) * size <= data.length ? data.subarray(index * size, (index + 1) * size) : undefined;
}

/** @param {Uint8Array | undefined} a @param {Uint8Array | undefined} b */
function equal(a, b) {
  if (!a || !b) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * Rows of a map run upwards, those of a picture downwards.
 * @param {Uint32Array} pixels @param {number} width of the picture @param {number} start first row
 * @param {Uint8Array} map @param {number} cells @param {Uint32Array} palette
 */
function fill(pixels, width, start, map, cells, palette) {
  for (let row = 0; row < cells; row += 1) {
    const from = (cells - 1 - row) * cells;
    const to = (start + row) * width;
    for (let column = 0; column < cells; column += 1) pixels[to + column] = palette[map[from + column]];
  }
}
