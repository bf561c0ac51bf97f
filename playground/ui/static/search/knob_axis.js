// The values that are tried of a knob: what they are called, and where they lie on its axis.
import { AxisScale } from "../web/axis_scale.js";

const ZERO = 0.14; // of an axis, below the least number that is not zero
const MOST_WHOLE = 10; // steps between whole numbers that are all written

/** @typedef {import("../web/messages.js").SearchKnob} SearchKnob */

export class KnobAxis {
  /** @param {SearchKnob} knob @param {string} title */
  constructor(knob, title) {
    this.knob = knob;
    this.title = title;
    this.names = knob.scale === "names";
    const log = knob.scale === "log" || knob.scale === "log_with_zero";
    this.scale = new AxisScale(knob.low, knob.high, log);
    this.foot = knob.scale === "log_with_zero" ? ZERO : 0;
  }

  /** A number, or the place of a name. @param {number} value */
  text(value) {
    return this.names ? this.knob.labels[value] ?? "" : String(value);
  }

  /** From 0 to 1. @param {number} value */
  at(value) {
    if (this.names) return (value + 0.5) / Math.max(1, this.knob.labels.length);
    if (this.foot && value <= 0) return 0;
    return this.foot + (1 - this.foot) * this.scale.at(value);
  }

  /** @returns {import("../web/parallel_plot.js").Tick[]} */
  get ticks() {
    if (this.names) return this.knob.labels.map((text, i) => ({ at: this.at(i), text }));
    const { low, high } = this.knob;
    if (!this.scale.log && Number.isInteger(low) && Number.isInteger(high) && high - low <= MOST_WHOLE) {
      return Array.from({ length: high - low + 1 }, (_, i) => ({ at: this.at(low + i), text: String(low + i) }));
    }
    const ticks = this.scale.ticks(6).map(({ value, text }) => ({ at: this.at(value), text }));
    return this.foot ? [{ at: 0, text: "0" }, ...ticks] : ticks;
  }
}
