// All trials in a table: sorted by any column, each with the way to Play, downloaded with the figures of every seed.
import { downloadCsv } from "../../web/csv.js";
import { h } from "../../web/dom.js";
import { addressInPlay } from "../../web/in_play.js";
import { SortedTable } from "../../web/sorted_table.js";
import { csvOf } from "../csv.js";
import { divergedOf, STATES } from "../sentences.js";

/** @typedef {import("../look.js").Look} Look */
/** @typedef {import("../../web/sorted_table.js").Column} Column */

export default class TableView {
  /** @type {Look | null} */
  look = null;

  /** @param {import("../../web/selection.js").Selection} selection */
  constructor(selection) {
    this.table = new SortedTable("search-table", selection);
    this.node = this.table.node;
    this.note = h("span", { class: "kp-view-note" });
    this.head = h("div", { class: "kp-view-switches" }, this.note, h("span", { class: "kp-downloads" },
      h("button", { type: "button", class: "kp-button kp-small-button", title: "The figures of every trial, of each of its seeds", onclick: () => this.download() }, "CSV")));
  }

  /** Its columns read from the newest look. @param {Look} look */
  draw(look) {
    this.look = look;
    const { trials, dark } = look;
    this.note.textContent = [trials.seeds > 1 ? `Means of ${trials.seeds} seeds; CSV has each.` : "", divergedOf(trials)].filter(Boolean).join(" ");
    const columns = columnsOf(look);
    this.table.draw({
      key: `${trials.hello.run} ${columns.map(({ title }) => title)}`, columns, count: trials.count, dark, shown: () => true,
      nameOf: (trial) => `${trials.nameOf(trial)}, ${trials.settingsInWords(trial)}`, lost: (trial) => trials.isLost(trial),
    });
  }

  download() {
    if (this.look) downloadCsv(csvOf(this.look.trials), "search.csv");
  }
}

/** @param {Look} look @returns {Column[]} */
function columnsOf({ trials, metrics }) {
  const knobs = trials.axes.map((axis, i) => ({
    title: axis.title, number: !axis.names, value: (/** @type {number} */ trial) => trials.valueOf(trial, i), text: (/** @type {number} */ trial) => axis.text(trials.valueOf(trial, i)),
  }));
  const figures = metrics.map((metric) => ({
    title: metric.title.split(":")[0], number: true, value: (/** @type {number} */ trial) => trials.sums(metric)[trial].mean,
    text: (/** @type {number} */ trial) => metric.format(trials.sums(metric)[trial].mean),
  }));
  const [first, ...more] = figures;
  const words = (/** @type {number} */ trial) => STATES[trials.stateOf(trial)].words;
  return [
    { title: "Trial", number: true, value: (trial) => trial, text: (trial) => String(trial + 1) }, first, ...knobs,
    { title: "State", number: false, value: words, text: words },
    { title: "Epochs", number: true, value: (trial) => trials.epochs[trial], text: (trial) => String(trials.epochs[trial]) },
    ...more, { title: "In Play", number: false, value: (trial) => trial, text: () => "Open", link: (trial) => addressInPlay(trials.links[trial]) },
  ];
}
