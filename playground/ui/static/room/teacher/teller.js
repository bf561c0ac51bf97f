// Tells screen readers how the class stands: what has changed, at most once in five seconds.
import { h } from "../../web/dom.js";
import { headCount } from "./seat_words.js";

const EVERY = 5000; // ms

export class Teller {
  last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;
  words = "";

  constructor() {
    this.node = h("p", { class: "kp-hidden", role: "status", "aria-live": "polite", data: { testid: "told" } });
  }

  /** @param {import("../messages.js").RoomView} view */
  tell(view) {
    const state = { open: "", paused: "The class is paused. ", closed: "The room is closed. " }[view.state];
    this.words = `${state}${headCount(view)}.`;
    if (this.words === this.node.textContent || this.timer) return;
    const wait = this.last + EVERY - performance.now();
    if (wait <= 0) return this.write();
    this.timer = setTimeout(() => this.write(), wait);
  }

  write() {
    this.timer = undefined;
    this.last = performance.now();
    if (this.node.textContent !== this.words) this.node.textContent = this.words;
  }
}
