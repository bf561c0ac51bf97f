// What is said over what is shown.
import { h, setHidden } from "./dom.js";
import { guide } from "./guide.js";

/** A line over the chart that says what is going on, with at most one thing to press. */
export class Notice {
  /** @param {string} testid */
  constructor(testid) {
    this.text = h("span");
    this.button = h("button", { type: "button", class: "kp-button kp-notice-button", hidden: true, onclick: () => this.action?.() });
    this.spinner = h("i", { class: "kp-spinner", "aria-hidden": "true" });
    this.node = h("div", { class: "kp-notice", hidden: true, data: { testid } }, this.spinner, this.text, this.button);
  }

  /**
   * @param {{text: string, kind?: "quiet" | "busy" | "alarm", button?: string, action?: () => void} | null} content
   */
  show(content) {
    setHidden(this.node, !content);
    if (!content) return;
    const { text, kind = "quiet", button = "", action } = content;
    if (this.text.textContent !== text) this.text.textContent = text;
    if (this.node.dataset.kind !== kind) this.node.dataset.kind = kind;
    setHidden(this.spinner, kind !== "busy");
    setHidden(this.button, !button);
    if (this.button.textContent !== button) this.button.textContent = button;
    this.action = action;
  }
}

/** Whoever points with a finger has, as a rule, no space bar. */
const hasKeys = () => !matchMedia("(pointer: coarse)").matches;

/**
 * What to press so that something is trained, of what is there; nothing where nothing is.
 * @param {readonly string[]} hide  controls that a link hides
 * @param {boolean} keys  whether there is a space bar
 */
export function pressWords(hide, keys) {
  if (!hide.includes("play")) return `Press Play${keys ? " or the space bar" : ""}.`;
  return hide.includes("step") ? "" : "Press Step.";
}

/**
 * How what is shown is called where something is said of it.
 * @typedef {object} NoticeWords
 * @property {string} taken      it is open on another page
 * @property {string} failed
 * @property {string} diverged
 * @property {string} untrained
 */

/**
 * What there is to say.
 * @param {string} state
 * @param {import("./live_session.js").LiveSession} session
 * @param {NoticeWords} words
 * @param {{broken?: string, sentence?: string, lost?: string, wait: string, everPlayed: boolean, told?: boolean, hide?: readonly string[], restart: () => void, understood: () => void}} shown
 * @returns {Parameters<Notice["show"]>[0]}
 */
export function noticeOf(state, session, words, { broken, sentence, lost, wait, everPlayed, told, hide = [], restart, understood }) {
  const { message } = session;
  if (broken) return { text: broken, kind: "alarm" };
  if (sentence) return { text: sentence, kind: "alarm" };
  if (session.taken) return { text: words.taken, button: "Use it here", action: () => session.retake() };
  if (lost && !["loading", "reconnecting", "failed", "diverged"].includes(state)) {
    return { text: lost, button: "OK", action: understood };
  }
  switch (state) {
    case "loading":
      return { text: (session.playing ? "Starting. " : "") + (message || wait), kind: "busy" };
    case "reconnecting":
      return { text: message && session.lost ? message : "Connection lost. Reconnecting…", kind: "busy" };
    case "failed":
      return { text: message || words.failed, kind: "alarm", button: "Restart", action: restart };
    case "diverged":
      return { text: message || words.diverged, kind: "alarm" };
    case "ready":
      return everPlayed ? null : { text: message || `${words.untrained} ${guide.hold ? `${guide.hold}.` : pressWords(hide, hasKeys())}`.trim() };
    case "finished":
      return message && !told ? { text: message } : null;
    default:
      return message ? { text: message } : null;
  }
}
