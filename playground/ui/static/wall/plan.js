// What a wall is: cells along its axes, the networks in each, and what they are called. The cells of a comparison are its runs.
import { RUN_AXIS } from "../web/facts.js";
import { lower } from "../web/format.js";

/** @typedef {import("../web/messages.js").WallAxis} WallAxis */
/** @typedef {{title: string, label: string, axis: WallAxis, at: number}} Setting   the value of a knob in a cell; -1 and empty where it has none */

export class Plan {
  /** @param {import("../web/messages.js").WallHello} hello @param {Record<string, string>} titles of knobs @param {string[]} [names] of runs, where they are called otherwise than by what differs */
  constructor(hello, titles, names = []) {
    this.hello = hello;
    this.titles = titles;
    this.cells = hello.cells;
    this.seeds = hello.seeds;
    this.rows = hello.rows;
    this.isComparison = hello.columns?.knob === RUN_AXIS;
    this.columns = this.isComparison && names.length === hello.cells.length ? { .../** @type {WallAxis} */ (hello.columns), labels: names } : hello.columns;
    /** Of a comparison: for each knob that differs the places of the cells on its axis. @type {Map<WallAxis, number[]>} */
    this.places = new Map(hello.differences.map(({ axis, at }) => [axis, at]));
    this.networks = hello.networks;
    this.across = hello.columns?.labels.length ?? 1;
    this.classification = hello.cells.some(({ task }) => task === "classification");
    const parts = new Set(hello.cells.map(({ watched }) => watched));
    /** The part beside training: of all cells, or a word for either. */
    this.watched = parts.size === 1 ? [...parts][0] : "Test";
  }

  /** Whether cells have a place in two directions. */
  get flat() {
    return Boolean(this.rows && this.columns);
  }

  /** @returns {WallAxis[]} */
  get axes() {
    return [...[this.rows, this.columns].filter((axis) => axis !== null), ...this.places.keys()];
  }

  /** The axes that are knobs. */
  get knobAxes() {
    return this.isComparison ? [...this.places.keys()] : this.axes;
  }

  /** @param {WallAxis} axis */
  titleOf({ knob }) {
    return this.titles[knob] ?? knob.replaceAll("_", " ");
  }

  /** -1 for a knob that makes no difference to a run. @param {WallAxis} axis @param {number} cell */
  placeOn(axis, cell) {
    const own = this.places.get(axis);
    if (own) return own[cell];
    return axis === this.columns ? cell % this.across : Math.floor(cell / this.across);
  }

  /** @param {number} cell @returns {Setting[]} one for each axis */
  settingsOf(cell) {
    return this.axes.map((axis) => {
      const at = this.placeOn(axis, cell);
      return { title: this.titleOf(axis), label: axis.labels[at] ?? "", axis, at };
    });
  }

  /** "learning rate 0.1, hidden layers 3"; a run has a name. @param {number} cell */
  nameOf(cell) {
    if (this.isComparison) return /** @type {WallAxis} */ (this.columns).labels[cell];
    const settings = this.settingsOf(cell);
    if (!settings.length) return this.seeds > 1 ? `${this.seeds} seeds` : this.cells[cell].summary;
    return settings.map(({ title, label }) => `${lower(title)} ${label}`).join(", ");
  }

  /** What stands over a cell, where no header says it: its name or its values, and of a run that has a name what is its own. @param {number} cell @returns {string[]} */
  headingOf(cell) {
    if (this.flat || !this.axes.length) return [];
    const knobs = this.settingsOf(cell).filter(({ axis, at }) => at >= 0 && this.knobAxes.includes(axis));
    const values = knobs.map(({ title, label }) => `${title} ${label}`).join(", ");
    if (!this.isComparison) return [values];
    return this.hasNames ? [this.nameOf(cell), values] : [this.nameOf(cell)];
  }

  /** Whether a run is called otherwise than by what differs. */
  get hasNames() {
    return this.isComparison && String(this.columns?.labels) !== String(this.hello.columns?.labels);
  }

  /** Lines over each cell. */
  get headingLines() {
    return this.headingOf(0).length;
  }

  /** @param {number} network */
  nameOfNetwork(network) {
    const [cell, seed] = [Math.floor(network / this.seeds), network % this.seeds];
    return this.seeds > 1 ? `${this.nameOf(cell)}, seed ${seed + 1} of ${this.seeds}` : this.nameOf(cell);
  }

  /** @param {number} cell the first network of a cell */
  first(cell) {
    return cell * this.seeds;
  }

  /** Of the network with the first seed. @param {number} cell */
  linkOf(cell) {
    return this.hello.links[this.first(cell)];
  }
}
