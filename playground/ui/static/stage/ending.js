// How a run has ended, and how it may go on: a card over the boundary, which Play opens again.
import { h, icon, setHidden } from "../web/dom.js";
import { formatEpoch, formatLoss, formatShare } from "../web/format.js";
import { guide } from "../web/guide.js";

/** @typedef {import("../web/messages.js").Ending} Ending */

/**
 * What a run came to, in a line; empty where its loss is no number any more.
 * @param {Ending} ending @param {string} part the part that is watched
 */
export function resultOf({ epoch, loss, accuracy, best_epoch: best, best_loss: least }, part) {
  if (loss == null) return "";
  const share = accuracy == null ? "" : `, accuracy ${formatShare(accuracy)}`;
  const ever = best == null || best === epoch ? "No epoch was better."
    : `The best was epoch ${formatEpoch(best)}, with ${formatLoss(least)}.`;
  return `${part} loss ${formatLoss(loss)}${share}. ${ever}`;
}

export class EndingCard {
  /** @param {{more: (epochs: number) => void, restart: () => void, closed: () => void}} actions closed: by Escape or its button */
  constructor(actions) {
    this.actions = actions;
    this.title = h("p", { class: "kp-ending-title", id: "kp-ending-title" });
    this.text = h("p", { id: "kp-ending-text" });
    this.more = h("button", { type: "button", class: "kp-button kp-primary kp-small-button", onclick: () => this.goOn() });
    this.restart = h("button", { type: "button", class: "kp-button kp-small-button", onclick: () => this.startAgain() }, "Start again at epoch 0");
    this.node = h("section", {
      class: "kp-ending", hidden: true, role: "dialog", "aria-labelledby": "kp-ending-title", "aria-describedby": "kp-ending-text",
      data: { testid: "ending" }, onkeydown: (/** @type {KeyboardEvent} */ event) => this.escape(event),
    },
    h("button", { type: "button", class: "kp-icon-button kp-ending-close", "aria-label": "Close", title: "Close (Play opens it again)", onclick: () => this.close() }, icon("close")),
    this.title, this.text, h("div", { class: "kp-ending-buttons" }, this.more, this.restart));
    /** @type {number} */
    this.epochs = 0;
    this.told = false; // whether it came by itself already
  }

  /**
   * @param {{title: string, text: string, more: number}} content more: epochs that it may have besides
   */
  write({ title, text, more }) {
    this.epochs = guide.locked.has("epochs") ? 0 : more;
    this.title.textContent = title;
    this.text.textContent = text;
    setHidden(this.more, !more);
    this.more.textContent = `Train ${formatEpoch(more)} more epoch${more === 1 ? "" : "s"}`;
    this.restart.classList.toggle("kp-primary", !more);
  }

  /** It comes by itself, once; where the run diverged, a notice says so. @param {import("./session.js").Session} session */
  follow(session) {
    if (!session.over) {
      this.hide();
      this.told = false;
      return;
    }
    this.write(endingOf(session));
    // A lesson asks what was seen: nothing lies over it.
    if (session.ending && !this.told && !guide.free && session.serverState === "finished") this.show();
    this.told ||= Boolean(session.ending);
  }

  get open() {
    return !this.node.hidden;
  }

  show() {
    setHidden(this.node, false);
  }

  /** Show it, and let the keyboard choose. */
  offer() {
    this.show();
    (this.epochs ? this.more : this.restart).focus({ preventScroll: true });
  }

  hide() {
    setHidden(this.node, true);
  }

  close() {
    this.hide();
    this.actions.closed();
  }

  goOn() {
    this.close();
    this.actions.more(this.epochs);
  }

  startAgain() {
    this.close();
    this.actions.restart();
  }

  /** @param {KeyboardEvent} event */
  escape(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.close();
  }
}

/**
 * What the card says.
 * @param {import("./session.js").Session} session of a run that has ended
 */
export function endingOf({ ending, message, lastEpoch, curves }) {
  const title = message || `Finished at epoch ${formatEpoch(lastEpoch)}.`;
  if (!ending) return { title, text: "", more: 0 };
  const parts = [resultOf(ending, curves.watched), ending.advice, ending.more ? "" : ending.no_more];
  return { title, text: parts.filter(Boolean).join(" "), more: ending.more };
}
