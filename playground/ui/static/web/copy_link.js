// Copies the link: of what is shown, or of all that is seen now.
import { h, icon } from "./dom.js";

const SAID = 2000; // ms that the button tells what came of it

export class CopyLink {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /**
   * @param {(asSeen: boolean) => Promise<boolean>} copy
   * @param {{hint: string, choices?: {text: string, hint: string}[], offers?: {text: string, hint: string, act: () => void}[]}} words
   *   choices: as it is, and as it is seen; offers: what else may be done with it
   */
  constructor(copy, { hint, choices = [], offers = [] }) {
    this.copy = copy;
    this.text = h("span", { class: "kp-button-text", "aria-live": "polite" }, "Copy link");
    this.icon = h("span", { class: "kp-play-icon" }, icon("link"));
    this.button = h("button", {
      type: "button", class: "kp-button kp-copy", title: hint, onclick: () => this.take(false),
    }, this.icon, this.text);
    const acts = [...choices.map(({ text, hint: title }, i) => ({ text, hint: title, act: () => this.take(i > 0) })), ...offers];
    this.items = acts.map(({ text, hint: title, act }) => h("button", {
      type: "button", role: "menuitem", class: "kp-menu-item", tabindex: -1, title, onclick: () => this.choose(act),
    }, text));
    this.more = h("button", {
      type: "button", class: "kp-button kp-copy-more", "aria-label": "Choose what to copy", title: "Choose what to copy",
      "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.open(this.menu.hidden),
    }, icon("more"));
    this.menu = h("div", { class: "kp-menu", role: "menu", "aria-label": "Copy link to", hidden: true }, ...this.items);
    this.node = h("div", {
      class: "kp-copy-box",
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      onfocusout: (/** @type {FocusEvent} */ event) => this.node.contains(event.relatedTarget) || this.open(false),
    }, this.button, ...(choices.length ? [this.more, this.menu] : []));
    this.node.toggleAttribute("data-plain", !choices.length);
    this.outside = (/** @type {Event} */ event) => event.composedPath().includes(this.node) || this.open(false);
  }

  /** @param {boolean} open */
  open(open) {
    if (open === !this.menu.hidden) return;
    this.menu.hidden = !open;
    this.more.setAttribute("aria-expanded", String(open));
    if (open) document.addEventListener("pointerdown", this.outside);
    else document.removeEventListener("pointerdown", this.outside);
    if (open) this.items[0].focus();
  }

  /** @param {() => void} act */
  choose(act) {
    this.more.focus();
    this.open(false);
    act();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { items } = this;
    const at = items.indexOf(/** @type {any} */ (event.target));
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !this.menu.hidden) {
      event.stopPropagation();
      this.more.focus();
      this.open(false);
    } else if (by && this.menu.hidden && event.target === this.more) {
      event.preventDefault();
      this.open(true);
    } else if (by && at >= 0) {
      event.preventDefault();
      items[(at + by + items.length) % items.length].focus();
    }
  }

  /** @param {boolean} asSeen */
  async take(asSeen) {
    const copied = await this.copy(asSeen);
    this.text.textContent = copied ? "Copied" : "Not copied";
    this.icon.replaceChildren(icon(copied ? "check" : "link"));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.text.textContent = "Copy link";
      this.icon.replaceChildren(icon("link"));
    }, SAID);
  }

  destroy() {
    this.open(false);
    clearTimeout(this.timer);
  }
}
