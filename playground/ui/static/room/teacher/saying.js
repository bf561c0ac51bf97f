// What the teacher asks for, and the sentence where it cannot be done: that stands where the press was.
import { h, setHidden } from "../../web/dom.js";

/** @typedef {import("../messages.js").Said} Said */

export class Saying {
  /** @type {Refusal | null} */
  last = null;

  /** @param {(message: Said) => void} say */
  constructor(say) {
    this.plainly = say;
  }

  /** @param {Said} message @param {Refusal} refusal where a refusal is to stand */
  say(message, refusal) {
    this.last?.clear();
    this.last = refusal;
    refusal.clear();
    this.plainly(message);
  }

  /** @param {string} sentence */
  refused(sentence) {
    this.last?.show(sentence);
  }

  /** Whether the refusal of the last press can be seen where that was: its dialog may be closed meanwhile. */
  get showsRefusal() {
    return Boolean(this.last?.isSeen);
  }
}

/** A line that is empty as a rule. */
export class Refusal {
  constructor() {
    this.node = h("p", { class: "kp-refusal", role: "alert", hidden: true, data: { testid: "refusal" } });
  }

  /** @param {string} sentence */
  show(sentence) {
    this.node.textContent = sentence;
    setHidden(this.node, !sentence);
  }

  get isSeen() {
    return this.node.getClientRects().length > 0;
  }

  clear() {
    if (!this.node.hidden) this.show("");
  }
}
