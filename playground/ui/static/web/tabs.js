// Tabs: one of them is chosen, and arrow keys walk along them.
import { h } from "./dom.js";

export class Tabs {
  /** @type {any[]} */
  tabs;

  /**
   * @param {string} label @param {string} panel  id of what they show
   * @param {readonly {name: string, title: string, hint: string}[]} items @param {(name: string) => void} choose
   */
  constructor(label, panel, items, choose) {
    this.tabs = items.map((tab) => h("button", {
      type: "button", class: "kp-tab", role: "tab", title: tab.hint, "aria-selected": "false", tabindex: -1,
      id: `kp-tab-${tab.name}`, data: { view: tab.name }, "aria-controls": panel, onclick: () => choose(tab.name),
    }, tab.title));
    this.tabs[0].tabIndex = 0;
    this.node = h("div", {
      class: "kp-tabs", role: "tablist", "aria-label": label, onkeydown: (/** @type {KeyboardEvent} */ event) => this.step(event),
    }, ...this.tabs);
  }

  /** @param {KeyboardEvent} event */
  step(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = this.tabs.indexOf(event.target);
    if (!by || at < 0) return;
    event.preventDefault();
    const next = this.tabs[(at + by + this.tabs.length) % this.tabs.length];
    next.focus();
    next.click();
  }

  /** With none chosen the first is reached by keyboard. @param {string} name */
  show(name) {
    const none = !this.tabs.some((tab) => tab.dataset.view === name);
    for (const tab of this.tabs) {
      const chosen = tab.dataset.view === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen || (none && tab === this.tabs[0]) ? 0 : -1;
    }
  }
}
