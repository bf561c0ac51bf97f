// Tells screen readers what happens in a room, politely: not more often than one can listen to.
import { h } from "../web/dom.js";

const EVERY = 5000; // ms

export class Announcer {
  next = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  constructor() {
    this.node = h("p", { class: "kp-hidden", role: "status", "aria-live": "polite", data: { testid: "room-status" } });
  }

  /** Of what comes too soon the newest is said later. @param {string} text */
  say(text) {
    clearTimeout(this.timer);
    const wait = this.next - performance.now();
    if (wait > 0) {
      this.timer = setTimeout(() => this.say(text), wait);
      return;
    }
    this.next = performance.now() + EVERY;
    if (this.node.textContent !== text) this.node.textContent = text;
  }
}
