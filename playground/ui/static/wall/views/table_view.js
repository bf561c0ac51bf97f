// All figures of the cells in a table: sorted by any column, hidden by a bound, downloaded as they are.
import { checkbox } from "../../web/controls.js";
import { h } from "../../web/dom.js";
import { csvOf } from "../csv.js";
import { sorted } from "../ordering.js";
import { divergedOf } from "../sentences.js";

/** @typedef {import("../look.js").Look} Look */
/** @typedef {{title: string, number: boolean, value: (cell: number) => number | string, text: (cell: number) => string}} Column */

export default class TableView {
  /** @type {{by: number | null, falling: boolean}} */
  sort = { by: null, falling: false };
  /** @type {Look | undefined} */
  look;
  signature = "";
  /** @type {HTMLElement[]} */
  heads = [];
  /** @type {Map<number, {row: HTMLTableRowElement, texts: HTMLElement[], button: HTMLButtonElement, name: string}>} */
  rows = new Map();

  /** @param {import("../view_panel.js").ViewContext} context */
  constructor({ selection, hide }) {
    this.selection = selection;
    this.diverged = checkbox("Hide diverged", (on) => hide({ diverged: on }));
    this.boundWords = h("span", {}, "Hide below"); // until it is known what is judged
    this.bound = h("input", { type: "number", step: "any", class: "kp-bound", onchange: () => hide({ bound: this.readBound() }) });
    this.note = h("span", { class: "kp-view-note" });
    const download = (/** @type {string} */ text, /** @type {boolean} */ every, /** @type {string} */ hint) =>
      h("button", { type: "button", class: "kp-button kp-small-button", title: hint, onclick: () => this.download(every) }, text);
    this.head = h("div", { class: "kp-view-switches" }, this.diverged, h("label", { class: "kp-check" }, this.boundWords, this.bound), this.note,
      h("span", { class: "kp-downloads" }, download("CSV", false, "The figures of every network at the epoch on screen, hidden ones too"),
        download("CSV, all epochs", true, "The figures of every network after every epoch")));
    this.table = h("table", { class: "kp-wall-table", data: { testid: "wall-table" } }, this.thead = h("thead"), this.tbody = h("tbody"));
    this.node = h("div", { class: "kp-table-box" }, this.table);
    for (const [name, listener] of Object.entries({
      pointerover: (/** @type {Event} */ event) => selection.point(this.cellOf(event)), pointerleave: () => selection.point(null),
      click: (/** @type {Event} */ event) => this.pick(event),
      focusin: (/** @type {Event} */ event) => selection.point(this.cellOf(event)), focusout: () => selection.point(null),
    })) this.tbody.addEventListener(name, listener);
  }

  /** In the unit that is shown: shares are percent. @returns {number | null} */
  readBound() {
    const value = this.bound.value === "" ? NaN : Number(this.bound.value);
    return Number.isFinite(value) ? value * (this.look?.metric.scale === "share" ? 0.01 : 1) : null;
  }

  /** @param {Look} look */
  draw(look) {
    this.look = look;
    const { metric, filter, results } = look;
    this.diverged.firstElementChild.checked = filter.diverged;
    this.boundWords.textContent = `Hide ${metric.title.split(":")[0].toLowerCase()} ${metric.more ? "below" : "above"}${metric.scale === "share" ? " %" : ""}`;
    if (filter.bound === null && document.activeElement !== this.bound) this.bound.value = "";
    this.note.textContent = divergedOf(results);
    const columns = this.columns(look);
    this.build(look, columns);
    this.fill(look, columns);
    this.mark(look);
  }

  /** @param {Look} look @returns {Column[]} */
  columns({ plan, results, metrics }) {
    const knobs = plan.axes.map((axis) => ({
      title: plan.titleOf(axis), number: axis.scale !== "names",
      value: (/** @type {number} */ cell) => axis.positions[plan.placeOn(axis, cell)] ?? NaN, text: (/** @type {number} */ cell) => axis.labels[plan.placeOn(axis, cell)] ?? "–",
    }));
    const figures = metrics.map((metric, i) => ({
      title: metric.title.split(":")[0], number: true, value: (/** @type {number} */ cell) => results.cells(metric)[cell].mean,
      text: (/** @type {number} */ cell) => (i === 0 && results.isLost(cell) ? results.noteOf(cell) : metric.format(results.cells(metric)[cell].mean)),
    }));
    const disagree = results.disagreement;
    const seeds = disagree ? [{
      title: "Disagree", number: true, value: (/** @type {number} */ cell) => disagree[cell], text: (/** @type {number} */ cell) => `${Math.round(100 * disagree[cell])}\u202f%`,
    }] : [];
    const ended = (/** @type {number} */ cell) => results.noteOf(cell) || results.endOf(plan.first(cell));
    return [...knobs, ...figures, ...seeds, { title: "Ended", number: false, value: ended, text: ended }];
  }

  /** The head, and a row for each cell, once for a wall. @param {Look} look @param {Column[]} columns */
  build({ plan }, columns) {
    const signature = `${plan.hello.run} ${plan.columns?.labels} ${columns.map(({ title }) => title)}`;
    if (signature === this.signature) return;
    this.signature = signature;
    this.sort = { by: null, falling: false };
    this.heads = columns.map(({ title, number }, i) => h("th", { scope: "col", class: number ? "kp-number" : null },
      h("button", { type: "button", onclick: () => this.sortBy(i) }, title)));
    this.thead.replaceChildren(h("tr", {}, h("th", { scope: "col" }, h("span", { class: "kp-hidden" }, "Picked")), ...this.heads));
    this.rows = new Map(plan.cells.map((_, cell) => [cell, this.row(cell, plan.nameOf(cell), columns)]));
  }

  /** @param {number} cell @param {string} name @param {Column[]} columns */
  row(cell, name, columns) {
    const button = h("button", { type: "button", class: "kp-pick", "aria-pressed": "false" });
    const texts = columns.map(({ number }) => h("td", { class: number ? "kp-number" : null }));
    return { button, texts, name, row: h("tr", { data: { cell } }, h("td", {}, button), ...texts) };
  }

  /** @param {Look} look @param {Column[]} columns */
  fill({ hidden, plan, results }, columns) {
    for (const [cell, { texts, row }] of this.rows) {
      columns.forEach(({ text }, i) => {
        const words = text(cell);
        if (texts[i].textContent !== words) texts[i].textContent = words;
      });
      row.toggleAttribute("data-diverged", results.isLost(cell));
    }
    const { by, falling } = this.sort;
    const order = by === null ? plan.cells.map((_, i) => i) : sorted(plan.cells.map((_, cell) => columns[by].value(cell)), falling);
    const shown = order.filter((cell) => !hidden.has(cell)).map((cell) => /** @type {{row: HTMLElement}} */ (this.rows.get(cell)).row);
    if (shown.length !== this.tbody.childElementCount || shown.some((row, i) => this.tbody.children[i] !== row)) this.tbody.replaceChildren(...shown);
    this.heads.forEach((/** @type {HTMLElement} */ head, /** @type {number} */ i) => {
      if (i === by) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  /** @param {Look} look */
  mark({ dark }) {
    for (const [cell, { row, button, name }] of this.rows) {
      const number = this.selection.picked.get(cell);
      row.toggleAttribute("data-pointed", cell === this.selection.pointed);
      button.setAttribute("aria-pressed", String(number !== undefined));
      button.textContent = number === undefined ? "" : String(number);
      button.setAttribute("aria-label", `${number === undefined ? "Pick" : `${number}:`} ${name}`);
      button.style.backgroundColor = this.selection.colorOf(cell, dark);
    }
  }

  /** The same column again turns it round. @param {number} column */
  sortBy(column) {
    this.sort = { by: column, falling: this.sort.by === column && !this.sort.falling };
    if (this.look) this.draw(this.look);
  }

  /** @param {Event} event @returns {number | null} */
  cellOf({ target }) {
    const row = target instanceof Element ? target.closest("tr") : null;
    return row?.dataset.cell === undefined ? null : Number(row.dataset.cell);
  }

  /** @param {Event} event */
  pick(event) {
    const cell = this.cellOf(event);
    if (cell !== null) this.selection.toggle(cell);
  }

  /** @param {boolean} every epoch */
  download(every) {
    if (!this.look) return;
    const { plan, results } = this.look;
    const address = URL.createObjectURL(new Blob([csvOf(plan, results, every)], { type: "text/csv" }));
    h("a", { href: address, download: every ? "wall-epochs.csv" : "wall.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
}
