// How the room is joined: names, whether somebody is let in, and when it closes by itself.
import { checkbox, Choice } from "../../web/controls.js";
import { stageDialog } from "../../web/dialog.js";
import { h, LiveText, setHidden } from "../../web/dom.js";
import { button, field, group } from "./controls.js";
import { Refusal } from "./saying.js";

/** @type {[string, string][]} */
const RULES = [["generated", "Generated names"], ["listed", "Names of a list"], ["free", "Names of their own"]];
const HOUR = 3600;

export class JoiningDialog {
  touched = false; // what is written here is the teacher's, until it is said

  /** @param {import("./saying.js").Saying} saying @param {() => void} closed */
  constructor(saying, closed) {
    this.refusal = new Refusal();
    this.names = new Choice("Learners are called by", () => this.touch());
    this.names.show(RULES, "generated");
    this.listed = h("textarea", { class: "kp-input", rows: 6, dir: "auto", oninput: () => this.touch() });
    this.listField = field("The list", this.listed, "One name a line.");
    this.approval = checkbox("Who joins waits until they are let in", () => this.touch());
    this.hours = h("input", { type: "number", class: "kp-input", min: 0.5, max: 336, step: 0.5, oninput: () => this.touch(true) });
    this.closes = new LiveText("");
    this.node = stageDialog("joining", "How the room is joined", [
      group("Names", field("Learners are called by", this.names.node), this.listField, h("p", { class: "kp-field-hint" }, "Generated names say nothing about anybody, and can be changed three times.")),
      group("Joining", this.approval),
      group("Closing", field("Closes by itself in so many hours", this.hours), h("p", { class: "kp-field-hint" }, this.closes.node)),
      this.refusal.node, h("div", { class: "kp-taking-items" }, button("Keep these rules", () => this.keep(saying), { class: "kp-primary" })),
    ], closed);
  }

  /** @param {boolean} [hours] */
  touch(hours = false) {
    this.touched = true;
    this.timed ||= hours;
    setHidden(this.listField, this.names.node.value !== "listed");
  }

  open() {
    this.touched = this.timed = false;
    this.refusal.clear();
    if (this.view) this.show(this.view);
    this.node.showModal();
  }

  /** @param {import("../messages.js").RoomView} view */
  show(view) {
    this.view = view;
    const hours = view.closes_in / HOUR;
    this.closes.write(view.state === "closed" ? "The room is closed." : `It closes in ${hours >= 2 ? `${Math.round(hours)} hours` : `${Math.max(0, Math.round(60 * hours))} minutes`}.`);
    const { rules } = view;
    if (!rules || this.touched) return;
    this.names.node.value = rules.names;
    const listed = rules.listed.join("\n");
    if (this.listed.value !== listed) this.listed.value = listed;
    /** @type {any} */ (this.approval.firstElementChild).checked = rules.approval;
    if (document.activeElement !== this.hours) this.hours.value = String(Math.max(0.5, Math.round(2 * hours) / 2));
    setHidden(this.listField, rules.names !== "listed");
  }

  /** @param {import("./saying.js").Saying} saying */
  keep(saying) {
    const names = /** @type {"generated" | "listed" | "free"} */ (this.names.node.value);
    saying.say({
      type: "rules", names, listed: names === "listed" ? this.listed.value : null, approval: /** @type {any} */ (this.approval.firstElementChild).checked,
      hours: this.timed ? Number(this.hours.value) : null,
    }, this.refusal);
    this.touched = this.timed = false;
  }
}
