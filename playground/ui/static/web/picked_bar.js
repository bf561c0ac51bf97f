// The bar under what is shown: what is pointed at, and what is picked: what differs, and where each opens.
import { h, setHidden } from "./dom.js";

/**
 * @typedef {object} Pick
 * @property {number} id
 * @property {string} title     what it has of its own
 * @property {string} name      all that it is called
 * @property {string} figures
 * @property {string} href      where it opens in Play
 * @property {() => HTMLElement[]} [more]   buttons besides
 */
/**
 * @typedef {object} Picks
 * @property {string} key       of others all is built anew
 * @property {string} pointed   of what is pointed at, in words
 * @property {string} hint      said instead while there is nothing
 * @property {string} same      what is said of all that is picked
 * @property {Pick[]} picks
 * @property {boolean} dark
 */

export class PickedBar {
  key = "";
  /** @type {HTMLElement[]} */
  figures = [];

  /** @param {import("./selection.js").Selection} selection */
  constructor(selection) {
    this.selection = selection;
    this.pointed = h("p", { class: "kp-pointed", data: { testid: "pointed" } });
    this.same = h("span", { class: "kp-view-note" });
    this.clear = h("button", { type: "button", class: "kp-button kp-small-button", "aria-label": "Clear the picked", onclick: () => selection.clear() }, "Clear");
    this.list = h("ul", { class: "kp-picks", "aria-label": "Picked" });
    this.box = h("div", { class: "kp-picked", hidden: true, data: { testid: "picked" } }, this.list);
    this.node = h("div", { class: "kp-picked-bar" }, h("div", { class: "kp-picked-head" }, this.pointed, this.same, this.clear), this.box);
  }

  /** @param {Picks} content */
  show(content) {
    const { pointed, hint, same, picks } = content;
    const words = pointed || (picks.length ? "" : hint);
    if (this.pointed.textContent !== words) this.pointed.textContent = this.pointed.title = words;
    for (const node of [this.box, this.same, this.clear]) setHidden(node, !picks.length);
    const key = `${content.key} ${picks.map(({ id }) => id)} ${content.dark}`;
    if (key !== this.key) {
      this.same.textContent = this.same.title = same;
      this.build(content);
    }
    this.key = key;
    picks.forEach(({ figures }, i) => {
      if (this.figures[i].textContent !== figures) this.figures[i].textContent = this.figures[i].title = figures;
    });
  }

  /** @param {Picks} content */
  build({ picks, dark }) {
    this.figures = picks.map(() => h("span", { class: "kp-pick-figures" }));
    this.list.replaceChildren(...picks.map(({ id, title, name, href, more }, i) => {
      const badge = h("span", { class: "kp-badge" }, String(this.selection.picked.get(id)));
      badge.style.setProperty("--kp-pick", this.selection.colorOf(id, dark));
      return h("li", {}, badge, h("strong", {}, title), this.figures[i], ...(more?.() ?? []),
        h("a", { class: "kp-button kp-small-button", href, "aria-label": `Open in Play: ${name}` }, "Open in Play"));
    }));
  }
}
