// Over the wall: how its tiles are sorted, which are shown, and which are chosen.
import { Choice } from "../../web/controls.js";
import { h, LiveText, setHidden } from "../../web/dom.js";
import { button } from "./controls.js";
import { FILTERS, SORTS } from "./seat_order.js";

/**
 * @typedef {object} ToolActions
 * @property {(wanted: {sort?: string, filter?: string, text?: string}) => void} want
 * @property {(on: boolean) => void} choosing
 * @property {() => void} clear
 * @property {() => void} admitAll
 */

export class Tools {
  /** @param {ToolActions} actions */
  constructor(actions) {
    this.sort = new Choice("Sort", (sort) => actions.want({ sort }));
    this.sort.show(SORTS, "seat");
    this.filter = new Choice("Show", (filter) => actions.want({ filter }));
    this.filter.show(FILTERS, "all");
    this.find = h("input", { type: "search", class: "kp-input kp-find", placeholder: "Find a name", "aria-label": "Find a name", oninput: () => actions.want({ text: this.find.value }) });
    this.choosing = button("Select", () => {
      const on = this.choosing.getAttribute("aria-pressed") !== "true";
      this.choosing.setAttribute("aria-pressed", String(on));
      actions.choosing(on);
    }, { "aria-pressed": "false", title: "A click on a tile selects it; without this, Ctrl and a click, or the space bar" });
    this.clear = button("Select none", actions.clear, { hidden: true });
    this.admitText = new LiveText("Admit all");
    this.admit = button("", actions.admitAll, { class: "kp-primary", hidden: true });
    this.admit.append(this.admitText.node);
    this.node = h("div", { class: "kp-tools", role: "group", "aria-label": "Wall of learners" },
      h("label", { class: "kp-tool" }, h("span", { "aria-hidden": "true" }, "Sort"), this.sort.node), h("label", { class: "kp-tool" }, h("span", { "aria-hidden": "true" }, "Show"), this.filter.node), this.find, this.choosing, this.clear, this.admit);
  }

  /** @param {number} waiting */
  showWaiting(waiting) {
    setHidden(this.admit, !waiting);
    this.admitText.write(`Admit all (${waiting})`);
  }

  /** @param {number} chosen */
  showChosen(chosen) {
    setHidden(this.clear, !chosen);
  }
}
