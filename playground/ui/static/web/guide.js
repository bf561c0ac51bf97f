// What a lesson and the part of the page that trains say to one another. Where there is no lesson nothing is held back. No DOM in here.

/**
 * @typedef {"hold" | "free" | "stroke" | "live" | "verdict"} Topic
 * @typedef {[number, number] | null} StrokePoint   x1 and x2; null where the pointer was lifted
 * @typedef {import("./messages.js").Verdict & {token: string}} TokenVerdict  of which run
 */

export const MOST_STROKE_POINTS = 400;

export class Guide {
  hold = ""; // why nothing may be trained yet
  /** @type {ReadonlySet<string> | null} */
  free = null; // what may be changed; null where everything may
  drawing = false; // a boundary is to be drawn
  /** @type {StrokePoint[]} */
  stroke = []; // the boundary that was drawn
  /** @type {import("./live_session.js").LiveSession | null} */
  session = null; // what trains
  /** @type {TokenVerdict | null} */
  verdict = null; // the newest
  /** @type {Set<(topic: Topic) => void>} */
  listeners = new Set();

  /** @param {(topic: Topic) => void} listener @returns {() => void} removes it */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @param {Topic} topic */
  tell(topic) {
    for (const listener of [...this.listeners]) listener(topic);
  }

  // ---------------------------------------------------------------- said by a lesson

  /** @param {string} reason empty: nothing is held back */
  setHold(reason) {
    if (reason === this.hold) return;
    this.hold = reason;
    this.tell("hold");
  }

  /** @param {string[] | null} names */
  setFree(names) {
    this.free = names && new Set(names);
    this.tell("free");
  }

  /** Whether a learner may change that. @param {string} name of a knob, or "weights" */
  allows(name) {
    return this.free === null || this.free.has(name);
  }

  /** @param {StrokePoint[]} stroke @param {boolean} drawing whether more may be drawn */
  setStroke(stroke, drawing) {
    this.stroke = stroke;
    this.drawing = drawing;
    this.tell("stroke");
  }

  /** The lesson is left: everything as without one. */
  leave() {
    this.setHold("");
    this.setFree(null);
    this.setStroke([], false);
    this.verdict = null;
  }

  // ---------------------------------------------------------------- said by what trains

  /** How it stands. @param {import("./live_session.js").LiveSession} session */
  live(session) {
    this.session = session;
    this.tell("live");
  }

  /** @param {import("./live_session.js").LiveSession} session that is closed */
  closed(session) {
    if (this.session === session) this.session = null;
  }

  /** @param {import("./messages.js").Verdict} verdict @param {string} token of the run */
  judge(verdict, token) {
    this.verdict = { ...verdict, token };
    this.tell("verdict");
  }

  /** One more point of the boundary that is being drawn. @param {StrokePoint} point */
  draw(point) {
    if (!this.drawing || this.stroke.length >= MOST_STROKE_POINTS) return;
    if (point === null && (this.stroke.length === 0 || this.stroke.at(-1) === null)) return;
    this.stroke = [...this.stroke, point];
    this.tell("stroke");
  }
}

export const guide = new Guide();
