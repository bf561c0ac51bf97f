// A table of many, sorted by any column, whose rows are pointed at and picked.
import { h } from "./dom.js";
import { sorted } from "./ordering.js";

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {boolean} number   whether it stands at the right
 * @property {(id: number) => number | string} value   by which it is sorted
 * @property {(id: number) => string} text
 * @property {(id: number) => string} [link]   where its text leads, if it does
 */
/**
 * @typedef {object} Rows
 * @property {string} key        of another table rows and columns are others
 * @property {Column[]} columns
 * @property {number} count      of rows, their numbers from 0 on; where they become fewer they are others
 * @property {(id: number) => boolean} shown
 * @property {(id: number) => string} nameOf
 * @property {(id: number) => boolean} lost   whether it has diverged
 * @property {boolean} dark
 */
/** @typedef {{row: HTMLTableRowElement, texts: HTMLElement[], button: HTMLButtonElement, name: string}} Row */

export class SortedTable {
  /** @type {{by: number | null, falling: boolean}} */
  sort = { by: null, falling: false };
  key = "";
  /** @type {Rows | null} */
  content = null;
  /** @type {HTMLElement[]} */
  heads = [];
  /** @type {Row[]} */
  rows = [];
  dark = false;

  /** @param {string} testid @param {import("./selection.js").Selection} selection */
  constructor(testid, selection) {
    this.selection = selection;
    this.thead = h("thead");
    this.tbody = h("tbody");
    this.node = h("div", { class: "kp-table-box" }, h("table", { class: "kp-table", data: { testid } }, this.thead, this.tbody));
    for (const [name, listener] of Object.entries({
      pointerover: (/** @type {Event} */ event) => selection.point(this.idOf(event)), pointerleave: () => selection.point(null),
      click: (/** @type {Event} */ event) => this.pick(event),
      focusin: (/** @type {Event} */ event) => selection.point(this.idOf(event)), focusout: () => selection.point(null),
    })) this.tbody.addEventListener(name, listener);
  }

  /** @param {Rows} content */
  draw(content) {
    this.content = content;
    if (content.key !== this.key) this.begin(content);
    if (this.rows.length > content.count) this.rows = [];
    while (this.rows.length < content.count) this.rows.push(this.row(this.rows.length, content));
    this.fill(content);
    this.mark(content.dark);
  }

  /** The head, once for a table. @param {Rows} content */
  begin({ key, columns }) {
    this.key = key;
    this.sort = { by: null, falling: false };
    this.rows = [];
    this.heads = columns.map(({ title, number }, i) => h("th", { scope: "col", class: number ? "kp-number" : null },
      h("button", { type: "button", onclick: () => this.sortBy(i) }, title)));
    this.thead.replaceChildren(h("tr", {}, h("th", { scope: "col" }, h("span", { class: "kp-hidden" }, "Picked")), ...this.heads));
  }

  /** @param {number} id @param {Rows} content @returns {Row} */
  row(id, { columns, nameOf }) {
    const name = nameOf(id);
    const button = h("button", { type: "button", class: "kp-pick", "aria-pressed": "false" });
    const cells = columns.map(({ number, link }) => h("td", { class: number ? "kp-number" : null }, ...(link ? [h("a", { href: link(id), "aria-label": `Open in Play: ${name}` })] : [])));
    const texts = cells.map((cell) => cell.firstElementChild ?? cell);
    return { button, texts, name, row: h("tr", { data: { cell: id } }, h("td", {}, button), ...cells) };
  }

  /** @param {Rows} content */
  fill({ columns, shown, lost }) {
    const { by, falling } = this.sort;
    const order = by === null ? this.rows.map((_, id) => id) : sorted(this.rows.map((_, id) => columns[by].value(id)), falling);
    const seen = order.filter(shown);
    for (const id of seen) {
      const { texts, row } = this.rows[id];
      columns.forEach(({ text }, i) => {
        const words = text(id);
        if (texts[i].textContent !== words) texts[i].textContent = words;
      });
      row.toggleAttribute("data-diverged", lost(id));
    }
    const rows = seen.map((id) => this.rows[id].row);
    if (rows.length !== this.tbody.childElementCount || rows.some((row, i) => this.tbody.children[i] !== row)) this.tbody.replaceChildren(...rows);
    this.heads.forEach((head, i) => {
      if (i === by) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  /** @param {boolean} dark */
  mark(dark) {
    const turned = dark !== this.dark;
    this.dark = dark;
    this.rows.forEach(({ row, button, name }, id) => {
      const number = this.selection.picked.get(id);
      row.toggleAttribute("data-pointed", id === this.selection.pointed);
      const label = `${number === undefined ? "Pick" : `${number}:`} ${name}`;
      if (!turned && button.getAttribute("aria-label") === label) return;
      button.setAttribute("aria-label", label);
      button.setAttribute("aria-pressed", String(number !== undefined));
      button.textContent = number === undefined ? "" : String(number);
      button.style.backgroundColor = this.selection.colorOf(id, dark);
    });
  }

  /** The same column again turns it round. @param {number} column */
  sortBy(column) {
    this.sort = { by: column, falling: this.sort.by === column && !this.sort.falling };
    if (this.content) this.draw(this.content);
  }

  /** @param {Event} event @returns {number | null} */
  idOf({ target }) {
    const row = target instanceof Element ? target.closest("tr") : null;
    return row?.dataset.cell === undefined ? null : Number(row.dataset.cell);
  }

  /** A link in a row leads away and picks nothing. @param {Event} event */
  pick(event) {
    if (event.target instanceof Element && event.target.closest("a")) return;
    const id = this.idOf(event);
    if (id !== null) this.selection.toggle(id);
  }
}
