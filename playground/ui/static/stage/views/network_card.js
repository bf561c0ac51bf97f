// A card beside a neuron or a link of the diagram: the weights that lead there, to read and to edit.
import { h, icon, setHidden } from "../../web/dom.js";
import { FARTHEST } from "../../web/facts.js";

/**
 * @typedef {object} Row
 * @property {string} label
 * @property {number | null} source   where the weight comes from; null for the bias
 * @property {number} value
 *
 * @typedef {object} Content
 * @property {string} key      of what the card is about
 * @property {string} title
 * @property {string} note
 * @property {Row[]} rows
 * @property {boolean} pinned  clicked: values can be edited, and it stays
 * @property {boolean} editable
 */

export class NetworkCard {
  /** @param {{edit: (source: number | null, value: number) => void, close: () => void, say: (sentence: string) => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.title = h("strong", {});
    this.closeButton = h("button", { type: "button", class: "kp-icon-button", "aria-label": "Close", onclick: () => actions.close() }, icon("close"));
    this.note = h("p", { class: "kp-card-note" });
    this.list = h("div", { class: "kp-card-rows" });
    this.node = h("div", {
      class: "kp-card", hidden: true, role: "group", data: { testid: "weights-card" },
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && actions.close(),
    }, h("header", { class: "kp-card-head" }, this.title, this.closeButton), this.list, this.note);
    /** @type {HTMLElement[]} */
    this.values = [];
    this.signature = "";
  }

  /** @param {Content} content */
  show(content) {
    const signature = `${content.key}|${content.pinned}|${content.editable}|${content.rows.map((row) => row.label).join()}`;
    setHidden(this.node, false);
    if (signature !== this.signature) this.build(content);
    this.signature = signature;
    content.rows.forEach((row, i) => write(this.values[i], row.value));
  }

  /** @param {Content} content */
  build({ title, note, rows, pinned, editable }) {
    this.title.textContent = title;
    this.note.textContent = note;
    this.note.hidden = !note;
    this.closeButton.hidden = !pinned;
    this.node.toggleAttribute("data-pinned", pinned);
    this.node.setAttribute("aria-label", title);
    this.values = rows.map((row) => (pinned ? this.input(row, title, editable) : h("output", {})));
    this.list.replaceChildren(...rows.map((row, i) => h("label", { class: "kp-card-row" }, h("span", {}, row.label), this.values[i])));
  }

  /** @param {Row} row @param {string} title @param {boolean} editable */
  input(row, title, editable) {
    const box = h("input", {
      type: "text", inputmode: "decimal", class: "kp-card-value", disabled: !editable, autocomplete: "off",
      "aria-label": `${row.label}, ${title}`,
      onchange: () => this.take(box, row.source),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.nudge(event, box, row.source),
    });
    return box;
  }

  /** Arrow keys change a value by a tenth. @param {KeyboardEvent} event @param {HTMLInputElement} box @param {number | null} source */
  nudge(event, box, source) {
    if (event.key === "Enter") this.take(box, source);
    const by = { ArrowUp: 0.1, ArrowDown: -0.1 }[event.key];
    if (!by) return;
    event.preventDefault();
    box.value = String(Number((read(box.value) + by).toFixed(6)));
    this.take(box, source);
  }

  /** @param {HTMLInputElement} box @param {number | null} source */
  take(box, source) {
    if (box.value === box.dataset.shown) return;
    const value = read(box.value);
    if (!Number.isFinite(value) || Math.abs(value) > FARTHEST || !box.value.trim()) {
      this.actions.say(`A weight must be a number in [−${FARTHEST}, ${FARTHEST}]. Got '${box.value.slice(0, 40)}'.`);
      box.value = box.dataset.shown ?? "";
      return;
    }
    box.dataset.shown = box.value;
    this.actions.edit(source, value);
  }

  hide() {
    setHidden(this.node, true);
    this.signature = "";
  }

  /** Beside a place, inside the panel. @param {number} x @param {number} y @param {number} size of what it is about @param {DOMRect} box */
  put(x, y, size, box) {
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const right = x + size / 2 + 10;
    const left = x - size / 2 - 10 - width;
    const at = right + width <= box.width ? right : Math.max(2, left);
    this.node.style.left = `${Math.round(Math.min(at, Math.max(2, box.width - width - 2)))}px`;
    this.node.style.top = `${Math.round(Math.max(2, Math.min(y - 30, box.height - height - 2)))}px`;
  }
}

/** A comma will do for a point. @param {string} text */
const read = (text) => Number(text.trim().replace("−", "-").replace(",", "."));

/** @param {HTMLElement} place @param {number} value */
function write(place, value) {
  const text = format(value);
  if (place instanceof HTMLInputElement) {
    if (document.activeElement === place) return; // being typed, or selected to be
    if (place.value !== text) place.value = text;
    place.dataset.shown = text;
  } else if (place.textContent !== text) place.textContent = text;
}

/** @param {number} value */
function format(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 10000)) return value.toExponential(2);
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3);
}
