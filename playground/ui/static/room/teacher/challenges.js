// Challenges: set one, see how all stand, with their names or without, and end it. The server computes every score.
import { checkbox, Choice } from "../../web/controls.js";
import { h, LiveText, setHidden } from "../../web/dom.js";
import { button, field } from "./controls.js";
import { Refusal } from "./saying.js";

/** @type {[string, string][]} */
const KINDS = [
  ["best_accuracy", "Best accuracy"], ["fewest_parameters", "Fewest parameters to reach a target"], ["fewest_epochs", "Fewest epochs to reach a target"], ["most_robust", "Most robust over five seeds"],
];
const WITH_TARGET = ["fewest_parameters", "fewest_epochs"];

/** @typedef {import("../messages.js").ContestView} ContestView */

export class Challenges {
  /** @type {Map<number, Contest>} */
  parts = new Map();

  /** @param {import("./saying.js").Saying} saying */
  constructor(saying) {
    this.saying = saying;
    this.refusal = new Refusal();
    this.kind = new Choice("Kind of challenge", () => this.write());
    this.kind.show(KINDS, KINDS[0][0]);
    this.target = h("input", { type: "number", class: "kp-input", min: 1, max: 100, step: 1, value: 95 });
    this.targetField = field("Target, per cent of test points", this.target);
    this.data = h("input", { class: "kp-input", placeholder: "The data of what was sent last" });
    this.list = h("div", { class: "kp-contests", data: { testid: "contests" } });
    this.form = h("form", {
      class: "kp-form", onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        this.set();
      },
    }, h("h3", {}, "A new challenge"), field("Kind of challenge", this.kind.node), this.targetField, field("Data, as a link", this.data), h("button", { class: "kp-button kp-small-button" }, "Set the challenge"));
    this.closed = h("p", { class: "kp-field-hint", hidden: true }, "The room is closed: no new challenge can be set.");
    this.node = h("div", { class: "kp-challenges", data: { testid: "challenges" } }, this.list, this.form, this.closed, this.refusal.node, h("p", { class: "kp-field-hint" }, "Learners hand in their runs. Scores are computed on test points that no page gets, and networks whose weights were edited count apart."));
    this.write();
  }

  write() {
    setHidden(this.targetField, !WITH_TARGET.includes(this.kind.node.value));
  }

  set() {
    const kind = this.kind.node.value;
    /** @type {Record<string, string>} */
    const texts = { kind };
    if (WITH_TARGET.includes(kind)) texts.target = String(Number(this.target.value) / 100);
    this.saying.say({ type: "challenge", texts, link: this.data.value.trim() }, this.refusal);
  }

  /** @param {ContestView[]} contests @param {boolean} closed no other one is set in a room that is closed */
  show(contests, closed) {
    setHidden(this.form, closed);
    setHidden(this.closed, !closed);
    for (const contest of contests) {
      const known = this.parts.get(contest.number) ?? new Contest((message) => this.saying.say(message, this.refusal));
      if (!this.parts.has(contest.number)) this.list.append(known.node);
      this.parts.set(contest.number, known);
      known.show(contest);
    }
  }
}

/** One challenge, its table and what may be done about it. */
class Contest {
  key = "";
  /** @type {ContestView | null} */
  view = null;

  /** @param {(message: import("../messages.js").Judge) => void} say */
  constructor(say) {
    const judge = (/** @type {(view: ContestView) => Partial<ContestView>} */ change) => {
      const view = /** @type {ContestView} */ (this.view);
      const { open, names_shown } = { ...view, ...change(view) };
      say({ type: "judge", challenge: view.number, open, names_shown });
    };
    this.title = new LiveText("");
    this.sentence = new LiveText("");
    this.press = new LiveText("");
    this.names = checkbox("Show names to all", (on) => judge(() => ({ names_shown: on })));
    this.end = button("", () => judge(({ open }) => ({ open: !open })));
    this.end.append(this.press.node);
    this.table = h("div", { class: "kp-table-box" });
    this.node = h("section", { class: "kp-contest" }, h("h3", {}, this.title.node), h("p", {}, this.sentence.node), this.table, h("div", { class: "kp-taking-items" }, this.names, this.end));
  }

  /** @param {ContestView} view */
  show(view) {
    const key = JSON.stringify(view);
    if (key === this.key) return;
    this.key = key;
    this.view = view;
    this.title.write(`${view.title}${view.open ? "" : " (ended)"}`);
    this.sentence.write(view.sentence);
    this.press.write(view.open ? "End it" : "Let it go on");
    /** @type {any} */ (this.names.firstElementChild).checked = view.names_shown;
    this.table.replaceChildren(tableOf(view));
  }
}

/** @param {ContestView} contest */
function tableOf({ table }) {
  if (!table.length) return h("p", { class: "kp-field-hint" }, "Nobody has handed in yet.");
  const head = ["Place", "Name", "Score"].map((text) => h("th", { scope: "col" }, text));
  const rows = table.map(({ place, name, text, edited }) => h("tr", {}, h("td", { class: "kp-number" }, String(place)), h("td", {}, h("bdi", {}, name || "–")), h("td", {}, edited ? `${text} (edited weights)` : text)));
  return h("table", { class: "kp-table" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows));
}
