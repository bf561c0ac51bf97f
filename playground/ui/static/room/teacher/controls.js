// Small controls of the dashboard.
import { copy } from "../../web/clipboard.js";
import { h, icon } from "../../web/dom.js";

const SAID = 2000; // ms that a button tells what came of it

/** @param {string} text @param {() => void} onclick @param {Record<string, any>} [more] attributes @returns {HTMLButtonElement} */
export const button = (text, onclick, { class: kind = "", ...more } = {}) =>
  h("button", { type: "button", class: `kp-button kp-small-button ${kind}`, onclick, ...more }, text);

/** A button that copies a text and says so. @param {string} text @param {() => string} read @returns {HTMLButtonElement} */
export function copyButton(text, read) {
  const words = h("span", { "aria-live": "polite" }, text);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer = undefined;
  return h("button", {
    type: "button", class: "kp-button kp-small-button", onclick: async () => {
      words.textContent = (await copy(read())) ? "Copied" : "Not copied";
      clearTimeout(timer);
      timer = setTimeout(() => {
        words.textContent = text;
      }, SAID);
    },
  }, icon("link"), words);
}

/** A field under its name. @param {string} label @param {any} input @param {string} [hint] */
export function field(label, input, hint) {
  const named = h("label", { class: "kp-field" }, h("span", {}, label), input);
  return hint ? h("div", { class: "kp-hinted" }, named, h("p", { class: "kp-field-hint" }, hint)) : named;
}

/** @param {string} title @param {...(Node | string)} content */
export const group = (title, ...content) => h("div", { class: "kp-taking-group", role: "group", "aria-label": title }, h("h3", {}, title), ...content);

/** A button that opens a box of more buttons below it. */
export class Popover {
  /** @param {string} text @param {Node[]} content @param {string} [label] where the text is none */
  constructor(text, content, label) {
    this.button = h("button", {
      type: "button", class: "kp-button kp-small-button", "aria-expanded": "false", "aria-label": label ?? null, title: label ?? null, onclick: () => this.open(this.box.hidden),
    }, text || icon("more"));
    this.box = h("div", { class: "kp-popover-box", hidden: true }, ...content);
    this.node = h("div", {
      class: "kp-popover",
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      onfocusout: (/** @type {FocusEvent} */ event) => event.relatedTarget && !this.node.contains(event.relatedTarget) && this.open(false),
    }, this.button, this.box);
    this.outside = (/** @type {Event} */ event) => event.composedPath().includes(this.node) || this.open(false);
  }

  /** @param {boolean} open */
  open(open) {
    if (open !== this.box.hidden) return;
    this.box.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) document.addEventListener("pointerdown", this.outside);
    else document.removeEventListener("pointerdown", this.outside);
    if (open) this.box.querySelector("button, a, input, select")?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Escape" || this.box.hidden) return;
    event.stopPropagation();
    this.close();
  }

  /** The keyboard goes back to its button. */
  close() {
    this.open(false);
    this.button.focus();
  }

  destroy() {
    this.open(false);
  }
}

/** Asks once more before something is done that cannot be undone. */
export class Confirmation {
  /** @param {{press: string, question: (() => string), act: () => void, kind?: string}} words `press` is what both buttons are called */
  constructor({ press, question, act, kind = "" }) {
    this.question = question;
    this.words = h("p", { class: "kp-confirm-words", dir: "auto" });
    this.start = button(press, () => this.ask(true), { class: kind });
    this.sure = button(press, () => {
      this.ask(false);
      act();
    }, { class: "kp-alarm-button" });
    this.not = button("Keep it", () => this.ask(false));
    this.box = h("div", { class: "kp-confirm", hidden: true, role: "group", "aria-label": press }, this.words, this.sure, this.not);
    this.node = h("div", { class: "kp-confirm-outer" }, this.start, this.box);
  }

  /** @param {boolean} on */
  ask(on) {
    if (on) this.words.textContent = this.question();
    this.box.hidden = !on;
    this.start.hidden = on;
    (on ? this.not : this.start).focus();
  }
}
