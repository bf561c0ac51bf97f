// The connection of a page to a room, which comes back by itself. While the page is hidden it says nothing.
import { decode } from "../web/decode.js";

const FIRST_RETRY = 200; // ms
const LAST_RETRY = 1700; // with the chance in it never more than two seconds
const HERE_EVERY = 4000;
const ASLEEP = 12_000; // ms without a beat after which the machine has slept, and the connection may be dead unknown to it
const ANSWERS_WITHIN = 8000;
const QUIET_LOSS = 300;
const OUR_CODES = 4000;

/**
 * @typedef {import("./messages.js").Said} Said
 *
 * @typedef {object} RoomEvents
 * @property {() => Said} greeting  what a connection begins with
 * @property {(message: import("../web/decode.js").Message) => void} onMessage
 * @property {(lost: boolean) => void} onLost  true once it was away for more than a blink
 * @property {(code: number) => void} onRefused  the server has ended it for good
 */

/** How long to wait before the next try, and the wait after that. @param {number} wait @param {number} chance from 0 to 1 */
export const nextRetry = (wait, chance) => ({ now: wait * (0.85 + 0.3 * chance), then: Math.min(LAST_RETRY, wait * 1.6) });

export class RoomSocket {
  /** @type {WebSocket | null} */
  ws = null;
  ended = false;
  retry = FIRST_RETRY;
  beat = Date.now(); // when the page was awake last
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  retryTimer = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  lossTimer = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  answerTimer = undefined;

  /** @param {string} url @param {RoomEvents} events */
  constructor(url, events) {
    this.url = url;
    this.events = events;
    this.wake = this.wake.bind(this);
    this.online = this.online.bind(this);
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("pageshow", this.wake);
    window.addEventListener("online", this.online);
    this.beating = setInterval(() => this.sayHere(), HERE_EVERY);
    this.open();
  }

  get connected() {
    return this.ws?.readyState === WebSocket.OPEN;
  }

  open() {
    clearTimeout(this.retryTimer);
    const ws = new WebSocket(this.url);
    ws.binaryType = "arraybuffer";
    ws.onopen = () => ws === this.ws && this.send(this.events.greeting());
    ws.onmessage = ({ data }) => ws === this.ws && this.received(data);
    ws.onclose = ({ code }) => this.closed(ws, code);
    this.ws = ws;
    clearTimeout(this.answerTimer);
    this.answerTimer = setTimeout(() => this.drop(), ANSWERS_WITHIN);
  }

  /** @param {unknown} data */
  received(data) {
    if (!(data instanceof ArrayBuffer)) return;
    clearTimeout(this.answerTimer);
    clearTimeout(this.lossTimer);
    this.lossTimer = undefined;
    this.retry = FIRST_RETRY;
    this.events.onLost(false);
    this.events.onMessage(decode(data));
  }

  /** @param {WebSocket} ws @param {number} code */
  closed(ws, code) {
    if (ws !== this.ws || this.ended) return;
    this.ws = null;
    clearTimeout(this.answerTimer);
    if (code > OUR_CODES) {
      this.close();
      this.events.onRefused(code);
      return;
    }
    this.lossTimer ??= setTimeout(() => this.events.onLost(true), QUIET_LOSS);
    const { now, then } = nextRetry(this.retry, Math.random());
    this.retry = then;
    this.retryTimer = setTimeout(() => document.hidden || this.open(), now); // a hidden page waits for `wake`
  }

  /** What there is may be dead, or answers nothing: another one. */
  drop() {
    const { ws } = this;
    if (!ws) return;
    this.closed(ws, 0);
    ws.close();
  }

  /** The page is seen again, or hidden. */
  wake() {
    if (this.ended || document.hidden) return;
    if (Date.now() - this.beat > ASLEEP) this.anew();
    else if (!this.ws) this.open();
    this.sayHere();
  }

  /** The machine has a network again, as a rule another one. */
  online() {
    if (!this.ended && !document.hidden) this.anew();
  }

  anew() {
    const { ws } = this;
    this.beat = Date.now();
    this.ws = null;
    ws?.close();
    this.open();
  }

  sayHere() {
    if (document.hidden || this.ended) return;
    const slept = Date.now() - this.beat > ASLEEP;
    this.beat = Date.now();
    if (slept && this.ws) this.anew();
    else this.send({ type: "here" });
  }

  /** @param {Said} message @returns {boolean} whether it has gone out */
  send(message) {
    if (!this.connected) return false;
    this.ws?.send(JSON.stringify(message));
    return true;
  }

  close() {
    this.ended = true;
    clearTimeout(this.retryTimer);
    clearTimeout(this.lossTimer);
    clearTimeout(this.answerTimer);
    clearInterval(this.beating);
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("pageshow", this.wake);
    window.removeEventListener("online", this.online);
    this.ws?.close(1000);
    this.ws = null;
  }
}
