// What plane the cells show of more than two inputs, and what is held fixed beside it, in words, under the grid.
import { h, setHidden } from "../web/dom.js";
import { axesInWords } from "../web/given_names.js";

/** One line where it is the same of all cells; else each cell's own details say it (`heldApart`). */
export class HeldLine {
  constructor() {
    this.node = h("p", { class: "kp-cells-held", hidden: true, data: { testid: "cells-held" } });
  }

  /** @param {import("./plan.js").Plan} plan */
  show(plan) {
    const words = heldWords(plan);
    setHidden(this.node, !words);
    if (this.node.textContent !== words) this.node.textContent = words;
  }
}

/** What is said of all cells. @param {import("./plan.js").Plan} plan */
export const heldWords = (plan) => (sameHeld(plan) ? heldOf(plan.cells[0]) : "");

/** What is said of a cell by itself: empty where all cells say the same, or where nothing is held. @param {import("./plan.js").Plan} plan @param {number} cell */
export const heldApart = (plan, cell) => (sameHeld(plan) ? "" : heldOf(plan.cells[cell]));

/** @param {import("./plan.js").Plan} plan */
const sameHeld = ({ cells }) => cells.every((cell) => heldOf(cell) === heldOf(cells[0]));

/** @param {import("../web/messages.js").WallCell} cell */
const heldOf = ({ held, axes }) => (held && `${axesInWords(axes)} ${held}`);
