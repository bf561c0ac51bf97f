// One seat on the teacher's wall: its picture, and what stands at it. Built once, then only written to.
import { h, LiveText, setHidden } from "../../web/dom.js";
import { button } from "./controls.js";
import { epochOf, figuresOf, noteOf, saidOf, stepOf, stuckOf } from "./seat_words.js";

/** @typedef {import("../messages.js").SeatView} SeatView */
/** @typedef {import("../messages.js").TileFacts} TileFacts */

export class SeatTile {
  /** @type {TileFacts | null} */
  facts = null;
  /** @type {import("./seat_words.js").Sent} */
  sent = null;

  /** @param {SeatView} view @param {HTMLCanvasElement} canvas @param {() => void} admit */
  constructor(view, canvas, admit) {
    this.view = view;
    this.number = view.seat;
    this.texts = { name: new LiveText(""), guest: new LiveText(""), figures: new LiveText(""), epoch: new LiveText(""), step: new LiveText(""), said: new LiveText(""), note: new LiveText(""), pin: new LiveText("") };
    const { name, guest, figures, epoch, step, said, note, pin } = this.texts;
    canvas.setAttribute("aria-hidden", "true");
    this.noteNode = h("span", { class: "kp-seat-note", hidden: true }, note.node);
    this.pinNode = h("span", { class: "kp-seat-pin", hidden: true }, pin.node);
    this.saidNode = h("div", { class: "kp-seat-line kp-seat-said", dir: "auto" }, said.node);
    this.admit = button("Admit", admit, { class: "kp-seat-admit", hidden: true });
    this.cell = h("div", {
      class: "kp-seat", role: "gridcell", tabindex: -1, "aria-selected": "false", data: { testid: "seat", seat: view.seat },
    },
    h("div", { class: "kp-seat-head" }, h("bdi", { class: "kp-seat-name" }, name.node), h("span", { class: "kp-seat-guest" }, guest.node), this.pinNode),
    h("div", { class: "kp-seat-frame" }, canvas, this.noteNode, this.admit),
    h("div", { class: "kp-seat-line" }, figures.node),
    h("div", { class: "kp-seat-line" }, epoch.node, step.node),
    this.saidNode);
    this.row = h("div", { role: "row", class: "kp-seat-row" }, this.cell);
  }

  /** @param {SeatView} view @param {import("./seat_words.js").Sent} sent @param {number} pin its place on the projector, 0 for none */
  show(view, sent, pin) {
    this.view = view;
    this.sent = sent;
    this.texts.name.write(view.name);
    this.texts.guest.write(view.guest ? " guest" : "");
    this.texts.pin.write(pin ? `Pin ${pin}` : "");
    setHidden(this.pinNode, !pin);
    setHidden(this.admit, view.state !== "waiting");
    this.put("name", view.name);
    this.put("state", view.state);
    this.write();
  }

  /** @param {TileFacts} facts */
  showFacts(facts) {
    this.facts = facts;
    this.put("epoch", String(facts.epoch));
    this.put("accuracy", facts.accuracy === null ? "" : facts.accuracy.toFixed(4));
    this.write();
  }

  write() {
    const { view, facts, sent, texts } = this;
    const note = noteOf(view, facts, sent);
    this.put("stuck", String(Boolean(stuckOf(view, facts, sent))));
    texts.note.write(note);
    setHidden(this.noteNode, !note);
    if (this.noteNode.title !== note) this.noteNode.title = note;
    texts.figures.write(facts ? figuresOf(facts) : "");
    const step = stepOf(view, facts, sent);
    texts.epoch.write(facts ? epochOf(facts) : "");
    texts.step.write(step && `${facts ? " · " : ""}${step}`);
    const said = saidOf(view, sent) || (view.note ? `told: ${view.note}` : "");
    texts.said.write(said);
    if (this.saidNode.title !== said) this.saidNode.title = said;
  }

  /** @param {string} name @param {string} value */
  put(name, value) {
    if (this.cell.dataset[name] !== value) this.cell.dataset[name] = value;
  }

  /** @param {boolean} selected */
  select(selected) {
    if (this.cell.getAttribute("aria-selected") !== String(selected)) this.cell.setAttribute("aria-selected", String(selected));
  }
}
