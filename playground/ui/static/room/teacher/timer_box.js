// The countdown that a teacher sets.
import { h } from "../../web/dom.js";
import { button, field, Popover } from "./controls.js";

const MINUTES = [1, 3, 5, 10];
const MOST = 360;

export class TimerBox {
  /** @param {(seconds: number) => void} set */
  constructor(set) {
    const act = (/** @type {number} */ seconds) => {
      this.popover.close();
      set(seconds);
    };
    this.own = h("input", { type: "number", class: "kp-input kp-minutes", min: 1, max: MOST, step: 1, value: 15 });
    this.stop = button("Stop it", () => act(0), { hidden: true });
    const form = h("form", {
      class: "kp-form-line", onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        const minutes = Number(this.own.value);
        if (minutes > 0 && minutes <= MOST) act(Math.round(60 * minutes));
      },
    }, field("Minutes", this.own), h("button", { class: "kp-button kp-small-button" }, "Start"));
    this.popover = new Popover("Countdown", [h("div", { class: "kp-taking-items" }, ...MINUTES.map((minutes) => button(`${minutes} min`, () => act(60 * minutes)))), form, this.stop]);
    this.node = this.popover.node;
  }

  /** @param {boolean} running @param {boolean} closed in a room that is closed nothing is counted down */
  show(running, closed) {
    if (this.popover.button.disabled !== closed) this.popover.button.disabled = closed;
    if (this.stop.hidden === running) this.stop.hidden = !running;
  }

  destroy() {
    this.popover.destroy();
  }
}
