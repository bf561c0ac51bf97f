// What has come of the trials of a search, in the order in which they were asked.
import { FIGURES, TRIAL_STATES } from "../web/facts.js";
import { lower } from "../web/format.js";
import { KnobAxis } from "./knob_axis.js";

const WIDTH = Object.keys(FIGURES).length;

/** @typedef {import("../web/metrics.js").Metric} Metric */
/** @typedef {{mean: number, least: number, most: number, count: number}} Summed   of the seeds */
/** @typedef {"running" | "pruned" | "complete" | "diverged"} State */

export class Trials {
  /**
   * @param {import("../web/messages.js").SearchHello} hello @param {Record<string, string>} titles of knobs
   * @param {import("../web/messages.js").TrialsMessage} message @param {string[]} links
   */
  constructor(hello, titles, { header, arrays }, links) {
    this.hello = hello;
    this.header = header;
    this.links = links;
    this.values = arrays.values.data;
    this.states = arrays.states.data;
    this.epochs = arrays.epochs.data;
    this.rows = arrays.figures.data;
    this.bests = arrays.bests.data;
    this.count = this.states.length;
    this.seeds = hello.seeds;
    this.axes = hello.knobs.map((knob) => new KnobAxis(knob, titles[knob.knob] ?? knob.knob.replaceAll("_", " ")));
    /** @type {Map<string, Summed[]>} */
    this.summed = new Map();
  }

  /** As a metric reads it: of a network, which is a trial from one of its seeds. @param {number} _epoch @param {number} network @param {number} column */
  at(_epoch, network, column) {
    return this.rows[network * WIDTH + column];
  }

  /** @param {number} trial @returns {State} */
  stateOf(trial) {
    return /** @type {State} */ (TRIAL_STATES[this.states[trial]]);
  }

  /** Whether it has diverged; its last figures are no result. @param {number} trial */
  isLost(trial) {
    return this.stateOf(trial) === "diverged";
  }

  /** Whether it has come to a rung, or has diverged on its way there. @param {number} trial */
  isSeen(trial) {
    return this.epochs[trial] > 0 || this.isLost(trial);
  }

  /** @param {State} state */
  countOf(state) {
    return this.header.counts[state] ?? 0;
  }

  /** @param {number} trial @param {number} axis */
  valueOf(trial, axis) {
    return this.values[trial * this.axes.length + axis];
  }

  /** @param {number} trial */
  settingsOf(trial) {
    return this.axes.map((axis, i) => ({ title: axis.title, label: axis.text(this.valueOf(trial, i)) }));
  }

  /** @param {number} trial */
  settingsInWords(trial) {
    return this.settingsOf(trial).map(({ title, label }) => `${lower(title)} ${label}`).join(", ");
  }

  /** People count from 1. @param {number} trial */
  nameOf(trial) {
    return `trial ${trial + 1}`;
  }

  /** NaN for what has diverged, or has none. @param {number} trial @param {number} seed @param {Metric} metric */
  of(trial, seed, metric) {
    return this.isLost(trial) ? NaN : metric.read(this, 0, trial * this.seeds + seed);
  }

  /** Of each trial. @param {Metric} metric */
  sums(metric) {
    const known = this.summed.get(metric.name);
    if (known) return known;
    const made = Array.from({ length: this.count }, (_, trial) => this.sum(trial, metric));
    this.summed.set(metric.name, made);
    return made;
  }

  /** @param {number} trial @param {Metric} metric @returns {Summed} */
  sum(trial, metric) {
    const values = Array.from({ length: this.seeds }, (_, seed) => this.of(trial, seed, metric)).filter(Number.isFinite);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, least: Math.min(...values), most: Math.max(...values), count: values.length };
  }
}
