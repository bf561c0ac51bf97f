// All figures of the cells in a table: sorted by any column, hidden by a bound, downloaded as they are.
import { checkbox } from "../../web/controls.js";
import { downloadCsv } from "../../web/csv.js";
import { h } from "../../web/dom.js";
import { SortedTable } from "../../web/sorted_table.js";
import { csvOf } from "../csv.js";
import { divergedOf } from "../sentences.js";

/** @typedef {import("../look.js").Look} Look */

export default class TableView {
  /** @type {Look | undefined} */
  look;

  /** @param {import("../views.js").ViewContext} context */
  constructor({ selection, hide }) {
    this.diverged = checkbox("Hide diverged", (on) => hide({ diverged: on }));
    this.boundWords = h("span", {}, "Hide below"); // until it is known what is judged
    this.bound = h("input", { type: "number", step: "any", class: "kp-bound", onchange: () => hide({ bound: this.readBound() }) });
    this.note = h("span", { class: "kp-view-note" });
    const download = (/** @type {string} */ text, /** @type {boolean} */ every, /** @type {string} */ hint) =>
      h("button", { type: "button", class: "kp-button kp-small-button", title: hint, onclick: () => this.download(every) }, text);
    this.head = h("div", { class: "kp-view-switches" }, this.diverged, h("label", { class: "kp-check" }, this.boundWords, this.bound), this.note,
      h("span", { class: "kp-downloads" }, download("CSV", false, "The figures of every network at the epoch on screen, hidden ones too"),
        download("CSV, all epochs", true, "The figures of every network after every epoch")));
    this.table = new SortedTable("wall-table", selection);
    this.node = this.table.node;
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
    const { plan, hidden, dark } = look;
    const columns = this.columns(look);
    this.table.draw({
      key: `${plan.hello.run} ${plan.columns?.labels} ${columns.map(({ title }) => title)}`, columns, count: plan.cells.length, dark,
      shown: (cell) => !hidden.has(cell), nameOf: (cell) => plan.nameOf(cell), lost: (cell) => results.isLost(cell),
    });
  }

  /** @param {Look} look @returns {import("../../web/sorted_table.js").Column[]} */
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

  /** @param {boolean} every epoch */
  download(every) {
    if (!this.look) return;
    const { plan, results } = this.look;
    downloadCsv(csvOf(plan, results, every), every ? "wall-epochs.csv" : "wall.csv");
  }
}
