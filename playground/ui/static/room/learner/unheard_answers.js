// Answers are kept until the server says that it has them, or refuses them: a connection may be dead without a word, and a page reloaded.
import { isToTheSame, withAnswer } from "../known_rooms.js";

const SAY_AGAIN = 5000; // ms

/**
 * @typedef {import("../known_rooms.js").Answer} Answer
 * @typedef {import("../messages.js").AnsweredView} AnsweredView
 */

export class UnheardAnswers {
  isSaidAgain = false; // on this connection, and nothing was heard of them since
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /** @param {import("../room.js").Room} room */
  constructor(room) {
    this.home = room;
  }

  get all() {
    return this.home.storage.room(this.home.code).unheard;
  }

  /** @param {Answer} answer */
  give(answer) {
    this.keep(withAnswer(this.all, answer));
    this.say([answer]);
  }

  /** These the server has, or does not want. @param {AnsweredView[]} known */
  settled(known) {
    const { all } = this;
    const left = all.filter((each) => !known.some((other) => isToTheSame(each, other)));
    if (left.length === all.length) return;
    this.isSaidAgain = false;
    this.keep(left);
    if (!left.length) clearTimeout(this.timer);
  }

  /** Another connection: what was said on the last one may have come to nothing. */
  sayAll() {
    this.isSaidAgain = false;
    this.say(this.all);
  }

  /** @param {Answer[]} answers */
  say(answers) {
    const { socket } = this.home;
    clearTimeout(this.timer);
    if (!answers.length || !socket?.connected) return; // the next connection says them
    for (const answer of answers) socket.send({ type: "answer", ...answer });
    this.timer = setTimeout(() => this.sayAgain(), SAY_AGAIN);
  }

  sayAgain() {
    if (this.isSaidAgain) return this.home.socket?.drop(); // it is dead, as it seems
    this.isSaidAgain = true;
    this.say(this.all);
  }

  /** @param {Answer[]} unheard */
  keep(unheard) {
    this.home.storage.note(this.home.code, { unheard });
  }

  stop() {
    clearTimeout(this.timer);
  }
}
