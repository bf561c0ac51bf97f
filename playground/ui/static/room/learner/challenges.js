// The challenges of a room: what is asked for, how I stand, and the table, without names unless the teacher shows them.
import { h, setHidden } from "../../web/dom.js";
import { standing } from "../sentences.js";

/** @typedef {import("../messages.js").ContestView} ContestView */

export class Challenges {
  /** @type {Map<number, Challenge>} */
  shown = new Map();

  /** @param {(number: number) => void} handIn */
  constructor(handIn) {
    this.handIn = handIn;
    this.summary = h("summary", { class: "kp-button kp-small-button" });
    this.list = h("div", { class: "kp-contests-list" });
    this.node = h("details", { class: "kp-contests", hidden: true, data: { testid: "challenges" }, onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event) }, this.summary, this.list);
  }

  /** @param {ContestView[]} contests @param {boolean} [closed] the room is */
  show(contests, closed = false) {
    setHidden(this.node, !contests.length);
    const open = contests.filter((contest) => contest.open);
    const text = open.length ? `Challenge: ${open.at(-1)?.title}` : "Challenges";
    if (this.summary.textContent !== text) this.summary.textContent = text;
    const numbers = new Set(contests.map(({ number }) => number));
    for (const [number, challenge] of this.shown) {
      if (numbers.has(number)) continue;
      challenge.node.remove();
      this.shown.delete(number);
    }
    const busy = contests.some(({ computing }) => computing); // the server computes one score at a time for each learner
    for (const contest of contests) this.challenge(contest.number).show(contest, closed || busy);
  }

  /** The newest comes first. @param {number} number */
  challenge(number) {
    const found = this.shown.get(number) ?? new Challenge(() => this.handIn(number));
    if (!this.shown.has(number)) this.list.prepend(found.node);
    this.shown.set(number, found);
    return found;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Escape" || !this.node.open) return;
    event.stopPropagation();
    this.node.open = false;
    this.summary.focus();
  }
}

class Challenge {
  rows = "";

  /** @param {() => void} handIn */
  constructor(handIn) {
    this.title = h("h3");
    this.sentence = h("p");
    this.mine = h("p", { class: "kp-contest-mine", role: "status", tabindex: -1 });
    this.button = h("button", { type: "button", class: "kp-button kp-small-button", onclick: handIn }, "Hand in");
    this.body = h("tbody");
    this.table = h("table", { class: "kp-table" }, h("thead", {}, h("tr", {}, ...["Place", "Name", "Score"].map((name) => h("th", { scope: "col" }, name)))), this.body);
    this.node = h("section", { class: "kp-contest" }, this.title, this.sentence, this.mine, this.button, this.table);
  }

  /** @param {ContestView} contest @param {boolean} held nothing can be handed in now */
  show(contest, held) {
    const { title, sentence, open, table } = contest;
    write(this.title, open ? title : `${title} (ended)`);
    write(this.sentence, sentence);
    write(this.mine, standing(contest));
    const hadFocus = document.activeElement === this.button;
    this.button.disabled = !open || held;
    if (hadFocus && this.button.disabled) this.mine.focus({ preventScroll: true }); // where it says why
    const rows = JSON.stringify(table);
    setHidden(this.table, !table.length);
    if (rows === this.rows) return;
    this.rows = rows;
    this.body.replaceChildren(...table.map(({ place, name, text, edited, mine }) => h("tr", mine ? { "data-mine": "" } : {},
      h("td", { class: "kp-number" }, String(place)), h("td", {}, mine ? (name ? `${name} (you)` : "You") : name || "–"), h("td", {}, edited ? `${text}, edited weights` : text))));
  }
}

/** @param {HTMLElement} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
