// What of the diagram a learner points at, and what they have pinned: a neuron or a link.
const DWELL = 50; // ms the mouse rests on a neuron before its map is asked for
const LINK_REACH = 6;
const TOUCH_REACH = 14;

/** @typedef {{layer: number, row: number, unit: number}} Place */
/** @typedef {{layer: number, from: number, to: number}} Link */
/**
 * @typedef {object} Events
 * @property {(x: number, y: number, reach: number) => Link | null} linkAt in pixels of the canvas
 * @property {(x: number, y: number) => Place | null} biasAt
 * @property {() => void} changed something else is pointed at or pinned
 * @property {(place: Place | null) => void} focus a neuron's map is wanted, or none
 * @property {(pinned: Place | null) => void} closed nothing is pinned any more; what was
 */

export class NetworkPointing {
  /** @type {Place | null} */
  pointed = null;
  /** @type {Place | null} */
  pinned = null;
  /** @type {Link | null} */
  link = null;
  linkPinned = false;
  /** @type {Place | null | undefined} */
  focused;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  dwell;

  /** @param {HTMLCanvasElement} canvas @param {Events} events */
  constructor(canvas, events) {
    this.canvas = canvas;
    this.events = events;
    /** Wherever the keyboard is. @param {KeyboardEvent} event */
    this.onKey = (event) => {
      if (event.key === "Escape" && (this.pinned || this.linkPinned)) this.leave();
    };
    document.addEventListener("keydown", this.onKey);
    canvas.addEventListener("pointermove", (event) => this.overLink(event));
    canvas.addEventListener("pointerleave", () => this.linkPinned || this.setLink(null));
    canvas.addEventListener("click", (event) => this.pickLink(/** @type {PointerEvent} */ (event)));
  }

  /** @param {Place | null} place @param {boolean} [atOnce] */
  point(place, atOnce = false) {
    if (!place && !this.pointed) return;
    this.pointed = place;
    if (place && !this.linkPinned) this.setLink(null);
    clearTimeout(this.dwell);
    this.dwell = setTimeout(() => this.focusOn(place ?? this.pinned), place && !atOnce ? DWELL : 0);
    this.events.changed();
  }

  /** @param {Place | null} place */
  focusOn(place) {
    if (same(place, this.focused)) return;
    this.focused = place;
    this.events.focus(place);
  }

  /** @param {Place} place */
  pin(place) {
    const again = same(place, this.pinned);
    this.close();
    if (again) return;
    this.pinned = place;
    this.focusOn(place);
    this.events.changed();
  }

  close() {
    const { pinned } = this;
    this.pinned = null;
    this.linkPinned = false;
    this.link = null;
    this.events.closed(pinned);
    this.focusOn(this.pointed);
  }

  /** Nothing is pinned or pointed at, though the mouse may rest on it, until it moves to something. */
  leave() {
    this.pointed = null;
    this.close();
  }

  /** Other neurons are drawn: a pinned one may have moved or be gone; a link is a matter of two. @param {number[][]} shown */
  follow(shown) {
    const { pinned } = this;
    const row = pinned ? shown[pinned.layer - 1].indexOf(pinned.unit) : -1;
    if (this.link || (pinned && row < 0)) this.close();
    else if (pinned) this.pinned = { ...pinned, row };
  }

  /** @param {PointerEvent | MouseEvent} event @returns {[number, number]} */
  placeOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** @param {PointerEvent} event */
  overLink(event) {
    if (this.linkPinned || this.pinned || event.pointerType === "touch") return;
    this.setLink(this.events.linkAt(...this.placeOf(event), LINK_REACH));
  }

  /** @param {Link | null} link */
  setLink(link) {
    if (JSON.stringify(link) === JSON.stringify(this.link)) return;
    this.link = link;
    this.canvas.style.cursor = link ? "pointer" : "";
    this.events.changed();
  }

  /** The corner of a neuron, its bias, sticks out of its button; else a link may lie there. @param {PointerEvent} event */
  pickLink(event) {
    const at = this.placeOf(event);
    const link = this.events.linkAt(...at, event.pointerType === "touch" ? TOUCH_REACH : LINK_REACH);
    const bias = this.events.biasAt(...at);
    this.close();
    if (bias) return this.pin(bias);
    if (!link) return;
    this.link = link;
    this.linkPinned = true;
    this.events.changed();
  }

  destroy() {
    clearTimeout(this.dwell);
    document.removeEventListener("keydown", this.onKey);
  }
}

/** @param {Place | null | undefined} a @param {Place | null | undefined} b */
export const same = (a, b) => a === b || Boolean(a && b && a.layer === b.layer && a.unit === b.unit);
