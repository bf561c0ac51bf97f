// A run on the shelf: ticked or not, renamed in its place, opened, removed.
import { h, icon, setHidden } from "../web/dom.js";
import { addressInPlay } from "../web/in_play.js";
import { LONGEST_NAME } from "../web/facts.js";
import { refusalOf } from "../web/shelf.js";
import { figuresOf, timeOf } from "./sentences.js";

/** @typedef {import("../web/shelf.js").ShelfRun} ShelfRun */
/** @typedef {{tick: () => void, rename: (name: string) => void, remove: () => void}} ItemActions */

export class Item {
  editing = false;

  /** @param {ShelfRun} run @param {ItemActions} actions */
  constructor(run, actions) {
    this.run = run;
    this.actions = actions;
    this.box = h("input", { type: "checkbox", onchange: () => actions.tick() });
    this.picture = h("img", { class: "kp-kept-picture", alt: "", width: 44, height: 44 });
    this.blank = h("span", { class: "kp-kept-picture", "aria-hidden": "true" });
    this.name = h("span", { class: "kp-kept-name" });
    this.label = h("label", { class: "kp-kept-label" }, this.box, this.picture, this.blank, this.name);
    this.figures = h("p", { class: "kp-kept-figures" });
    this.time = h("time", { class: "kp-kept-time", title: "When it was kept" });
    this.open = h("a", {}, "Open in Play");
    this.renameButton = button("rename", () => this.edit());
    this.removeButton = button("close", () => actions.remove());
    this.buildForm();
    this.node = h("li", { class: "kp-kept-run", data: { testid: "kept-run" } },
      h("div", { class: "kp-kept-head" }, this.label, this.form), this.figures,
      h("div", { class: "kp-kept-foot" }, this.open, this.time, this.renameButton, this.removeButton));
    this.show(run);
  }

  buildForm() {
    const id = `kp-refused-${this.run.id}`;
    this.input = h("input", {
      type: "text", class: "kp-kept-input", "aria-label": "New name", "aria-describedby": id, maxlength: 4 * LONGEST_NAME, autocomplete: "off", data: { escape: "own" },
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event), onblur: () => this.editing && this.save(false),
    });
    this.refused = h("span", { class: "kp-kept-refused", id, role: "alert" });
    this.form = h("div", { class: "kp-kept-form", hidden: true }, this.input, this.refused);
  }

  /** @param {ShelfRun} run */
  show(run) {
    this.run = run;
    const { name, picture, link, kept } = run;
    write(this.name, name);
    write(this.figures, figuresOf(run));
    write(this.time, timeOf(run));
    this.time.dateTime = kept;
    if (picture && this.picture.getAttribute("src") !== picture) this.picture.src = picture;
    setHidden(this.picture, !picture);
    setHidden(this.blank, Boolean(picture));
    this.open.href = addressInPlay(link);
    for (const [node, words] of /** @type {[HTMLElement, string][]} */ ([
      [this.open, `Open in Play: ${name}`], [this.renameButton, `Rename ${name}`], [this.removeButton, `Remove ${name}`],
    ])) {
      node.setAttribute("aria-label", words);
      node.title = words;
    }
  }

  get ticked() {
    return this.box.checked;
  }

  // ---------------------------------------------------------------- renaming

  edit() {
    this.setEditing(true);
    this.input.value = this.run.name;
    this.input.focus();
    this.input.select();
  }

  /** @param {boolean} on */
  setEditing(on) {
    this.editing = on;
    write(this.refused, "");
    setHidden(this.form, !on);
    this.node.toggleAttribute("data-editing", on);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // a sidebar that lies over the page stays open
    if (event.key === "Enter") this.save(true);
    else this.end();
  }

  /** @param {boolean} here the keyboard goes on at this run */
  save(here) {
    const name = this.input.value;
    const refusal = refusalOf(name);
    if (refusal) return write(this.refused, refusal); // what was typed stays
    if (here) this.end();
    else this.setEditing(false);
    if (name.trim() !== this.run.name) this.actions.rename(name);
  }

  end() {
    this.setEditing(false);
    this.renameButton.focus();
  }
}

/** @param {Parameters<typeof icon>[0]} name @param {() => void} onclick */
const button = (name, onclick) => h("button", { type: "button", class: "kp-icon-button", onclick }, icon(name));

/** @param {HTMLElement} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
