// The shelf: what this browser has kept, live with every tab. One instance a mounted component.
import { h, setHidden } from "../web/dom.js";
import { COMPARED } from "../web/facts.js";
import { renamed, restored, UNREADABLE, without } from "../web/shelf.js";
import { changeShelf, listenToShelf, readShelf, writeShelf } from "../web/shelf_storage.js";
import { markTheme } from "../web/theme.js";
import { Item } from "./item.js";
import { comparingRule, countOf } from "./sentences.js";

/**
 * @typedef {import("../web/mounting.js").Component<{}>} Component
 * @typedef {import("../web/shelf.js").ShelfRun} ShelfRun
 */

const EMPTY = "Nothing kept yet: press Keep on Play.";

export class Shelf {
  /** @type {Map<string, Item>} */
  items = new Map();
  /** @type {{run: ShelfRun, at: number}[]} */
  removed = []; // the newest last

  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.build();
    this.retheme();
    this.showRemoved();
    this.stopListening = listenToShelf(() => this.show());
    this.show();
  }

  build() {
    const small = (/** @type {string} */ text, /** @type {() => void} */ onclick) => h("button", { type: "button", class: "kp-button kp-small-button", onclick }, text);
    this.count = h("span", { class: "kp-shelf-count", data: { testid: "shelf-count" } });
    this.all = small("Select all", () => this.tickAll(true));
    this.none = small("Select none", () => this.tickAll(false));
    this.head = h("div", { class: "kp-shelf-head" }, this.count, this.all, this.none);
    this.list = h("ul", { class: "kp-shelf-list", "aria-label": "Kept runs" });
    this.empty = h("p", { class: "kp-shelf-empty" }, EMPTY);
    this.problem = h("p", { class: "kp-shelf-problem", role: "alert" });
    this.clear = small("Empty the shelf", () => this.say(writeShelf([])));
    this.undoText = h("span");
    this.undo = small("Undo", () => this.takeBack());
    this.undoBox = h("div", { class: "kp-shelf-undo" }, this.undo);
    this.status = h("div", { class: "kp-shelf-status", role: "status" }, this.undoText);
    this.said = h("div", { class: "kp-shelf-said", data: { testid: "shelf-said" } }, this.status, this.undoBox);
    this.rule = h("p", { class: "kp-shelf-rule", id: "kp-shelf-rule" });
    this.compare = h("button", { type: "button", class: "kp-button kp-primary", "aria-describedby": "kp-shelf-rule", onclick: () => this.ask() });
    this.foot = h("div", { class: "kp-shelf-foot" }, this.compare, this.rule);
    this.root = h("section", { class: "kp-stage kp-shelf", "aria-label": "Shelf", data: { testid: "shelf", runs: 0 } },
      this.head, this.problem, this.clear, this.empty, this.list, this.said, this.foot);
    this.component.parentElement.append(this.root);
  }

  /** @param {Component} component the same component once more */
  update(component) {
    this.component = component;
    if (!this.root.isConnected) component.parentElement.append(this.root);
    this.retheme();
  }

  // ---------------------------------------------------------------- what is kept

  show() {
    const { runs, problem } = readShelf();
    this.showRuns(runs);
    this.say(problem);
    setHidden(this.clear, problem !== UNREADABLE);
    setHidden(this.empty, runs.length > 0 || Boolean(problem));
    for (const node of [this.head, this.list, this.foot]) setHidden(node, !runs.length);
    this.count.textContent = countOf(runs.length);
    this.root.dataset.runs = String(runs.length);
    this.showTicked();
  }

  /** What is there stays where it is, with the keyboard in it. @param {ShelfRun[]} runs */
  showRuns(runs) {
    const kept = new Set(runs.map(({ id }) => id));
    for (const [id, item] of this.items) {
      if (kept.has(id)) continue;
      item.editing = false; // a field that goes has nothing to save
      item.node.remove();
      this.items.delete(id);
    }
    runs.forEach((run, i) => {
      const item = this.items.get(run.id) ?? this.add(run);
      item.show(run);
      const there = this.list.children[i];
      if (there !== item.node) this.list.insertBefore(item.node, there ?? null);
    });
  }

  /** What is kept is to be compared: it is ticked as long as there is room. @param {ShelfRun} run */
  add(run) {
    const item = new Item(run, {
      tick: () => this.showTicked(),
      rename: (name) => this.change((runs) => ({ runs: renamed(runs, run.id, name) })),
      remove: () => this.remove(run.id),
    });
    item.box.checked = this.ticked.length < COMPARED.most;
    this.items.set(run.id, item);
    return item;
  }

  /** @param {Parameters<typeof changeShelf>[0]} change */
  change(change) {
    const problem = changeShelf(change);
    if (problem) this.say(problem);
    return problem;
  }

  /** Why something cannot be done, or nothing. @param {string} problem */
  say(problem) {
    if (this.problem.textContent !== problem) this.problem.textContent = problem;
    setHidden(this.problem, !problem);
  }

  // ---------------------------------------------------------------- removing

  /** @param {string} id */
  remove(id) {
    const at = readShelf().runs.findIndex((run) => run.id === id);
    const run = this.items.get(id)?.run;
    if (!run || this.change((runs) => ({ runs: without(runs, id) }))) return;
    this.removed.push({ run, at });
    this.showRemoved();
    this.undo.focus();
  }

  takeBack() {
    const last = this.removed.at(-1);
    if (!last || this.change((runs) => restored(runs, last.run, last.at))) return;
    this.removed.pop();
    this.showRemoved();
    this.items.get(last.run.id)?.box.focus();
  }

  showRemoved() {
    const last = this.removed.at(-1);
    this.undoText.textContent = last ? `Removed “${last.run.name}”.` : "";
    setHidden(this.undoBox, !last);
    this.said.toggleAttribute("data-removed", Boolean(last));
  }

  // ---------------------------------------------------------------- comparing

  /** In the order they have on the shelf. @returns {Item[]} */
  get ticked() {
    const order = [...this.list.children];
    return [...this.items.values()].filter(({ ticked }) => ticked).sort((a, b) => order.indexOf(a.node) - order.indexOf(b.node));
  }

  /** @param {boolean} on */
  tickAll(on) {
    for (const { box } of this.items.values()) box.checked = on;
    this.showTicked();
  }

  showTicked() {
    const count = this.ticked.length;
    const rule = comparingRule(count);
    this.compare.textContent = `Compare ${countOf(count)}`;
    this.compare.disabled = Boolean(rule);
    if (this.rule.textContent !== rule) this.rule.textContent = rule;
    setHidden(this.rule, !rule);
    this.all.disabled = count === this.items.size;
    this.none.disabled = count === 0;
  }

  ask() {
    this.component.setTriggerValue("compare", this.ticked.map(({ run: { name, link } }) => ({ name, link })));
  }

  // ---------------------------------------------------------------- looks

  retheme() {
    markTheme(this.root);
  }

  destroy() {
    this.stopListening();
    this.root.remove();
  }
}
