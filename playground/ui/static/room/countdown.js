// The time that is left: the server says it now and then, and it ticks here.
import { clock, timeLeft } from "./sentences.js";
import { h, LiveText, setHidden } from "../web/dom.js";
import { TIME_IS_UP_FOR } from "../web/facts.js";

const TICK = 250; // ms
const SAID_AT = [60, 30, 10, 0]; // seconds left

export class Countdown {
  /** @type {number | null} */
  ends = null; // performance.now() then
  last = Infinity;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  timer = undefined;
  text = new LiveText("");

  /** @param {(text: string) => void} say hears at some moments how much is left */
  constructor(say = () => {}) {
    this.say = say;
    this.node = h("span", { class: "kp-countdown", role: "timer", "aria-live": "off", hidden: true, data: { testid: "countdown" } }, this.text.node);
  }

  /** @param {number | null} seconds left; null: there is none */
  show(seconds) {
    setHidden(this.node, seconds === null);
    if (seconds === null) {
      this.stop();
      return;
    }
    const now = performance.now();
    const ends = now + 1000 * seconds;
    if (this.ends === null) this.last = Infinity;
    // What is said again differs by the way that it took: the hand must not jump for it. And what is over stays so.
    const isSame = this.ends !== null && (Math.abs(ends - this.ends) <= 700 || (seconds <= 0 && this.ends <= now));
    if (!isSame) this.ends = ends;
    this.timer ??= setInterval(() => this.tick(), TICK);
    this.tick();
  }

  tick() {
    if (this.ends === null) return;
    const left = Math.max(0, (this.ends - performance.now()) / 1000);
    this.text.write(left > 0 ? clock(left) : "Time is up");
    this.node.toggleAttribute("data-over", left <= 0);
    if (SAID_AT.some((at) => left <= at && this.last > at)) this.say(timeLeft(left)); // at first, too, how much that is
    setHidden(this.node, left <= 0 && performance.now() - this.ends > 1000 * TIME_IS_UP_FOR);
    this.last = left;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.ends = null;
  }
}
