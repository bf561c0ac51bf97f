// The bar of drawing: class, tool, the way back, how many there are.
import { Segments } from "../../web/controls.js";
import { h, marks, setHidden } from "../../web/dom.js";
import { DRAWN, SYMBOLS } from "../../web/facts.js";
import { classColors } from "../../web/palette.js";
import { css } from "../../web/theme.js";

export class DrawingTools {
  tool = "draw";
  chosen = 0; // class

  /** @param {{undo: () => void, redo: () => void, clear: () => void, done: () => void, key: (event: KeyboardEvent) => boolean}} actions */
  constructor(actions) {
    this.classes = Array.from({ length: DRAWN.classes }, (_, k) => h("button", {
      type: "button", class: "kp-segment kp-class-button", title: `Class ${k} (key ${k + 1})`, "aria-label": `Class ${k}`,
      onclick: () => this.choose(k),
    }));
    this.tools = new Segments("Tool", (tool) => this.take(tool));
    const button = (/** @type {string} */ text, /** @type {string} */ hint, /** @type {() => void} */ onclick) =>
      h("button", { type: "button", class: "kp-button kp-small-button", title: hint, onclick }, text);
    this.undo = button("Undo", "Take back what was drawn last (Ctrl+Z)", actions.undo);
    this.redo = button("Redo", "Draw it again (Ctrl+Y)", actions.redo);
    this.clear = button("Clear", "Erase all points", actions.clear);
    this.count = h("span", { class: "kp-drawing-count", role: "status", data: { testid: "drawing-count" } });
    this.hint = h("p", { class: "kp-drawing-hint", hidden: true, role: "status", data: { testid: "drawing-hint" } });
    this.node = h("div", { class: "kp-drawing", hidden: true, role: "group", "aria-label": "Draw points", data: { testid: "drawing" },
      onkeydown: (/** @type {KeyboardEvent} */ event) => actions.key(event) && event.preventDefault() },
      h("div", { class: "kp-segments", role: "group", "aria-label": "Class" }, ...this.classes),
      this.tools.node, h("span", { class: "kp-drawing-steps" }, this.undo, this.redo, this.clear),
      this.count, button("Done", "Draw no more (Escape)", actions.done), this.hint);
    this.choose(0);
    this.take("draw");
  }

  /** @param {number} k */
  choose(k) {
    this.chosen = k;
    this.classes.forEach((button, i) => button.setAttribute("aria-pressed", String(i === k)));
    this.take("draw");
  }

  /** @param {string} tool */
  take(tool) {
    this.tool = tool;
    this.tools.show([["draw", "Draw", "Click adds a point, dragging sprays; a point that is dragged moves"], ["erase", "Erase", "Drag over points to erase them"]], tool);
  }

  /** @param {import("../../web/theme.js").Theme} theme */
  setTheme(theme) {
    classColors(DRAWN.classes).forEach((color, k) => {
      this.classes[k].replaceChildren(marks([{ shape: SYMBOLS[k], fill: css(color), stroke: theme.halo }]));
    });
  }

  /**
   * @param {import("./sketch.js").Sketch} sketch @param {string} hint @param {string} where the cursor is
   * @returns {boolean} whether the keyboard was at a button that can be pressed no more
   */
  show({ points, before, after }, hint, where) {
    const { length } = points;
    const count = `${length.toLocaleString("en")} point${length === 1 ? "" : "s"}${where ? ` · ${where}` : ""}`;
    if (this.count.textContent !== count) this.count.textContent = count;
    const off = /** @type {[HTMLButtonElement, boolean][]} */ ([[this.undo, !before.length], [this.redo, !after.length], [this.clear, !length]]);
    const left = off.some(([button, disabled]) => disabled && button === document.activeElement);
    for (const [button, disabled] of off) button.disabled = disabled;
    setHidden(this.hint, !hint);
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
    return left;
  }
}
