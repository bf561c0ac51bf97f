// What a learner has of a room: the bar above what they train, what they are asked, and what is told to the room.
import { Challenges } from "./challenges.js";
import { Countdown } from "../countdown.js";
import { Following } from "./following.js";
import { KeptDialog } from "./kept_dialog.js";
import { Menu } from "./menu.js";
import { Question } from "./question.js";
import { UnheardAnswers } from "./unheard_answers.js";
import { openSteps } from "../../web/open_steps.js";
import { sentTitle } from "../sentences.js";
import { UNKEPT } from "../rooms_storage.js";
import { h, setHidden } from "../../web/dom.js";

/**
 * @typedef {import("../room.js").Room} Room
 * @typedef {import("../room.js").RoomData} RoomData
 * @typedef {import("../messages.js").RoomView} RoomView
 */

export class LearnersPart {
  /** @type {RoomView | null} */
  view = null;
  notesRead = 0;

  /** @param {HTMLElement} root @param {Room} room */
  constructor(root, room) {
    this.home = room;
    this.following = new Following(room);
    this.unheard = new UnheardAnswers(room);
    this.question = new Question((asked, text) => this.answer(asked, text));
    this.challenges = new Challenges((challenge) => room.say({ type: "hand_in", challenge }));
    this.countdown = new Countdown((text) => room.announcer.say(text));
    this.keptDialog = new KeptDialog({ show: () => room.say({ type: "show_kept" }), forget: () => this.forget() });
    this.menu = new Menu("More", [
      { text: "What is kept about me", act: () => this.keptDialog.open() },
      { text: "Leave this room", act: () => room.leave() },
    ]);
    this.build();
    root.append(this.node);
    this.onAnswer = (/** @type {Event} */ event) => this.hearLesson(/** @type {CustomEvent} */ (event).detail);
    window.addEventListener("keras-playground:answer", this.onAnswer);
  }

  build() {
    this.name = h("strong", { class: "kp-class-name", tabindex: -1, data: { testid: "my-name" } });
    this.code = h("span", { class: "kp-class-code" });
    this.title = h("span", { class: "kp-class-title", data: { testid: "sent-title" } });
    this.steps = h("span", { class: "kp-class-steps" });
    this.lostText = h("span", { class: "kp-class-lost", role: "status" });
    this.own = h("button", { type: "button", class: "kp-button kp-small-button", onclick: () => this.turn() });
    this.bar = h("div", { class: "kp-class-bar" }, h("span", { class: "kp-class-who" }, this.name, this.code), h("span", { class: "kp-class-what" }, this.title, this.steps),
      this.lostText, this.countdown.node, this.challenges.node, this.own, this.menu.node);
    this.paused = h("p", { class: "kp-class-state", role: "status", data: { testid: "class-state" } });
    this.noteText = h("span");
    this.note = h("div", { class: "kp-room-note", hidden: true, data: { testid: "note" } }, h("strong", {}, "Your teacher: "), this.noteText,
      h("button", { type: "button", class: "kp-button kp-small-button", onclick: () => this.readNote() }, "Dismiss"));
    this.notes = h("div", { "aria-live": "polite" }, this.note);
    this.unsaved = h("p", { class: "kp-room-unsaved", role: "status" });
    this.node = h("div", { class: "kp-learner" }, this.bar, this.paused, this.notes, this.unsaved, this.question.node, this.keptDialog.node);
  }

  /** @param {RoomView} view how the room stands now */
  show(view) {
    const { you, code, sent, state, contests } = view;
    this.view = view;
    write(this.name, you?.name ?? "");
    write(this.code, code);
    this.showTitle();
    this.showState(state);
    this.showNote();
    const unsaved = [view.unsaved, this.home.storage.isKept ? "" : UNKEPT].filter(Boolean).join(" ");
    write(this.unsaved, unsaved);
    setHidden(this.unsaved, !unsaved);
    this.countdown.show(view.timer_in);
    this.challenges.show(contests, state === "closed");
    setHidden(this.own, !sent);
    this.showQuestion();
  }

  /** @param {RoomView} view */
  room(view) {
    this.unheard.settled(view.you?.answered ?? []);
    this.following.room(view);
    this.show(view);
  }

  /** @param {RoomData} data what Python shows now */
  update(data) {
    this.following.update(data);
    if (this.view) this.show(this.view);
  }

  /** @param {import("../room.js").Message} message */
  heard({ header }) {
    const said = /** @type {any} */ (header);
    if (said.type === "kept") this.keptDialog.show(said);
    if (said.type === "not_done" && said.answer) this.refused(said.answer);
  }

  /** The server has said why: what is not answered is asked again. @param {import("../messages.js").AnsweredView} answer */
  refused(answer) {
    this.unheard.settled([answer]);
    this.showQuestion();
  }

  reconnected() {
    this.unheard.sayAll();
  }

  focus() {
    this.name.focus({ preventScroll: true });
  }

  /** @param {boolean} lost */
  lost(lost) {
    write(this.lostText, lost ? "Connection lost. Reconnecting… Your network goes on." : "");
  }

  get isOwn() {
    return this.following.own;
  }

  // ---------------------------------------------------------------- the bar

  showTitle() {
    const { view } = this;
    if (!view) return;
    const { sent, open_to: openTo } = view;
    const own = this.isOwn && sent;
    write(this.title, own ? "Something of my own" : sentTitle(sent));
    this.title.title = this.title.textContent;
    const { step } = this.home.component.data;
    const at = sent?.kind === "lesson" && !own && step ? `Step ${step} of ${sent.steps}` : "";
    const open = sent?.kind === "lesson" && !own ? openSteps(openTo, sent.steps) : "";
    write(this.steps, [at, open].filter(Boolean).join(" · "));
    write(this.own, own ? "Back to the class" : "Something of my own");
    this.own.classList.toggle("kp-primary", Boolean(own));
  }

  /** @param {RoomView["state"]} state */
  showState(state) {
    const text = { open: "", paused: "The class is paused.", closed: "This room is closed. What you train stays here as long as this page." }[state];
    write(this.paused, text);
    setHidden(this.paused, !text);
  }

  showNote() {
    const you = this.view?.you;
    const shown = Boolean(you?.note) && (you?.notes ?? 0) > this.notesRead;
    write(this.noteText, shown ? you?.note ?? "" : "");
    setHidden(this.note, !shown);
  }

  readNote() {
    this.notesRead = this.view?.you?.notes ?? 0;
    this.showNote();
    this.menu.button.focus();
  }

  /** To their own, or back. */
  turn() {
    this.following.turn(!this.isOwn);
    this.showTitle();
    this.showQuestion();
  }

  // ---------------------------------------------------------------- what is asked

  showQuestion() {
    const sent = this.view?.sent;
    if (!sent?.question || this.isOwn || this.view?.state === "closed") return this.question.show(null, []);
    this.question.show(sent, this.answered(sent.number));
  }

  /** What the server has answers to, or is still to get. @param {number} number */
  answered(number) {
    const known = [...(this.view?.you?.answered ?? []), ...this.unheard.all];
    return known.filter(({ sent, step }) => sent === number && step === 0).map(({ asked }) => asked);
  }

  /** @param {"predict" | "observe"} asked @param {string} text */
  answer(asked, text) {
    const sent = this.view?.sent;
    if (!sent) return;
    this.unheard.give({ sent: sent.number, step: 0, asked, text });
    this.showQuestion();
  }

  /** What a lesson was answered is told to the room. @param {{step: number, asked: "predict" | "observe", text: string}} detail */
  hearLesson({ step, asked, text }) {
    const sent = this.view?.sent;
    if (sent?.kind === "lesson" && !this.isOwn) this.unheard.give({ sent: sent.number, step, asked, text });
  }

  forget() {
    const { home: room } = this;
    if (!room.socket?.send({ type: "forget" })) {
      room.notify("There is no connection to the room: nothing is deleted yet. Try again.");
      return;
    }
    room.storage.forget(room.code);
    room.leave("What was kept about you is deleted.");
  }

  destroy() {
    window.removeEventListener("keras-playground:answer", this.onAnswer);
    this.following.destroy();
    this.unheard.stop();
    this.question.destroy();
    this.countdown.stop();
    this.menu.destroy();
    this.node.remove();
  }
}

/** @param {HTMLElement} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
