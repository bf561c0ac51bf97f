// What a wall is: cells along its axes, the networks in each, and what they are called.

/** @typedef {import("../web/messages.js").WallAxis} WallAxis */
/** @typedef {{title: string, label: string, axis: WallAxis, at: number}} Setting   the value of a knob in a cell */

export class Plan {
  /** @param {import("../web/messages.js").WallHello} hello @param {Record<string, string>} titles of knobs */
  constructor(hello, titles) {
    this.hello = hello;
    this.titles = titles;
    this.cells = hello.cells;
    this.seeds = hello.seeds;
    this.rows = hello.rows;
    this.columns = hello.columns;
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
    return [this.rows, this.columns].filter((axis) => axis !== null);
  }

  /** @param {WallAxis} axis */
  titleOf({ knob }) {
    return this.titles[knob] ?? knob.replaceAll("_", " ");
  }

  /** @param {WallAxis} axis @param {number} cell */
  placeOn(axis, cell) {
    return axis === this.columns ? cell % this.across : Math.floor(cell / this.across);
  }

  /** @param {number} cell @returns {Setting[]} */
  settingsOf(cell) {
    return this.axes.map((axis) => {
      const at = this.placeOn(axis, cell);
      return { title: this.titleOf(axis), label: axis.labels[at], axis, at };
    });
  }

  /** "learning rate 0.1, hidden layers 3". @param {number} cell */
  nameOf(cell) {
    const settings = this.settingsOf(cell);
    if (!settings.length) return this.seeds > 1 ? `${this.seeds} seeds` : this.cells[cell].summary;
    return settings.map(({ title, label }) => `${lower(title)} ${label}`).join(", ");
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

/** A title within a sentence: "L2" stays as it is. @param {string} title */
export const lower = (title) => (/^.[A-Z0-9]/.test(title) ? title : title[0].toLowerCase() + title.slice(1));
