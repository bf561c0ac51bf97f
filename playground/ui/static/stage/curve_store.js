// Every epoch's row, kept whole; only what is drawn is thinned.
import { COLUMNS } from "../web/facts.js";

const WIDTH = Object.keys(COLUMNS).length;

export class CurveStore {
  constructor() {
    this.rows = new Float32Array(WIDTH * 256);
    this.length = 0;
    this.watched = "Test"; // the part whose loss and accuracy stand beside those of training
  }

  clear() {
    this.length = 0;
  }

  /**
   * Cut at `start`, then append.
   * @param {number} start
   * @param {Float32Array} rows shape (n, 6), flat
   * @returns {boolean} whether anything changed
   */
  place(start, rows) {
    const changed = rows.length > 0 || start < this.length;
    const end = start + rows.length / WIDTH;
    this.grow(end);
    if (start > this.length) this.rows.fill(NaN, this.length * WIDTH, start * WIDTH);
    this.rows.set(rows, start * WIDTH);
    this.length = end;
    return changed;
  }

  /** @param {number} length */
  grow(length) {
    if (length * WIDTH <= this.rows.length) return;
    const rows = new Float32Array(Math.max(length * WIDTH, this.rows.length * 2));
    rows.set(this.rows.subarray(0, this.length * WIDTH));
    this.rows = rows;
  }

  /** @param {number} index @param {number} column */
  at(index, column) {
    return this.rows[index * WIDTH + column];
  }

  /** Newest epoch with a row, or 0. */
  get last() {
    return this.length ? this.at(this.length - 1, COLUMNS.epoch) : 0;
  }

  /**
   * One column against the epoch with at most about `vertices` points; each bucket keeps its least and
   * greatest value, so a spike one epoch wide is still drawn.
   * @param {number} column
   * @param {number} [vertices]
   * @returns {{x: number[], y: number[]}}
   */
  line(column, vertices = 1000) {
    const indices = this.length <= vertices ? range(this.length) : this.extremes(column, vertices / 2);
    return {
      x: indices.map((i) => this.at(i, COLUMNS.epoch)),
      y: indices.map((i) => this.at(i, column)),
    };
  }

  /** @param {number} column @param {number} buckets */
  extremes(column, buckets) {
    const indices = [0];
    for (let b = 0; b < buckets; b += 1) {
      const from = Math.floor((b * this.length) / buckets);
      const to = Math.floor(((b + 1) * this.length) / buckets);
      let least = from;
      let greatest = from;
      for (let i = from + 1; i < to; i += 1) {
        const value = this.at(i, column);
        if (value < this.at(least, column)) least = i;
        if (value > this.at(greatest, column)) greatest = i;
      }
      for (const i of [Math.min(least, greatest), Math.max(least, greatest)]) {
        if (i > indices[indices.length - 1]) indices.push(i);
      }
    }
    if (indices[indices.length - 1] < this.length - 1) indices.push(this.length - 1);
    return indices;
  }

  /**
   * Least and greatest finite value over some columns.
   * @param {number[]} columns
   * @returns {[number, number]}
   */
  extent(columns) {
    let lo = Infinity;
    let hi = -Infinity;
    for (let i = 0; i < this.length; i += 1) {
      for (const column of columns) {
        const value = this.at(i, column);
        if (!Number.isFinite(value)) continue;
        if (value < lo) lo = value;
        if (value > hi) hi = value;
      }
    }
    return [lo, hi];
  }
}

/** @param {number} n */
const range = (n) => Array.from({ length: n }, (_, i) => i);
