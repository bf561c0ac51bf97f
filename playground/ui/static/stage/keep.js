// The button that puts the run on screen on the shelf, and what it says of it.
import { Announcer } from "../web/announce.js";
import { addressOf } from "../web/addresses.js";
import { h, setHidden } from "../web/dom.js";
import { COMPARED } from "../web/facts.js";
import { nameOf } from "../web/run_name.js";
import { withRun } from "../web/shelf.js";
import { changeShelf, readShelf } from "../web/shelf_storage.js";
import { iconButton } from "../web/transport.js";

const LONG = 8000; // ms that it is read in
const EDITED = "edited=true";
const WITHOUT_WEIGHTS = "Its edited weights are not kept: a link does not hold them.";

/**
 * What is on screen.
 * @typedef {object} Seen
 * @property {string} link   of the run
 * @property {Record<string, any> | null} frame   header of the frame that is shown
 * @property {() => string} picture   data URL of the plane, or ""
 */

/** The link without the words that weights were edited, and whether it said so. @param {string} link */
function withoutWeights(link) {
  const parts = link.replace(/^\?/, "").split("&").filter(Boolean);
  return { link: `?${parts.filter((part) => part !== EDITED).join("&")}`, says: parts.includes(EDITED) };
}

/** The run on screen as the shelf has it. @param {Seen} seen @returns {import("../web/shelf.js").NewRun & {edited: boolean}} */
function runOf({ link: said, frame, picture }) {
  const { link, says } = withoutWeights(said);
  const edited = says || Boolean(frame?.edited);
  const run = { link, edited, name: nameOf(link), kept: new Date().toISOString() };
  if (!frame || edited) return { ...run, epoch: null, figures: null, picture: "" }; // the link gives another network than this
  const figures = { part: frame.watched, loss: frame.val_loss, accuracy: frame.val_accuracy };
  return { ...run, epoch: frame.epoch, figures, picture: picture() };
}

export class Keep {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /** @param {() => Seen} seen */
  constructor(seen) {
    this.seen = seen;
    this.button = iconButton("keep", "Keep", () => this.take(), "Keep this run on the shelf, to compare it later");
    this.text = h("span");
    this.compare = h("a", { href: addressOf("compare") }, "Compare");
    this.said = h("div", { class: "kp-kept", hidden: true, data: { testid: "kept" } }, this.text, this.compare,
      h("button", { type: "button", class: "kp-icon-button", "aria-label": "Close", title: "Close", onclick: () => this.close() }, "×"));
    this.announcer = new Announcer("kept-summary");
    this.node = h("div", {
      class: "kp-keep", onkeydown: (/** @type {KeyboardEvent} */ event) => this.escape(event),
    }, this.button, this.said, this.announcer.node);
    this.outside = (/** @type {Event} */ event) => event.composedPath().includes(this.node) || this.hide();
  }

  take() {
    const { edited, ...run } = runOf(this.seen());
    let name = "", again = false;
    const problem = changeShelf((runs) => {
      const done = withRun(runs, run, newId());
      ({ again, run: { name } } = done);
      return done;
    });
    const count = readShelf().runs.length;
    const words = again ? `“${name}” was on the shelf already, and now has what is shown.` : `Kept as “${name}”.`;
    this.say(problem ? `Not kept. ${problem}` : [words, edited ? WITHOUT_WEIGHTS : "", `${count} on the shelf.`].filter(Boolean).join(" "), problem);
    setHidden(this.compare, count < COMPARED.least);
  }

  /** @param {string} words @param {string} problem */
  say(words, problem) {
    this.text.textContent = words;
    this.said.toggleAttribute("data-problem", Boolean(problem));
    setHidden(this.said, false);
    this.announcer.update("kept", () => words);
    document.addEventListener("pointerdown", this.outside);
    this.wait();
  }

  /** It stays while somebody is at it. */
  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.said.matches(":hover, :focus-within") ? this.wait() : this.hide()), LONG);
  }

  hide() {
    clearTimeout(this.timer);
    document.removeEventListener("pointerdown", this.outside);
    setHidden(this.said, true);
  }

  close() {
    this.button.focus();
    this.hide();
  }

  /** @param {KeyboardEvent} event */
  escape(event) {
    if (event.key !== "Escape" || this.said.hidden) return;
    event.stopPropagation();
    this.close();
  }

  destroy() {
    this.hide();
  }
}

/** `crypto.randomUUID` is not there on a page without TLS. */
const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
