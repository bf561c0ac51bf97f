// How the room is joined: names, whether somebody is let in, and when it closes by itself.
import { checkbox, Choice } from "../../web/controls.js";
import { stageDialog } from "../../web/dialog.js";
import { h, LiveText, setHidden } from "../../web/dom.js";
import { button, field, group } from "./controls.js";
import { closesIn, halfHours, isKept } from "./joining_rules.js";
import { Refusal } from "./saying.js";

/** @type {[string, string][]} */
const RULES = [["generated", "Generated names"], ["listed", "Names of a list"], ["free", "Names of their own"]];

export class JoiningDialog {
  touched = false; // what is written here is the teacher's, until the server has kept it
  timed = false; // the hours, too
  /** @type {import("./joining_rules.js").AskedRules | null} said, and not kept yet */
  asked = null;

  /** @param {import("./saying.js").Saying} saying @param {() => void} closed */
  constructor(saying, closed) {
    this.refusal = new Refusal();
    this.names = new Choice("Learners are called by", () => this.touch());
    this.names.show(RULES, "generated");
    this.listed = h("textarea", { class: "kp-input", rows: 6, dir: "auto", oninput: () => this.touch() });
    this.listField = field("The list", this.listed, "One name a line.");
    this.generatedHint = h("p", { class: "kp-field-hint" }, "Generated names say nothing about anybody, and can be changed three times.");
    this.approval = checkbox("Who joins waits until they are let in", () => this.touch());
    this.hours = h("input", { type: "number", class: "kp-input", min: 0.5, max: 336, step: 0.5, oninput: () => this.touch(true) });
    this.closes = new LiveText("");
    this.node = stageDialog("joining", "How the room is joined", [
      group("Names", field("Learners are called by", this.names.node), this.listField, this.generatedHint),
      group("Joining", this.approval),
      group("Closing", field("Closes by itself in so many hours", this.hours), h("p", { class: "kp-field-hint" }, this.closes.node)),
      this.refusal.node, h("div", { class: "kp-taking-items" }, button("Keep these rules", () => this.keep(saying), { class: "kp-primary" })),
    ], closed);
  }

  /** @param {boolean} [hours] */
  touch(hours = false) {
    this.touched = true;
    this.timed ||= hours;
    this.asked = null; // more is to be kept than was said
    this.showFields();
  }

  /** What belongs to the way that learners are called. */
  showFields() {
    setHidden(this.listField, this.names.node.value !== "listed");
    setHidden(this.generatedHint, this.names.node.value !== "generated");
  }

  open() {
    this.letGo();
    this.refusal.clear();
    if (this.view) this.show(this.view);
    this.node.showModal();
  }

  /** From here on it shows what the server has. */
  letGo() {
    this.touched = this.timed = false;
    this.asked = null;
  }

  /** @param {import("../messages.js").RoomView} view */
  show(view) {
    this.view = view;
    this.closes.write(view.state === "closed" ? "The room is closed." : closesIn(view.closes_in));
    if (this.asked && isKept(this.asked, view)) {
      this.letGo();
      this.node.close();
    }
    const { rules } = view;
    if (!rules || this.touched) return;
    this.names.node.value = rules.names;
    const listed = rules.listed.join("\n");
    if (this.listed.value !== listed) this.listed.value = listed;
    /** @type {any} */ (this.approval.firstElementChild).checked = rules.approval;
    if (document.activeElement !== this.hours) this.hours.value = String(Math.max(0.5, halfHours(view.closes_in)));
    this.showFields();
  }

  /** @param {import("./saying.js").Saying} saying */
  keep(saying) {
    const names = /** @type {"generated" | "listed" | "free"} */ (this.names.node.value);
    this.touched = true; // it stays as it is, until the server has kept it
    this.asked = {
      names, listed: names === "listed" ? this.listed.value : null, approval: /** @type {any} */ (this.approval.firstElementChild).checked,
      hours: this.timed ? Number(this.hours.value) : null,
    };
    saying.say({ type: "rules", ...this.asked }, this.refusal);
  }
}
