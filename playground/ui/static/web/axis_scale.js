// From values to places along an axis, and its round numbers.
import { ticksOf } from "./ticks.js";

export class AxisScale {
  /** @param {number} lo @param {number} hi @param {boolean} [log] */
  constructor(lo, hi, log = false) {
    this.log = log;
    const [least, most] = hi > lo ? [lo, hi] : log ? [lo / 2, lo * 2] : [lo - 0.5, lo + 0.5];
    this.lo = least;
    this.hi = most;
    this.from = log ? Math.log10(least) : least;
    this.to = log ? Math.log10(most) : most;
  }

  /** 0 at the lower end and 1 at the upper one. @param {number} value */
  at(value) {
    return ((this.log ? Math.log10(value) : value) - this.from) / (this.to - this.from);
  }

  /** @param {number} most about so many @returns {{value: number, text: string}[]} */
  ticks(most) {
    return this.log ? logTicks(this.lo, this.hi, most) : ticksOf([this.lo, this.hi], most);
  }
}

/** Powers of ten, and 2 and 5 times these where there is room; over a short stretch, any round numbers. @param {number} lo @param {number} hi @param {number} most */
function logTicks(lo, hi, most) {
  const [first, last] = [Math.floor(Math.log10(lo)), Math.ceil(Math.log10(hi))];
  const decades = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const within = (/** @type {number[]} */ factors, /** @type {number} */ every) => decades.filter((decade) => decade % every === 0)
    .flatMap((decade) => factors.map((factor) => factor * 10 ** decade))
    .filter((value) => value >= lo * (1 - 1e-9) && value <= hi * (1 + 1e-9));
  const fine = within([1, 2, 5], 1);
  if (fine.length < 3) return ticksOf([lo, hi], most);
  if (fine.length <= most) return fine.map(written);
  return within([1], Math.max(1, Math.ceil((last - first) / most))).map(written);
}

/** @param {number} value */
function written(value) {
  const plain = value >= 1e-3 && value < 1e5;
  return { value, text: plain ? String(Number(value.toPrecision(1))) : value.toExponential(0).replace("-", "\u2212").replace("+", "") };
}
