// One connection that comes back by itself, as a rule a WebSocket, and the credits that pace the server.
import { decode } from "./decode.js";
import { CLOSE, FRAMES_IN_FLIGHT, PIPE } from "./facts.js";
import { way } from "./way.js";

const FIRST_RETRY = 200;
const LAST_RETRY = 5000;
const LOST = 1006; // what a browser says of a connection that was lost
const QUIET_LOSS = 300;
const OPENS_WITHIN = 6000; // ms; what does not even fail is held up by something on the way
const GREETS_WITHIN = 15_000; // ms
const FIRST_GREETING = 2000; // ms that a run may take to greet before its connection counts as lost
const GREETINGS = ["hello", "wall", "rates", "search"]; // a connection begins with one
const FRAMES = ["frame", "cells", "losses", "trials"]; // each takes a credit

/**
 * @typedef {object} SocketEvents
 * @property {(message: import("./decode.js").Message) => void} onMessage
 * @property {(lost: boolean) => void} onLost   true after the connection was away for more than a blink
 * @property {(code: number) => void} onClosed  the server ended it for good (4403, 4404, 4409)
 */

export class LiveSocket {
  /**
   * @param {string} url
   * @param {SocketEvents} events
   */
  constructor(url, events) {
    this.url = url;
    this.events = events;
    this.retry = FIRST_RETRY;
    this.outstanding = 0; // credits the server holds
    this.unpainted = 0; // frames received and not yet painted
    this.ended = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.retryTimer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.lossTimer = undefined;
    this.held = false; // no frames are wanted for now
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.openTimer = undefined;
    /** @type {import("./way.js").Connection | null} */
    this.ws = null;
    this.wake = this.wake.bind(this);
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("online", this.wake);
    this.watchLoss(FIRST_GREETING);
    this.open();
  }

  get connected() {
    return this.ws?.readyState === WebSocket.OPEN;
  }

  open() {
    clearTimeout(this.retryTimer);
    const ws = way.connectionTo(this.url);
    if (!(ws instanceof Promise)) return this.begin(ws);
    ws.then((piped) => (this.ended || this.ws ? piped.close() : this.begin(piped)), () => this.retryLater());
  }

  /** A hidden page waits for `wake`: nobody looks, and the server may free the run. */
  retryLater() {
    this.retryTimer = setTimeout(() => document.hidden || this.open(), this.retry * (0.8 + 0.4 * Math.random()));
    this.retry = Math.min(LAST_RETRY, this.retry * 1.8);
  }

  /** @param {import("./way.js").Connection} ws */
  begin(ws) {
    ws.binaryType = "arraybuffer";
    ws.onopen = () => this.opened();
    ws.onmessage = (/** @type {{data: unknown}} */ event) => this.received(ws, event.data);
    ws.onclose = (/** @type {{code: number}} */ event) => this.closed(ws, event.code);
    this.ws = ws;
    this.expect(OPENS_WITHIN);
  }

  opened() {
    this.expect(GREETS_WITHIN);
    this.outstanding = 0;
    this.unpainted = 0;
    if (document.hidden) this.rest();
    else this.topUp();
  }

  /** @param {import("./way.js").Connection} ws @param {unknown} data */
  received(ws, data) {
    if (ws !== this.ws || !(data instanceof ArrayBuffer)) return;
    const message = decode(data);
    if (GREETINGS.includes(message.header.type)) this.settle();
    if (FRAMES.includes(message.header.type)) {
      this.outstanding = Math.max(0, this.outstanding - 1);
      this.unpainted += 1;
    }
    this.events.onMessage(message);
  }

  /** The connection works again: forget the waiting times. */
  settle() {
    way.noteGreeting(this.ws);
    clearTimeout(this.openTimer);
    this.retry = FIRST_RETRY;
    clearTimeout(this.lossTimer);
    this.lossTimer = undefined;
    this.events.onLost(false);
  }

  /** The connection is to come further within so many milliseconds. @param {number} milliseconds */
  expect(milliseconds) {
    const { ws } = this;
    clearTimeout(this.openTimer);
    this.openTimer = setTimeout(() => {
      if (!ws || ws !== this.ws) return;
      way.noteEnd(ws, LOST); // it is sure to be no accident
      this.closed(ws, LOST);
      ws.close();
    }, milliseconds);
  }

  /** @param {import("./way.js").Connection} ws @param {number} code */
  closed(ws, code) {
    if (ws !== this.ws || this.ended) return;
    this.ws = null;
    clearTimeout(this.openTimer);
    way.noteEnd(ws, code);
    if (code === CLOSE.GONE || code === CLOSE.TAKEN || code === CLOSE.REFUSED) {
      this.close();
      this.events.onClosed(code);
      return;
    }
    this.watchLoss();
    this.retryLater();
  }

  watchLoss(milliseconds = QUIET_LOSS) {
    this.lossTimer ??= setTimeout(() => this.events.onLost(true), milliseconds);
  }

  /** The tab is shown or hidden, or the network is back. */
  wake() {
    if (this.ended) return;
    if (document.hidden) this.rest();
    else if (this.connected) this.topUp();
    else if (!this.ws) this.open(); // without waiting any longer
  }

  /** Nobody looks: the credits the server still holds are taken back, so it stops at once. */
  rest() {
    this.send({ type: "hidden" });
    this.outstanding = 0;
  }

  /** @param {import("../web/messages.js").PageMessage} message */
  send(message) {
    if (this.connected) this.ws?.send(JSON.stringify(message));
  }

  /** A frame was painted or skipped: its place is free again. */
  done() {
    this.unpainted = Math.max(0, this.unpainted - 1);
    this.topUp();
  }

  /** Take back the credits the server holds, and give no more until `release`. */
  hold() {
    this.held = true;
    this.rest();
  }

  release() {
    this.held = false;
    this.topUp();
  }

  /** Another run on the same connection: it has no credits, and frames are wanted of it. */
  startOver() {
    this.held = false;
    this.unpainted = 0;
    this.rest();
    this.topUp();
  }

  topUp() {
    if (document.hidden || this.held || !this.connected) return;
    // A turn through Streamlit takes as long as several frames do.
    const most = this.ws instanceof WebSocket ? FRAMES_IN_FLIGHT : PIPE.frames;
    while (this.outstanding + this.unpainted < most) {
      this.outstanding += 1;
      this.send({ type: "credit" });
    }
  }

  close() {
    this.ended = true;
    clearTimeout(this.retryTimer);
    clearTimeout(this.lossTimer);
    clearTimeout(this.openTimer);
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("online", this.wake);
    this.ws?.close(1000);
    this.ws = null;
  }
}
