// Tells screen readers what is on screen: at once while nothing moves, and now and then while the network trains.
import { h } from "../web/dom.js";
import { formatEpoch, formatLoss } from "../web/format.js";

const EVERY = 5000; // ms, while it trains
const WORDS = {
  loading: "loading", ready: "untrained, ready", playing: "training", paused: "paused", finished: "finished",
  diverged: "diverged", reconnecting: "reconnecting", failed: "failed",
};

/** @param {string} name @param {number | null} loss @param {number | null} accuracy */
function figures(name, loss, accuracy) {
  const share = accuracy == null ? "" : `, accuracy ${(100 * accuracy).toFixed(1)} %`;
  return `${name} loss ${formatLoss(loss)}${share}`;
}

/**
 * @param {string} state
 * @param {Record<string, any> | null} frame header of the frame on screen
 * @param {string} message
 */
export function summary(state, frame, message) {
  const word = WORDS[/** @type {keyof typeof WORDS} */ (state)] ?? state;
  const note = message ? ` ${message}` : "";
  if (!frame) return `The network is ${word}.${note}`;
  const train = figures("Training", frame.loss, frame.accuracy);
  const watched = figures(frame.watched.toLowerCase(), frame.val_loss, frame.val_accuracy);
  return `Epoch ${formatEpoch(frame.epoch)}, ${word}. ${train}; ${watched}.${note}`;
}

export class Announcer {
  constructor() {
    this.node = h("p", { class: "kp-hidden", role: "status", "aria-live": "polite", data: { testid: "stage-summary" } });
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
