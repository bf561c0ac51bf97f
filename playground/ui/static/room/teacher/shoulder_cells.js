// A learner's wall of networks, live: the pictures of its cells, side by side.
import { paintCell, Palettes } from "../../wall/cell_picture.js";
import { h, LiveText } from "../../web/dom.js";
import { ENDS, FIGURES } from "../../web/facts.js";
import { formatEpoch, formatLoss, formatShare } from "../../web/format.js";
import { MapPicture } from "../../web/map_picture.js";
import { NextPicture } from "../../web/next_picture.js";

/** @typedef {import("../../web/decode.js").Message} Message */

const LEAST = 64; // px of a picture

export class ShoulderCells {
  /** @type {Message | null} */
  frame = null;

  /** @param {Message} hello @param {import("../../web/theme.js").Theme} theme */
  constructor({ header }, theme) {
    this.cells = /** @type {import("../../web/messages.js").WallCell[]} */ (header.cells);
    this.seeds = header.seeds ?? 1;
    this.palettes = new Palettes(theme);
    this.pictures = this.cells.map(() => new MapPicture());
    this.lines = this.cells.map(() => new LiveText(""));
    this.epoch = new LiveText("");
    const columns = header.columns?.labels.length ?? Math.ceil(Math.sqrt(this.cells.length));
    const grid = h("div", { class: "kp-shoulder-grid", style: `grid-template-columns: repeat(${columns}, minmax(${LEAST}px, 1fr))` },
      ...this.cells.map((_, i) => h("div", {}, this.pictures[i].canvas, h("div", { class: "kp-seat-line" }, this.lines[i].node))));
    this.node = h("div", { class: "kp-shoulder-cells", data: { testid: "shoulder-cells" } }, h("p", { class: "kp-seat-line" }, this.epoch.node), grid);
    this.drawing = new NextPicture(() => this.draw());
  }

  /** @param {Message} message */
  heard(message) {
    if (message.header.type !== "cells") return;
    this.frame = message;
    this.drawing.request();
  }

  draw() {
    if (!this.frame) return;
    const { header, arrays } = this.frame;
    const { maps, ranges, spread } = arrays;
    const [, values, n] = maps.shape;
    const area = n * n;
    this.palettes.reach(/** @type {Float32Array} */ (ranges.data), false);
    this.epoch.write(`Epoch ${formatEpoch(header.epoch)}`);
    this.node.dataset.epoch = String(header.epoch);
    this.cells.forEach((cell, i) => {
      paintCell(this.pictures[i], cell, this.palettes, {
        map: /** @type {Uint8Array} */ (maps.data).subarray(i * values * area, (i + 1) * values * area), n, lo: ranges.data[2 * i], hi: ranges.data[2 * i + 1],
        spread: spread ? /** @type {Uint8Array} */ (spread.data).subarray(i * area, (i + 1) * area) : null,
      }, false);
      this.lines[i].write(this.figureOf(i));
    });
  }

  /** Of the first of a cell's networks, at the newest epoch that has come. @param {number} cell */
  figureOf(cell) {
    const { figures, ended } = /** @type {Message} */ (this.frame).arrays;
    const network = cell * this.seeds;
    if (ENDS[ended?.data[network] ?? 0] === "diverged") return "diverged";
    const [epochs, networks, width] = figures.shape;
    if (!epochs) return this.lines[cell].node.data;
    const at = ((epochs - 1) * networks + network) * width;
    const classification = this.cells[cell].task === "classification";
    const value = figures.data[at + (classification ? FIGURES.val_accuracy : FIGURES.val_loss)];
    return classification ? formatShare(value) : formatLoss(value);
  }

  destroy() {
    this.drawing.cancel();
  }
}
