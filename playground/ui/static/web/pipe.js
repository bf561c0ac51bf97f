// The live channel through Streamlit's own connection, in turns: each says what the other may not have heard yet.
import { PIPE } from "./facts.js";
import { way } from "./way.js";

const AGAIN = 2000; // ms after which a turn that was not answered is taken anew: Streamlit may have lost it
const SOON = 30;
const LATE = 300;
const HIDDEN = 2000;
const SLOWER = 1.6;
const NAME_LENGTH = 12;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const LOST = 1006;

/**
 * @typedef {{heard: number, first: number, messages: string[], code: number | null}} Heard  of one channel
 */

/** What looks like a WebSocket to whoever uses it. */
export class PipedSocket {
  /** @type {(() => void) | null} */
  onopen = null;
  /** @type {((event: {data: ArrayBuffer}) => void) | null} */
  onmessage = null;
  /** @type {((event: {code: number}) => void) | null} */
  onclose = null;
  binaryType = "arraybuffer";
  /** @type {number} */
  readyState = WebSocket.CONNECTING;
  /** @type {string[]} */
  texts = []; // that the server may not have heard yet
  first = 0; // number of the first of them
  heard = 0; // messages of the server
  lastTurn = Infinity; // in which the server was told that it has ended

  /** @param {string} token */
  constructor(token) {
    this.token = token;
    this.name = Array.from({ length: NAME_LENGTH }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join("");
    pipe.open(this);
  }

  /** @param {string} text */
  send(text) {
    this.texts.push(text);
    pipe.hurry();
  }

  close() {
    this.readyState = WebSocket.CLOSED;
    pipe.hurry();
  }

  get said() {
    const { token, first, heard } = this;
    return { token, first, heard, texts: this.texts.slice(0, PIPE.texts), ended: this.closed };
  }

  get closed() {
    return this.readyState === WebSocket.CLOSED;
  }

  /** @param {Heard} answer @returns {boolean} whether there was anything new */
  take(answer) {
    if (this.closed) return false;
    const passed = Math.max(0, answer.heard - this.first);
    this.texts.splice(0, passed);
    this.first += passed;
    if (this.readyState === WebSocket.CONNECTING && answer.code !== LOST) {
      this.readyState = WebSocket.OPEN;
      this.onopen?.();
    }
    const news = answer.messages.slice(Math.max(0, this.heard - answer.first));
    for (const message of news) {
      this.heard += 1;
      this.onmessage?.({ data: bytesOf(message) });
    }
    if (answer.code !== null) this.end(answer.code);
    return news.length > 0;
  }

  /** @param {number} code */
  end(code) {
    this.readyState = WebSocket.CLOSED;
    pipe.forget(this);
    this.onclose?.({ code });
  }
}

/** @param {string} text in base64 @returns {ArrayBuffer} */
function bytesOf(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes.buffer;
}

class Pipe {
  /** @type {Map<string, PipedSocket>} */
  sockets = new Map();
  turn = 0; // number of the newest that was asked for
  asked = false; // and is not answered yet
  answer = "";
  pause = SOON;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;
  /** The page is left: a run that nobody watches is there for whoever comes back to it. */
  leave() {
    for (const socket of this.sockets.values()) socket.readyState = WebSocket.CLOSED;
    this.take();
  }

  /** The browser had kept the page, and shows it again. */
  comeBack() {
    for (const socket of [...this.sockets.values()]) socket.end(LOST);
  }

  /** What Streamlit has told the component. @param {boolean} [isAnother] */
  follow(isAnother = true) {
    if (way.component) this.hear(way.component.data.answer);
    if (!isAnother) return;
    this.asked = false; // what the one before has asked for may be lost
    this.hurry();
  }

  /** @param {PipedSocket} socket */
  open(socket) {
    this.sockets.set(socket.name, socket);
    this.hurry();
  }

  /** @param {PipedSocket} socket */
  forget(socket) {
    this.sockets.delete(socket.name);
  }

  /** Something is to be said: at once, or when the turn under way is over. */
  hurry() {
    this.pause = SOON;
    if (!this.asked) this.ask(0);
  }

  /** @param {number} milliseconds from now */
  ask(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.take(), milliseconds);
  }

  /** Take a turn. */
  take() {
    if (!way.component || !this.sockets.size) return;
    this.turn += 1;
    this.asked = true;
    const speaking = [...this.sockets.values()].slice(0, PIPE.channels);
    const channels = Object.fromEntries(speaking.map((each) => [each.name, each.said]));
    for (const each of speaking) if (each.closed) each.lastTurn = Math.min(each.lastTurn, this.turn);
    way.component.setTriggerValue("turn", { exchange: { number: this.turn, channels }, shut: way.barred });
    this.ask(AGAIN);
  }

  /** @param {string} text the newest answer, which may be one that was heard */
  hear(text) {
    if (!text || text === this.answer) return;
    this.answer = text;
    const { number, channels, refused } = JSON.parse(text);
    if (refused) return console.error(refused);
    let news = false;
    for (const [name, answer] of Object.entries(channels)) news = this.tell(name, answer, number) || news;
    if (number !== this.turn) return; // of a turn that was taken anew, or of a page before
    this.asked = false;
    this.pause = news ? SOON : Math.min(document.hidden ? HIDDEN : LATE, this.pause * SLOWER);
    this.ask(this.saying ? 0 : this.pause);
  }

  /** @param {string} name @param {Heard} answer @param {number} number of the turn */
  tell(name, answer, number) {
    const socket = this.sockets.get(name);
    if (!socket) return false;
    if (number >= socket.lastTurn) this.forget(socket);
    return socket.take(answer);
  }

  /** Whether the server has not heard all. */
  get saying() {
    return [...this.sockets.values()].some((each) => each.texts.length || each.closed);
  }
}

export const pipe = new Pipe();
way.onComponent = (isAnother) => pipe.follow(isAnother);
pipe.follow();
globalThis.addEventListener?.("pagehide", () => pipe.leave());
globalThis.addEventListener?.("pageshow", (event) => event.persisted && pipe.comeBack());
