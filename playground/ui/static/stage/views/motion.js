// A number that moves smoothly to where it is sent, stopping for a moment at each whole one.
const LEG = 950; // ms from one whole number to the next
const STOP = 300; // ms at each
const SHORTEST = 160;

/** @typedef {{from: number, to: number, ms: number}} Leg */

/** Slow, fast, slow. @param {number} t */
const eased = (t) => t * t * t * (t * (6 * t - 15) + 10);

export class Motion {
  /** @param {(value: number) => void} onMove @param {() => void} onEnd */
  constructor(onMove, onEnd) {
    this.onMove = onMove;
    this.onEnd = onEnd;
    /** @type {number | undefined} */
    this.request = undefined;
  }

  get moving() {
    return this.request !== undefined;
  }

  /** Through every whole number between. @param {number} from @param {number} to */
  walk(from, to) {
    /** @type {Leg[]} */
    const legs = [];
    for (let at = from; at < to;) {
      const next = Math.min(to, Math.floor(at + 1e-6) + 1);
      legs.push({ from: at, to: next, ms: Math.max(SHORTEST, LEG * (next - at)) }, { from: next, to: next, ms: STOP });
      at = next;
    }
    this.run(legs);
  }

  /** Straight there. @param {number} from @param {number} to */
  glide(from, to) {
    const ms = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : Math.max(SHORTEST, 420 * Math.min(1.5, Math.abs(to - from)));
    this.run([{ from, to, ms }]);
  }

  /** @param {Leg[]} legs */
  run(legs) {
    this.stop();
    let began = performance.now();
    const step = (/** @type {number} */ now) => {
      while (legs.length > 1 && now - began >= legs[0].ms) began += /** @type {Leg} */ (legs.shift()).ms;
      const [{ from, to, ms }] = legs;
      const share = ms ? Math.max(0, Math.min(1, (now - began) / ms)) : 1;
      this.request = share < 1 ? requestAnimationFrame(step) : undefined;
      this.onMove(from + (to - from) * eased(share));
      if (share === 1) this.onEnd();
    };
    if (legs.length) this.request = requestAnimationFrame(step);
    else this.onEnd();
  }

  stop() {
    if (this.request !== undefined) cancelAnimationFrame(this.request);
    this.request = undefined;
  }
}
