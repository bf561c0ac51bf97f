// A countdown that ticks by itself between two words of the server.
import { h, LiveText, setHidden } from "../../web/dom.js";

const TICK = 250; // ms

/** "4:05". @param {number} seconds */
export function clockText(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export class Countdown {
  ends = 0; // ms, by this page's clock
  /** @type {ReturnType<typeof setInterval> | undefined} */
  ticking = undefined;

  /** @param {string} testid */
  constructor(testid) {
    this.text = new LiveText("");
    this.node = h("span", { class: "kp-countdown", role: "timer", hidden: true, data: { testid } }, this.text.node);
  }

  /** @param {number | null} timerIn seconds to its end, null where there is none */
  show(timerIn) {
    setHidden(this.node, timerIn === null);
    if (timerIn === null) return this.stop();
    this.ends = performance.now() + 1000 * timerIn;
    this.tick();
    this.ticking ??= setInterval(() => this.tick(), TICK);
  }

  get left() {
    return (this.ends - performance.now()) / 1000;
  }

  tick() {
    const { left, node } = this;
    this.text.write(left > 0 ? clockText(left) : "Time is up");
    if (node.dataset.over !== String(left <= 0)) node.dataset.over = String(left <= 0);
    if (left <= 0) this.stop();
  }

  stop() {
    clearInterval(this.ticking);
    this.ticking = undefined;
  }
}
