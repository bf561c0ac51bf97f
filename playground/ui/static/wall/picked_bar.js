// The bar under the grid: the cell that is pointed at, and those that are picked: what differs, and where each opens.
import { h, setHidden } from "../web/dom.js";
import { addressInPlay } from "../web/in_play.js";
import { differences } from "./differences.js";
import { sentenceOf } from "./sentences.js";

/** @typedef {import("./look.js").Look} Look */

export class PickedBar {
  key = "";
  /** @type {{cell: number, figures: HTMLElement}[]} */
  items = [];

  /** @param {import("./selection.js").Selection} selection @param {(cell: number) => void} showSeeds */
  constructor(selection, showSeeds) {
    this.selection = selection;
    this.showSeeds = showSeeds;
    this.pointed = h("p", { class: "kp-pointed", data: { testid: "pointed" } });
    this.same = h("span", { class: "kp-view-note" });
    this.clear = h("button", { type: "button", class: "kp-button kp-small-button", "aria-label": "Clear the picked", onclick: () => selection.clear() }, "Clear");
    this.list = h("ul", { class: "kp-picks", "aria-label": "Picked" });
    this.picks = h("div", { class: "kp-picked", hidden: true, data: { testid: "picked" } }, this.list);
    this.node = h("div", { class: "kp-picked-bar" }, h("div", { class: "kp-picked-head" }, this.pointed, this.same, this.clear), this.picks);
  }

  /** @param {Look} look */
  show(look) {
    const { plan } = look;
    const cells = [...this.selection.picked.keys()];
    const { pointed } = this.selection;
    const words = pointed === null ? (cells.length ? "" : "Pick cells to compare them, in every view.") : `${plan.nameOf(pointed)}: ${sentenceOf(pointed, look)}`;
    if (this.pointed.textContent !== words) this.pointed.textContent = words;
    for (const node of [this.picks, this.same, this.clear]) setHidden(node, !cells.length);
    const key = `${plan.hello.run} ${cells} ${look.dark}`;
    if (key !== this.key) this.build(look, cells);
    this.key = key;
    for (const { cell, figures } of this.items) {
      const text = sentenceOf(cell, look);
      if (figures.textContent !== text) figures.textContent = text;
    }
  }

  /** @param {Look} look @param {number[]} cells */
  build({ plan, dark }, cells) {
    const { same, each } = differences(plan, cells);
    this.same.textContent = same && `All: ${same}`;
    this.items = [];
    this.list.replaceChildren(...cells.map((cell, i) => {
      const badge = h("span", { class: "kp-badge" }, String(this.selection.picked.get(cell)));
      badge.style.setProperty("--kp-pick", this.selection.colorOf(cell, dark));
      const figures = h("span", { class: "kp-pick-figures" });
      this.items.push({ cell, figures });
      const seeds = h("button", { type: "button", class: "kp-button kp-small-button", "aria-label": `Show seeds of ${plan.nameOf(cell)}`, onclick: () => this.showSeeds(cell) }, "Show seeds");
      return h("li", {}, badge, h("strong", {}, each[i]), figures, ...(plan.seeds > 1 ? [seeds] : []),
        h("a", { class: "kp-button kp-small-button", href: addressInPlay(plan.linkOf(cell)), "aria-label": `Open in Play: ${plan.nameOf(cell)}` }, "Open in Play"));
    }));
  }
}
