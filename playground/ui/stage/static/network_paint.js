// The network diagram's picture: links, and a map for each neuron. Drawn anew for every frame.
import { valuePalette } from "./palette.js";
import { css, mix } from "./theme.js";

const INPUTS = 7;

/**
 * @typedef {object} Picture
 * @property {import("./network_layout.js").Layout} layout
 * @property {import("./theme.js").Theme} theme
 * @property {number[][]} colors        of the classes; the first two are also negative and positive
 * @property {Float32Array} [links]     weights, layer by layer, (from, to) row by row
 * @property {Float32Array} [biases]
 * @property {{data: Uint8Array, cells: number}} [inputs]    a map for each feature
 * @property {{data: Uint8Array, cells: number}} [neurons]   a map for each hidden neuron drawn
 * @property {{data: Uint8Array, cells: number}} [outputs]   a map for each output
 * @property {Uint8Array[]} [outputPalettes]
 * @property {number[]} chosen          places of the chosen inputs among the features
 * @property {{layer: number, from: number, to: number} | null} [link]   the one pointed at
 * @property {{layer: number, row: number} | null} [node]
 */

/** Width of a link in px: seen from 0.05 on, and still growing at 4. @param {number} weight */
const linkWidth = (weight) => 0.3 + 2.5 * Math.sqrt(Math.min(4, Math.abs(weight)));

export class NetworkPainter {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "kp-network-canvas";
    this.canvas.setAttribute("aria-hidden", "true");
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.tile = document.createElement("canvas");
    this.tileContext = /** @type {CanvasRenderingContext2D} */ (this.tile.getContext("2d", { willReadFrequently: false }));
    this.paletteKey = "";
  }

  /** @param {number} width @param {number} height in CSS px */
  resize(width, height) {
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
  }

  /** @param {Picture} picture */
  paint(picture) {
    const { context, canvas } = this;
    this.tints(picture);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.scale(this.ratio ?? 1, this.ratio ?? 1);
    this.paintLinks(picture);
    this.paintMaps(picture);
    this.paintFrames(picture);
  }

  /** @param {Picture} picture */
  tints({ theme, colors }) {
    const key = `${theme.neutral}|${theme.strength}|${colors.slice(0, 2).join()}`;
    if (key === this.paletteKey) return;
    this.paletteKey = key;
    this.palette = packed(valuePalette({ task: "neuron", lo: -1, hi: 1, target: [-1, 1], colors, neutral: theme.neutral, strength: Math.min(1, theme.strength + 0.2) }));
  }

  // ---------------------------------------------------------------- links

  /** @param {Picture} picture */
  paintLinks(picture) {
    const { layout, links, theme, chosen } = picture;
    if (!links) return;
    let at = 0;
    for (let layer = 1; layer < layout.columns.length; layer += 1) {
      const all = layout.columns[layer - 1].nodes;
      const from = layer === 1 ? chosen.map((i) => all[i]) : all;
      for (const a of from) {
        for (const b of layout.columns[layer].nodes) this.paintLink(picture, a, b, links[at++]);
      }
    }
    if (picture.link) this.paintChosenLink(picture, theme.text);
  }

  /** @param {Picture} picture @param {import("./network_layout.js").Node} a @param {import("./network_layout.js").Node} b @param {number} weight */
  paintLink({ colors }, a, b, weight) {
    const { context } = this;
    context.globalAlpha = 0.2 + 0.7 * Math.min(1, Math.abs(weight));
    context.strokeStyle = css(colors[weight < 0 ? 0 : 1]);
    context.lineWidth = linkWidth(weight);
    curve(context, a, b);
    context.stroke();
    context.globalAlpha = 1;
  }

  /** @param {Picture} picture @param {string} color */
  paintChosenLink({ layout, link }, color) {
    if (!link) return;
    const a = layout.columns[link.layer - 1].nodes[link.from];
    const b = layout.columns[link.layer].nodes[link.to];
    if (!a || !b) return;
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.setLineDash([5, 3]);
    curve(context, a, b);
    context.stroke();
    context.setLineDash([]);
  }

  // ---------------------------------------------------------------- maps

  /** @param {Picture} picture */
  paintMaps(picture) {
    const { layout, inputs, neurons, outputs } = picture;
    const last = layout.columns.length - 1;
    let hidden = 0;
    for (let layer = 0; layer <= last; layer += 1) {
      for (const node of layout.columns[layer].nodes) {
        if (layer === 0) this.paintMap(node, inputs, Math.min(node.row, INPUTS - 1), this.palette);
        else if (layer < last) this.paintMap(node, neurons, hidden++, this.palette);
        else this.paintMap(node, outputs, node.row, picture.outputPalettes?.[node.row]);
      }
    }
  }

  /**
   * @param {import("./network_layout.js").Node} node
   * @param {{data: Uint8Array, cells: number} | undefined} maps @param {number} index
   * @param {Uint32Array | Uint8Array | undefined} palette
   */
  paintMap(node, maps, index, palette) {
    const { context, tile, tileContext } = this;
    const left = node.x - node.size / 2;
    const top = node.y - node.size / 2;
    context.globalAlpha = node.off ? 0.3 : 1;
    if (maps && palette && (index + 1) * maps.cells ** 2 <= maps.data.length) {
      const { cells } = maps;
      if (tile.width !== cells) tile.width = tile.height = cells;
      const image = this.image?.width === cells ? this.image : (this.image = tileContext.createImageData(cells, cells));
      fill(new Uint32Array(image.data.buffer), maps.data, index * cells * cells, cells, palette);
      tileContext.putImageData(image, 0, 0);
      context.imageSmoothingEnabled = true;
      context.drawImage(tile, left, top, node.size, node.size);
    }
    context.globalAlpha = 1;
  }

  // ---------------------------------------------------------------- frames and biases

  /** @param {Picture} picture */
  paintFrames(picture) {
    const { layout, theme, node: pointed, biases, colors } = picture;
    const { context } = this;
    let at = 0;
    for (const { nodes } of layout.columns) {
      for (const node of nodes) {
        const is = pointed && pointed.layer === node.layer && pointed.row === node.row;
        context.globalAlpha = node.off ? 0.45 : 1;
        context.strokeStyle = is ? theme.text : theme.muted;
        context.lineWidth = is ? 2.5 : 1;
        context.strokeRect(node.x - node.size / 2, node.y - node.size / 2, node.size, node.size);
        context.globalAlpha = 1;
        if (node.layer && biases) this.paintBias(node, biases[at++], theme, colors);
      }
    }
  }

  /**
   * A corner whose colour is the bias.
   * @param {import("./network_layout.js").Node} node @param {number} bias
   * @param {import("./theme.js").Theme} theme @param {number[][]} colors
   */
  paintBias(node, bias, theme, colors) {
    const { context } = this;
    const side = biasSide(node);
    const x = node.x - node.size / 2 - 2;
    const y = node.y + node.size / 2 - side + 2;
    context.fillStyle = css(mix(theme.neutral, colors[bias < 0 ? 0 : 1], Math.min(1, Math.sqrt(Math.abs(bias)))));
    context.fillRect(x, y, side, side);
    context.strokeStyle = theme.background;
    context.lineWidth = 1;
    context.strokeRect(x, y, side, side);
  }
}

/** @param {import("./network_layout.js").Node} node */
export const biasSide = (node) => Math.max(6, Math.min(9, node.size / 4));

/** @param {CanvasRenderingContext2D} context @param {import("./network_layout.js").Node} a @param {import("./network_layout.js").Node} b */
function curve(context, a, b) {
  const x0 = a.x + a.size / 2;
  const x1 = b.x - b.size / 2;
  const middle = (x0 + x1) / 2;
  context.beginPath();
  context.moveTo(x0, a.y);
  context.bezierCurveTo(middle, a.y, middle, b.y, x1, b.y);
}

/**
 * Rows of a map run upwards, those of a picture downwards.
 * @param {Uint32Array} pixels @param {Uint8Array} map @param {number} start @param {number} cells
 * @param {Uint32Array | Uint8Array} palette
 */
function fill(pixels, map, start, cells, palette) {
  for (let row = 0; row < cells; row += 1) {
    const from = start + (cells - 1 - row) * cells;
    const to = row * cells;
    for (let column = 0; column < cells; column += 1) pixels[to + column] = palette[map[from + column]];
  }
}

/** 256 colours as the words that a picture is made of. @param {Uint8Array} palette 256 × RGB */
export function packed(palette) {
  const words = new Uint32Array(256);
  const bytes = new Uint8Array(words.buffer);
  for (let i = 0; i < 256; i += 1) bytes.set([palette[3 * i], palette[3 * i + 1], palette[3 * i + 2], 255], 4 * i);
  return words;
}
