// What stands beside the wall: one thing at a time, closed by Escape; the keyboard goes back to where it was opened from.
import { h, icon, LiveText } from "../../web/dom.js";

export class SidePanel {
  /** @type {(() => void) | null} */
  closed = null;

  constructor() {
    this.title = new LiveText("");
    this.heading = h("h2", { class: "kp-title", id: "kp-side-title", tabindex: -1, dir: "auto" }, this.title.node);
    this.body = h("div", { class: "kp-side-body" });
    this.node = h("section", {
      class: "kp-side", "aria-labelledby": "kp-side-title", hidden: true, data: { testid: "side" },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.stopPropagation();
        this.close();
      },
    },
    h("div", { class: "kp-side-head" }, this.heading,
      h("button", { type: "button", class: "kp-icon-button", "aria-label": "Close", title: "Close (Escape)", onclick: () => this.close() }, icon("close"))), this.body);
  }

  /** @param {string} title @param {Node} content @param {() => void} closed */
  open(title, content, closed) {
    this.leave();
    this.title.write(title);
    this.closed = closed;
    this.body.replaceChildren(content);
    this.node.hidden = false;
    this.heading.focus({ preventScroll: true });
  }

  /** Whether that is what it shows. @param {Node} content */
  shows(content) {
    return !this.node.hidden && content.parentNode === this.body;
  }

  close() {
    if (this.node.hidden) return;
    this.node.hidden = true;
    this.leave();
  }

  leave() {
    const { closed } = this;
    this.closed = null;
    closed?.();
  }
}
