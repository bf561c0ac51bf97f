// One selection for all views: the cell, or the trial, that is pointed at, and those that are picked.

/** Colours of what is picked, told apart by the colour-blind; each pick has a number, too. */
const LIGHT = ["#c14a00", "#0067a3", "#00795a", "#a8437f", "#8a6500", "#444444"];
const DARK = ["#ff9a52", "#6cc3ff", "#4fd9ae", "#f29ccb", "#f0d34a", "#dddddd"];

export class Selection {
  constructor() {
    /** @type {Map<number, number>} cell → its number, 1, 2, … */
    this.picked = new Map();
    /** @type {number | null} */
    this.pointed = null;
    /** @type {((cell: number, dark: boolean) => string) | null} */
    this.own = null;
    /** @type {((before: {pointed: number | null}) => void)[]} */
    this.listeners = [];
  }

  /** @param {(before: {pointed: number | null}) => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** @param {number | null} [pointed] what was pointed at before */
  tell(pointed = this.pointed) {
    for (const listener of this.listeners) listener({ pointed });
  }

  /** @param {number | null} cell */
  point(cell) {
    if (cell === this.pointed) return;
    const before = this.pointed;
    this.pointed = cell;
    this.tell(before);
  }

  /** @param {number} cell */
  toggle(cell) {
    if (!this.picked.delete(cell)) this.picked.set(cell, this.free());
    this.tell();
  }

  clear() {
    this.picked.clear();
    this.tell();
  }

  /** The least number that no cell has. */
  free() {
    const taken = new Set(this.picked.values());
    let number = 1;
    while (taken.has(number)) number += 1;
    return number;
  }

  /** Each cell has its own colour, or picks have theirs. @param {((cell: number, dark: boolean) => string) | null} own */
  colorBy(own) {
    this.own = own;
  }

  /** @param {number} cell @param {boolean} dark @returns {string} empty for one that is not picked */
  colorOf(cell, dark) {
    const number = this.picked.get(cell);
    if (number !== undefined && this.own) return this.own(cell, dark);
    return number === undefined ? "" : (dark ? DARK : LIGHT)[(number - 1) % LIGHT.length];
  }
}
