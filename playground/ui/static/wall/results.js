// What the networks have come to at the epoch on screen: figures, endings, and what a cell of several seeds says.
import { ENDS } from "../web/facts.js";

const DIVERGED = ENDS.indexOf("diverged");

/** @typedef {import("../web/metrics.js").Metric} Metric */
/** @typedef {{mean: number, least: number, most: number, count: number}} Summed   of the seeds that have a number */

export class Results {
  /** @param {import("./plan.js").Plan} plan @param {import("./figure_store.js").FigureStore} figures */
  constructor(plan, figures) {
    this.plan = plan;
    this.figures = figures;
    this.epoch = 0;
    /** @type {Uint8Array} */
    this.ended = new Uint8Array(plan.networks);
    /** @type {Int32Array} */
    this.epochsOf = new Int32Array(plan.networks);
    /** @type {Float32Array | null} */
    this.disagreement = null;
    /** @type {Map<string, Summed[]>} */
    this.summed = new Map();
    this.diverged = 0; // networks
  }

  /** @param {import("../web/messages.js").CellsMessage} frame */
  take({ header, arrays }) {
    this.epoch = header.epoch;
    this.ended = arrays.ended.data;
    this.epochsOf = arrays.epochs_of.data;
    this.disagreement = arrays.disagreement?.data ?? null;
    this.diverged = this.ended.reduce((count, end) => count + Number(end === DIVERGED), 0);
    this.summed.clear();
  }

  /** Whether a network has diverged by now; its last figures are no result. @param {number} network */
  isDiverged(network) {
    return this.ended[network] === DIVERGED;
  }

  /** The epoch whose figures a network shows: the one on screen, or its own last. @param {number} network */
  epochShown(network) {
    return Math.min(this.epoch, this.epochsOf[network], Math.max(0, this.figures.length - 1));
  }

  /** NaN for one that has none. @param {number} network @param {Metric} metric */
  of(network, metric) {
    return this.isDiverged(network) ? NaN : metric.read(this.figures, this.epochShown(network), network);
  }

  /** Of every cell. @param {Metric} metric */
  cells(metric) {
    const known = this.summed.get(metric.name);
    if (known) return known;
    const made = this.plan.cells.map((_, cell) => this.sum(cell, metric));
    this.summed.set(metric.name, made);
    return made;
  }

  /** @param {number} cell @param {Metric} metric @returns {Summed} */
  sum(cell, metric) {
    let [sum, count, least, most] = [0, 0, Infinity, -Infinity];
    for (let i = this.plan.first(cell), end = i + this.plan.seeds; i < end; i += 1) {
      const value = this.of(i, metric);
      if (!Number.isFinite(value)) continue;
      sum += value;
      count += 1;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return { mean: count ? sum / count : NaN, least, most, count };
  }

  /** Networks of a cell that have diverged, and the epoch at which the first did. @param {number} cell */
  divergedIn(cell) {
    let [count, at] = [0, Infinity];
    for (let i = this.plan.first(cell), end = i + this.plan.seeds; i < end; i += 1) {
      if (!this.isDiverged(i)) continue;
      count += 1;
      at = Math.min(at, this.epochsOf[i]);
    }
    return { count, at };
  }

  /** Whether no network of a cell is left. @param {number} cell */
  isLost(cell) {
    return this.divergedIn(cell).count === this.plan.seeds;
  }

  /** What is said instead of figures, or besides them; empty where all is well. @param {number} cell */
  noteOf(cell) {
    const { count, at } = this.divergedIn(cell);
    if (!count) return "";
    const who = this.plan.seeds === 1 ? "" : count === this.plan.seeds ? "all seeds " : `${count} of ${this.plan.seeds} seeds `;
    return `${who}diverged at epoch ${at}`;
  }

  /** Why a network has ended, in words. @param {number} network */
  endOf(network) {
    return { "": "", finished: "finished", early_stopping: "stopped early", diverged: "diverged" }[ENDS[this.ended[network]]] ?? "";
  }
}
