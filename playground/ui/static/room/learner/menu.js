// A button with a few things to do behind it.
import { h, icon } from "../../web/dom.js";

export class Menu {
  /** @param {string} label @param {{text: string, act: () => void}[]} acts */
  constructor(label, acts) {
    this.items = acts.map(({ text, act }) => h("button", { type: "button", role: "menuitem", class: "kp-menu-item", tabindex: -1, onclick: () => this.choose(act) }, text));
    this.button = h("button", {
      type: "button", class: "kp-button kp-small-button", "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.open(this.menu.hidden),
    }, icon("more"));
    this.menu = h("div", { class: "kp-menu", role: "menu", "aria-label": label, hidden: true }, ...this.items);
    this.node = h("div", {
      class: "kp-room-menu", onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      onfocusout: (/** @type {FocusEvent} */ event) => this.node.contains(event.relatedTarget) || this.open(false),
    }, this.button, this.menu);
    this.outside = (/** @type {Event} */ event) => event.composedPath().includes(this.node) || this.open(false);
  }

  /** @param {boolean} open */
  open(open) {
    if (open === !this.menu.hidden) return;
    this.menu.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) document.addEventListener("pointerdown", this.outside);
    else document.removeEventListener("pointerdown", this.outside);
    if (open) this.items[0].focus();
  }

  /** @param {() => void} act */
  choose(act) {
    this.button.focus();
    this.open(false);
    act();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = this.items.indexOf(/** @type {any} */ (event.target));
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !this.menu.hidden) {
      event.stopPropagation();
      this.button.focus();
      this.open(false);
    } else if (by && this.menu.hidden && event.target === this.button) {
      event.preventDefault();
      this.open(true);
    } else if (by && at >= 0) {
      event.preventDefault();
      this.items[(at + by + this.items.length) % this.items.length].focus();
    }
  }

  destroy() {
    this.open(false);
  }
}
