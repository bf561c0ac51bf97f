// What Keep does: the run on screen goes onto the shelf, and the page says so.
import { h, icon, setHidden } from "../web/dom.js";
import { COMPARED } from "../web/facts.js";
import { nameOf } from "../web/run_name.js";
import { withRun } from "../web/shelf.js";
import { changeShelf, readShelf } from "../web/shelf_storage.js";
import { smallPicture } from "./small_picture.js";

const LONG = 8000; // ms that it is read in
const EDITED = "edited=true";
const WITHOUT_WEIGHTS = "Its edited weights are not kept: a link does not hold them.";

/** The link without the words that weights were edited, and whether it said so. @param {string} link */
function withoutWeights(link) {
  const parts = link.replace(/^\?/, "").split("&").filter(Boolean);
  return { link: `?${parts.filter((part) => part !== EDITED).join("&")}`, says: parts.includes(EDITED) };
}

/** The run on screen as the shelf has it. @param {import("./keep_button.js").Seen} seen @returns {import("../web/shelf.js").NewRun & {edited: boolean}} */
function runOf({ link: said, frame, answer }) {
  const { link, says } = withoutWeights(said);
  const edited = says || Boolean(frame?.edited);
  const run = { link, edited, name: nameOf(link), kept: new Date().toISOString() };
  if (!frame || edited) return { ...run, epoch: null, figures: null, picture: "" }; // the link gives another network than this
  const figures = { part: frame.watched, loss: frame.val_loss, accuracy: frame.val_accuracy };
  return { ...run, epoch: frame.epoch, figures, picture: answer ? smallPicture(answer) : "" };
}

export class Keep {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /** @param {{node: HTMLElement, button: HTMLElement, announcer: import("../web/announce.js").Announcer}} place */
  constructor({ node, button, announcer }) {
    this.node = node;
    this.button = button;
    this.announcer = announcer;
    this.text = h("span");
    this.compare = h("a", { href: new URL("./compare", document.baseURI).href }, "Compare");
    this.said = h("div", { class: "kp-kept", hidden: true, data: { testid: "kept" } }, this.text, this.compare,
      h("button", { type: "button", class: "kp-icon-button", "aria-label": "Close", title: "Close", onclick: () => this.close() }, icon("close")));
    button.after(this.said);
    node.addEventListener("keydown", (event) => this.escape(event));
    this.outside = (/** @type {Event} */ event) => event.composedPath().includes(this.node) || this.hide();
  }

  /** @param {import("./keep_button.js").Seen} seen */
  take(seen) {
    const { edited, ...run } = runOf(seen);
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
    this.announcer.update("", () => ""); // the same words are news again
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
}

/** `crypto.randomUUID` is not there on a page without TLS. */
const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
