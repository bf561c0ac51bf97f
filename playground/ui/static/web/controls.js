// Switches in a view's head.
import { h } from "./dom.js";

/** Buttons of which one is pressed. */
export class Segments {
  /** @param {string} label @param {(value: string) => void} onChoice */
  constructor(label, onChoice) {
    this.onChoice = onChoice;
    this.node = h("div", { class: "kp-segments", role: "group", "aria-label": label });
    this.items = "";
  }

  /** @param {[string, string, string?][]} items value, text and hint of each @param {string} chosen */
  show(items, chosen) {
    const key = JSON.stringify(items);
    if (key !== this.items) {
      this.items = key;
      this.node.replaceChildren(...items.map(([value, text, hint]) => h("button", {
        type: "button", class: "kp-segment", title: hint, data: { value },
        onclick: () => this.onChoice(value),
      }, text)));
    }
    for (const button of this.node.children) button.setAttribute("aria-pressed", String(button.dataset.value === chosen));
  }
}

/** A list of which one is chosen. */
export class Choice {
  /** @param {string} label @param {(value: string) => void} onChoice */
  constructor(label, onChoice) {
    this.node = h("select", { class: "kp-select kp-small-select", "aria-label": label, onchange: () => onChoice(this.node.value) });
    this.items = "";
  }

  /** @param {[string, string][]} items value and text of each @param {string} chosen */
  show(items, chosen) {
    const key = JSON.stringify(items);
    if (key !== this.items) {
      this.items = key;
      this.node.replaceChildren(...items.map(([value, text]) => h("option", { value }, text)));
    }
    this.node.value = chosen;
  }
}

/** A switch with its text last. @param {string} text @param {(on: boolean) => void} onchange */
export function checkbox(text, onchange) {
  const box = h("input", { type: "checkbox", onchange: () => onchange(box.checked) });
  return h("label", { class: "kp-check" }, box, h("span", {}, text));
}
