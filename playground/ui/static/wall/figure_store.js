// The figures of every network after every epoch, kept whole; only what is drawn is thinned.
import { FIGURES } from "../web/facts.js";

const WIDTH = Object.keys(FIGURES).length;

export class FigureStore {
  /** @param {number} networks */
  constructor(networks = 0) {
    this.networks = networks;
    this.length = 0; // epochs
    this.rows = new Float32Array(networks * WIDTH * 64);
  }

  /** Cut at the epoch `start`, then append. @param {number} start @param {Float32Array} rows (epochs, networks, 4), flat */
  place(start, rows) {
    const width = this.networks * WIDTH;
    if (!width) return;
    const end = start + rows.length / width;
    this.grow(end * width);
    if (start > this.length) this.rows.fill(NaN, this.length * width, start * width);
    this.rows.set(rows, start * width);
    this.length = end;
  }

  /** @param {number} size */
  grow(size) {
    if (size <= this.rows.length) return;
    const rows = new Float32Array(Math.max(size, 2 * this.rows.length));
    rows.set(this.rows.subarray(0, this.length * this.networks * WIDTH));
    this.rows = rows;
  }

  /** @param {number} epoch @param {number} network @param {number} column */
  at(epoch, network, column) {
    return epoch < this.length ? this.rows[(epoch * this.networks + network) * WIDTH + column] : NaN;
  }
}
