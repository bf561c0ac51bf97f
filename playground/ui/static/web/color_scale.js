// From a metric to a colour: viridis, even in lightness and safe for the colour-blind; bright is better.
import { css, mix } from "./theme.js";

const VIRIDIS = [
  [68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37],
];
const STEPS = 32; // colours told apart: so a cell's frame changes now and then, not with every frame
const COLORS = Array.from({ length: STEPS }, (_, i) => css(viridis(i / (STEPS - 1))));

/** @param {number} t 0 to 1 */
function viridis(t) {
  const at = t * (VIRIDIS.length - 1);
  const i = Math.min(VIRIDIS.length - 2, Math.floor(at));
  return mix(VIRIDIS[i], VIRIDIS[i + 1], at - i);
}

/** @typedef {import("./metrics.js").Metric} Metric */

/** The colours of a metric between two values that are rounded, so that they rarely move. */
export class ColorScale {
  /** @param {Metric} metric @param {ArrayLike<number>} values what is shown; those that are no numbers do not count */
  constructor(metric, values) {
    this.metric = metric;
    const [lo, hi] = rangeOf(metric, Array.from(values).filter(Number.isFinite));
    this.lo = lo;
    this.hi = hi;
  }

  /** 0 is worst and 1 best. @param {number} value */
  share(value) {
    const { lo, hi, metric } = this;
    const along = metric.scale === "log" ? (Math.log(Math.max(value, lo)) - Math.log(lo)) / (Math.log(hi) - Math.log(lo)) : (value - lo) / (hi - lo);
    const within = Math.max(0, Math.min(1, along));
    return metric.more ? within : 1 - within;
  }

  /** Empty for what is no number: that is not on the scale. @param {number} value */
  color(value) {
    return Number.isFinite(value) ? COLORS[Math.round(this.share(value) * (STEPS - 1))] : "";
  }

  /** What stands at the two ends of the legend, the worst first. */
  get ends() {
    const { lo, hi, metric } = this;
    return metric.more ? [lo, hi] : [hi, lo];
  }

  static get gradient() {
    return `linear-gradient(to right, ${COLORS.filter((_, i) => i % 4 === 0 || i === STEPS - 1).join(", ")})`;
  }
}

/** @param {Metric} metric @param {number[]} values @returns {[number, number]} */
function rangeOf({ scale }, values) {
  if (!values.length) return scale === "share" ? [0, 1] : scale === "log" ? [0.1, 1] : [-1, 1];
  const sorted = [...values].sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  if (scale === "share") return apart(Math.floor(least * 20 + 1e-6) / 20, Math.ceil(most * 20 - 1e-6) / 20, 0.05);
  return scale === "log" ? logRange(sorted) : linearRange(sorted);
}

/** One that lies far off does not take the colours from the rest. @param {number[]} sorted */
function linearRange(sorted) {
  const [q1, q3] = [sorted[Math.floor(sorted.length / 4)], sorted[Math.floor((3 * sorted.length) / 4)]];
  const reach = 4 * (q3 - q1) || Infinity;
  const [lo, hi] = [Math.max(sorted[0], q1 - reach), Math.min(sorted[sorted.length - 1], q3 + reach)];
  const step = 10 ** Math.floor(Math.log10(Math.max(hi - lo, 1e-6)));
  return apart(Math.floor(lo / step) * step, Math.ceil(hi / step) * step, step);
}

/** From 1, 2 or 5 times a power of ten to another; what is a thousand times the median is beyond the end. @param {number[]} sorted @returns {[number, number]} */
function logRange(sorted) {
  const median = Math.max(sorted[Math.floor(sorted.length / 2)], 1e-9);
  const lo = rounded(Math.max(sorted[0], median / 1000), false);
  const hi = rounded(Math.min(sorted[sorted.length - 1], median * 1000), true);
  return hi > lo ? [lo, hi] : [lo, 2 * lo];
}

/** @param {number} value @param {boolean} up */
export function rounded(value, up) {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 5, 10].map((step) => step * power);
  const found = up ? steps.find((step) => step >= value * (1 - 1e-9)) : steps.reverse().find((step) => step <= value * (1 + 1e-9));
  return found ?? value;
}

/** @param {number} lo @param {number} hi @param {number} least @returns {[number, number]} */
const apart = (lo, hi, least) => (hi - lo >= least ? [lo, hi] : [lo, lo + least]);
