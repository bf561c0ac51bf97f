// What can be taken away at the epoch shown: one dialog, one file at a time.
import { h, LiveText, setHidden } from "../dom.js";
import { stageDialog } from "../dialog.js";
import { LONGEST_SCANNED } from "../facts.js";
import { rasterised, save } from "./file.js";

const QUIET = 30_000; // ms without a word after which a file does not come any more
const PNG_WIDTH = 2400; // px: 20 cm at 300 dots an inch
const LOST = "The connection was lost meanwhile. Press it again.";
const NO_PICTURE = "This browser could not make a picture of it. Take the SVG instead.";

/**
 * @typedef {object} Item
 * @property {string} name   what the button is called
 * @property {string} hint
 * @property {string} [what]   the server's name of the file
 * @property {boolean} [png]   a picture is made of it here
 * @property {() => void} [act]   what is done instead, when the dialog has closed
 */
/** @typedef {{title: string, items: Item[]}} Group */

export class Taking {
  /** @type {Item | null} */
  wanted = null; // until it is there
  /** @type {Item | null} */
  asked = null; // for last
  /** @type {BlobPart[]} */
  parts = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  quiet = undefined;

  /** @param {import("../take_button.js").Giving} giving @param {Group[]} from what it offers */
  constructor(giving, from) {
    this.giving = giving;
    this.title = new LiveText("");
    /** @type {Map<Item, HTMLButtonElement>} */
    this.buttons = new Map();
    this.bar = h("progress", { max: 1, "aria-label": "How far the file is" });
    this.line = h("p", { role: "status", class: "kp-taking-line" });
    this.cancelButton = h("button", { type: "button", class: "kp-button kp-small-button", onclick: () => this.cancel() }, "Cancel");
    this.foot = h("div", { class: "kp-taking-foot" }, this.line, this.bar, this.cancelButton);
    const groups = from.map(({ title, items }) => this.group(title, items));
    this.node = stageDialog("taking", this.title.node, [...groups, this.foot], () => this.cancel());
    this.show();
  }

  /** @param {string} title @param {Item[]} items */
  group(title, items) {
    const buttons = items.map((item) => h("button", {
      type: "button", class: "kp-button kp-small-button", title: item.hint, onclick: () => this.choose(item),
    }, item.name));
    items.forEach((item, i) => this.buttons.set(item, buttons[i]));
    return h("div", { class: "kp-taking-group", role: "group", "aria-label": title },
      h("h3", {}, title), h("div", { class: "kp-taking-items" }, ...buttons));
  }

  open() {
    this.showEpoch();
    this.say("");
    this.node.showModal();
  }

  /** A run that plays goes on meanwhile. */
  showEpoch() {
    this.title.write(`Take away: ${this.giving.epoch()}`);
  }

  /** @param {Item} item */
  choose(item) {
    if (item.what) return this.take(item, item.what);
    this.node.close();
    item.act?.();
  }

  /** @param {Item} item @param {string} what */
  take(item, what) {
    this.wanted = item;
    this.parts = [];
    this.bar.removeAttribute("value");
    const link = this.giving.link();
    this.giving.send({ type: "export", what, link: link.length > LONGEST_SCANNED ? "" : link });
    this.wait();
    this.say(`${item.name} is being made.`);
  }

  cancel() {
    if (!this.wanted) return;
    this.giving.send({ type: "cancel_export" });
    this.end("");
  }

  /** What was on its way does not come. */
  lost() {
    if (this.wanted) this.end(LOST);
  }

  wait() {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.lost(), QUIET);
  }

  /** @param {import("../decode.js").Message} message a part of a file, or how far it is */
  receive({ header, arrays }) {
    const { wanted } = this;
    if (!wanted || header.what !== wanted.what) return;
    this.wait();
    if (header.refusal) return this.end(header.refusal);
    this.bar.value = header.share;
    if (arrays.content) this.parts.push(/** @type {any} */ (arrays.content.data).slice());
    if (header.last) this.finish(wanted, header.file, header.mime);
  }

  /** @param {Item} item @param {string} file @param {string} mime */
  async finish(item, file, mime) {
    const { parts } = this;
    const name = item.png ? file.replace(/\.svg$/, ".png") : file;
    this.end(`${name} is with your downloads.`);
    if (!item.png) return save(parts, mime, name);
    const picture = await rasterised(parts, PNG_WIDTH).catch(() => null);
    if (picture) save([picture], "image/png", name);
    else this.say(NO_PICTURE);
  }

  /** @param {string} sentence */
  end(sentence) {
    clearTimeout(this.quiet);
    this.wanted = null;
    this.parts = [];
    this.say(sentence);
  }

  /** @param {string} sentence */
  say(sentence) {
    this.line.textContent = sentence;
    this.show();
  }

  /** The keyboard goes to Cancel with a file that is wanted, and back to its button. */
  show() {
    const { wanted, cancelButton } = this;
    const at = document.activeElement;
    setHidden(this.bar, !wanted);
    for (const button of this.buttons.values()) button.disabled = Boolean(wanted);
    if (wanted && this.asked !== wanted) this.asked = wanted;
    const moves = wanted ? [...this.buttons.values()].includes(/** @type {any} */ (at)) : at === cancelButton;
    if (wanted) setHidden(cancelButton, false);
    if (moves) (wanted ? cancelButton : this.asked && this.buttons.get(this.asked))?.focus();
    if (!wanted) setHidden(cancelButton, true);
  }

  destroy() {
    clearTimeout(this.quiet);
    this.node.remove();
  }
}
