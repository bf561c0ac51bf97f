// Tells screen readers what is on screen: at once while nothing moves, and now and then while networks train.
import { h } from "./dom.js";

const EVERY = 5000; // ms, while it trains
const WORDS = {
  loading: "loading", ready: "untrained, ready", playing: "training", paused: "paused", finished: "finished",
  diverged: "diverged", reconnecting: "reconnecting", failed: "failed",
};

/** A state as it is said. @param {string} state */
export const inWords = (state) => WORDS[/** @type {keyof typeof WORDS} */ (state)] ?? state;

export class Announcer {
  /** @param {string} testid */
  constructor(testid) {
    this.node = h("p", { class: "kp-hidden", role: "status", "aria-live": "polite", data: { testid } });
    this.state = "";
    this.next = 0;
  }

  /**
   * @param {string} state
   * @param {() => string} text made only when it is due
   */
  update(state, text) {
    const now = performance.now();
    if (state === "playing" && state === this.state && now < this.next) return;
    this.state = state;
    this.next = now + EVERY;
    const words = text();
    if (this.node.textContent !== words) this.node.textContent = words;
  }
}
