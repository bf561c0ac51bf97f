// Bars of what was answered before and after a run, side by side; the lengths alone change.
import { h, LiveText } from "../../web/dom.js";
import { answeredWords, barRows } from "./bar_rows.js";

/** @typedef {import("../messages.js").Bars} Bars */

const KINDS = [["before", "Before"], ["after", "After"]];
const IN_A_COLUMN = 4; // more do not fit on the projector one below the other

export class AnswerBars {
  key = "";
  /** @type {{fill: HTMLElement, count: LiveText, width: string}[][]} */
  bars = [];

  constructor() {
    this.list = h("ul", { class: "kp-bars", data: { testid: "bars" } });
    this.words = new LiveText("");
    const legend = KINDS.map(([kind, text]) => h("span", { class: "kp-key" }, h("i", { class: "kp-bar-swatch", data: { kind }, "aria-hidden": "true" }), text));
    this.node = h("div", { class: "kp-bars-box" }, h("div", { class: "kp-legend" }, ...legend), this.list, h("p", { class: "kp-bars-words" }, this.words.node));
  }

  /** @param {Bars} bars */
  show(bars) {
    const rows = barRows(bars);
    const key = JSON.stringify(rows.map(({ text }) => text));
    if (key !== this.key) this.build(rows);
    this.key = key;
    rows.forEach((row, i) => this.bars[i].forEach((bar, after) => {
      const width = `${(100 * (after ? row.after : row.before)).toFixed(1)}%`;
      if (bar.width !== width) bar.fill.style.width = bar.width = width;
      bar.count.write(String(after ? row.observed : row.predicted));
    }));
    this.words.write(answeredWords(bars));
  }

  /** @param {import("./bar_rows.js").BarRow[]} rows */
  build(rows) {
    this.bars = rows.map(() => KINDS.map(([kind]) => ({ fill: h("i", { class: "kp-bar-fill", data: { kind } }), count: new LiveText(""), width: "" })));
    const columns = rows.length > IN_A_COLUMN ? 2 : 1;
    this.list.style.setProperty("--kp-bar-columns", String(columns));
    this.list.style.setProperty("--kp-bar-rows", String(Math.ceil(rows.length / columns)));
    this.list.replaceChildren(...rows.map(({ text }, i) => h("li", {}, h("span", { class: "kp-bar-text", dir: "auto" }, text),
      ...this.bars[i].map(({ fill, count }, after) => h("div", { class: "kp-bar" }, h("span", { class: "kp-bar-track" }, fill),
        h("span", { class: "kp-bar-count" }, h("span", { class: "kp-hidden" }, `${KINDS[after][1]}: `), count.node))))));
  }
}
