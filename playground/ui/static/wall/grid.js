// The cells along their axes: one is reached by Tab, the others by arrow keys.
import { h } from "../web/dom.js";
import { Cell } from "./cell.js";
import { paintCell } from "./cell_picture.js";
import { frameOf, gapOf, heightOf, layoutOf } from "./grid_layout.js";
import { lower } from "../web/format.js";
import { detailsOf } from "./sentences.js";

/** @typedef {import("../web/messages.js").CellsMessage} Frame */
/** @typedef {import("./look.js").Look} Look */

const BESIDE = 12; // px that the box keeps free at its sides
const ABOVE = 6; // and above and below
const HIGHEST = 0.68; // of the window, of a box that is as high as its cells need
const TITLE = 18; // px of an axis' title
const WORDY = 118; // px of a cell from which on its figures are named

export class CellGrid {
  /** @type {Cell[]} */
  cells = [];
  /** @type {import("./plan.js").Plan | undefined} */
  plan;
  /** @type {import("./grid_layout.js").Layout | undefined} */
  layout;
  /** @type {Frame | undefined} */
  frame;
  free = false;
  current = 0; // the cell that Tab reaches
  /** @type {number[]} */
  order = []; // of the cells, row by row

  /** @param {import("../web/selection.js").Selection} selection */
  constructor(selection) {
    this.selection = selection;
    this.table = h("div", {
      class: "kp-cells", role: "grid", "aria-multiselectable": "true", data: { testid: "cells" },
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      onclick: (/** @type {Event} */ event) => this.pick(event),
      onpointerover: (/** @type {Event} */ event) => selection.point(this.cellOf(event)),
      onpointerleave: () => selection.point(null),
      onfocusin: (/** @type {Event} */ event) => this.focused(event),
      onfocusout: () => selection.point(null),
    });
    this.above = h("div", { class: "kp-axis-above", "aria-hidden": "true" });
    this.beside = h("div", { class: "kp-axis-beside", "aria-hidden": "true" });
    this.node = h("div", { class: "kp-cells-box", data: { testid: "cells-box" } },
      h("div", { class: "kp-cells-frame" }, this.above, this.beside, this.table));
    selection.listen(({ pointed }) => this.mark(pointed));
  }

  // ---------------------------------------------------------------- building

  /** @param {import("./plan.js").Plan} plan */
  setPlan(plan) {
    this.plan = plan;
    this.frame = undefined;
    this.layout = undefined;
    this.current = 0;
    this.order = plan.cells.map((_, i) => i);
    this.cells = plan.cells.map((_, i) => new Cell(i, plan.linkOf(i), plan.headingOf(i), plan.isComparison));
    this.cells[0].node.tabIndex = 0;
    this.table.setAttribute("aria-label", this.title);
    this.above.textContent = plan.flat && plan.columns ? plan.titleOf(plan.columns) : "";
    this.beside.textContent = plan.flat && plan.rows ? plan.titleOf(plan.rows) : "";
    this.place();
  }

  get title() {
    const plan = /** @type {import("./plan.js").Plan} */ (this.plan);
    const axes = plan.knobAxes.map((axis) => lower(plan.titleOf(axis)));
    return axes.length ? `Networks by ${axes.join(" and ")}` : "Networks";
  }

  /** As large as the box allows. @param {boolean} [free] whether the box is as high as they need */
  place(free = this.free) {
    this.free = free;
    const { plan, node } = this;
    if (!plan || !node.clientWidth) return;
    const title = TITLE * Number(plan.flat);
    const height = free ? HIGHEST * window.innerHeight : node.clientHeight;
    const layout = layoutOf({ width: node.clientWidth - BESIDE - title, height: height - ABOVE - title }, plan);
    node.parentElement?.style.setProperty("--kp-needed", `${heightOf(layout, plan.headingLines) + ABOVE + title}px`);
    if (JSON.stringify(layout) === JSON.stringify(this.layout)) return;
    const before = this.layout;
    this.layout = layout;
    const { size, left, top, columns, lines, turned } = layout;
    this.table.style.gridTemplateColumns = `${plan.flat ? `${left}px ` : ""}repeat(${columns}, ${size}px)`;
    for (const [name, value] of Object.entries({ size, top, left, gap: gapOf(size), edge: frameOf(size), picture: size - 2 * frameOf(size) })) this.node.style.setProperty(`--kp-${name}`, `${value}px`);
    Object.assign(this.node.dataset, { lines: String(lines), turned: String(turned), tiny: String(size < WORDY / 2), flat: String(plan.flat) });
    if (before?.columns !== columns || !this.table.childElementCount) this.build();
  }

  build() {
    const { plan, layout, cells, order } = this;
    if (!plan || !layout) return;
    const focused = this.table.contains(document.activeElement);
    const rows = [];
    if (plan.flat) rows.push(this.headers());
    for (let row = 0; row < layout.rows; row += 1) {
      const inRow = order.slice(row * layout.columns, (row + 1) * layout.columns).map((i) => cells[i].node);
      rows.push(h("div", { role: "row", class: "kp-cells-row" }, ...(plan.rows && plan.flat ? [header("rowheader", plan.titleOf(plan.rows), plan.rows.labels[row])] : []), ...inRow));
    }
    this.table.replaceChildren(...rows);
    if (focused) cells[this.current].node.focus({ preventScroll: true });
  }

  headers() {
    const plan = /** @type {import("./plan.js").Plan} */ (this.plan);
    const columns = /** @type {import("./plan.js").WallAxis} */ (plan.columns);
    return h("div", { role: "row", class: "kp-cells-row" }, h("span", { role: "columnheader", class: "kp-corner" }, h("span", { class: "kp-hidden" }, `${this.beside.textContent}`)),
      ...columns.labels.map((label) => header("columnheader", plan.titleOf(columns), label)));
  }

  /** @param {number[]} order */
  setOrder(order) {
    if (order.join() === this.order.join()) return;
    this.order = order;
    this.build();
  }

  // ---------------------------------------------------------------- painting

  /** @param {Frame} frame @param {Look} look */
  paint(frame, look) {
    this.frame = frame;
    this.pictures(look);
    this.write(look);
  }

  /** @param {Look} look */
  pictures({ palettes, disagreement }) {
    const { frame, plan } = this;
    if (!frame || !plan) return;
    const { maps, ranges, spread } = frame.arrays;
    const [, values, n] = maps.shape;
    const area = n * n;
    this.cells.forEach(({ picture }, i) => paintCell(picture, plan.cells[i], palettes, {
      map: maps.data.subarray(i * values * area, (i + 1) * values * area), n, lo: ranges.data[2 * i], hi: ranges.data[2 * i + 1],
      spread: spread ? spread.data.subarray(i * area, (i + 1) * area) : null,
    }, disagreement));
  }

  /** Colours, figures and what is hidden. @param {Look} look */
  write(look) {
    const { layout, cells } = this;
    const { results, metric, scale, hidden } = look;
    const figures = results.cells(metric);
    cells.forEach((cell, i) => {
      cell.showColor(results.isLost(i) ? "" : scale.color(figures[i].mean));
      cell.showRun(look.dark);
      cell.showNote(results.noteOf(i), results.isLost(i));
      if (layout?.lines) cell.showFigures(this.figuresOf(i, look));
      if (cell.node.hasAttribute("data-hidden") !== hidden.has(i)) cell.node.toggleAttribute("data-hidden", hidden.has(i));
    });
    if (!look.playing) for (const cell of cells) cell.name(this.labelOf(cell.index, look));
    else if (this.selection.pointed !== null) cells[this.selection.pointed].name(this.labelOf(this.selection.pointed, look));
    this.look = look;
  }

  /** Under the picture: the two figures of the part watched, or the one that is judged by. @param {number} cell @param {Look} look */
  figuresOf(cell, { results, metrics, metric }) {
    const layout = /** @type {import("./grid_layout.js").Layout} */ (this.layout);
    const two = metrics.filter(({ name }) => name === "val_accuracy" || name === "val_loss");
    const wordy = layout.size >= WORDY;
    if (results.isLost(cell)) return [];
    return (layout.lines > 1 ? two : [metric]).map((each) => {
      const { mean, least, most, count } = results.cells(each)[cell];
      const text = each.format(mean);
      const range = wordy && count > 1 && layout.size > 1.6 * WORDY ? ` (${each.format(least)} to ${each.format(most)})` : "";
      return wordy ? `${each.title} ${text}${range}` : text;
    });
  }

  /** @param {number} cell @param {Look} look */
  labelOf(cell, look) {
    const plan = /** @type {import("./plan.js").Plan} */ (this.plan);
    return `${plan.nameOf(cell)}: ${detailsOf(cell, look)}`;
  }

  // ---------------------------------------------------------------- selection and keyboard

  /** @param {number | null} before what was pointed at */
  mark(before) {
    const { selection, cells, look } = this;
    for (const cell of [before, selection.pointed]) {
      if (cell !== null && cells[cell]) cells[cell].node.toggleAttribute("data-pointed", cell === selection.pointed);
    }
    if (selection.pointed !== null && look) cells[selection.pointed]?.name(this.labelOf(selection.pointed, look));
    if (!look) return;
    for (const cell of cells) cell.showPick(selection.picked.get(cell.index), selection.colorOf(cell.index, look.dark));
  }

  /** @param {Event} event @returns {number | null} */
  cellOf({ target }) {
    const node = target instanceof Element ? target.closest("[data-testid=cell]") : null;
    return node instanceof HTMLElement ? Number(node.dataset.cell) : null;
  }

  /** @param {Event} event */
  pick(event) {
    const cell = this.cellOf(event);
    if (cell !== null) this.selection.toggle(cell);
  }

  /** @param {Event} event */
  focused(event) {
    const cell = this.cellOf(event);
    if (cell === null) return;
    this.cells[this.current].node.tabIndex = -1;
    this.current = cell;
    this.cells[cell].node.tabIndex = 0;
    this.selection.point(cell);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const cell = this.cellOf(event);
    if (cell === null || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return this.selection.toggle(cell);
    }
    const to = this.goal(event, this.order.indexOf(cell));
    if (to === null) return;
    event.preventDefault();
    this.cells[this.order[Math.max(0, Math.min(this.order.length - 1, to))]].node.focus();
  }

  /** Where a key leads. @param {KeyboardEvent} event @param {number} at @returns {number | null} */
  goal({ key, ctrlKey }, at) {
    const across = this.layout?.columns ?? 1;
    const [start, last] = [at - (at % across), this.order.length - 1];
    switch (key) {
      case "ArrowRight": return at + 1;
      case "ArrowLeft": return at - 1;
      case "ArrowDown": return at + across > last ? at : at + across;
      case "ArrowUp": return at < across ? at : at - across;
      case "Home": return ctrlKey ? 0 : start;
      case "End": return ctrlKey ? last : Math.min(last, start + across - 1);
      default: return null;
    }
  }
}

/** @param {string} role @param {string} title of the axis @param {string} label */
const header = (role, title, label) => h("span", { role, class: "kp-cells-header", title: `${title} ${label}` },
  h("span", { class: "kp-hidden" }, `${lower(title)} `), h("span", { class: "kp-cells-label" }, label));
