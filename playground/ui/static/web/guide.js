// What a lesson and what trains say to one another. Where there is no lesson nothing is held back. No DOM in here.

/**
 * @typedef {"hold" | "free" | "stroke" | "live" | "verdict"} Topic
 * @typedef {import("./stroke.js").StrokePoint} StrokePoint
 * @typedef {import("./live_session.js").LiveSession} LiveSession
 */

export class Guide {
  hold = ""; // why nothing may be trained yet
  /** @type {ReadonlySet<string> | null} */
  free = null; // what may be changed; null where everything may
  /** @type {ReadonlySet<string>} */
  locked = new Set(); // what a link locks
  drawing = false; // a boundary is to be drawn
  /** @type {StrokePoint[]} */
  stroke = [];
  /** @type {LiveSession | null} */
  session = null; // what trains
  /** @type {(import("./messages.js").Verdict & {token: string}) | null} */
  verdict = null; // the newest, and of which run
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

  /** @param {string} reason empty: nothing is held back */
  setHold(reason) {
    if (reason === this.hold) return;
    this.hold = reason;
    this.tell("hold");
  }

  /** @param {string[] | null} names of knobs, or "weights" */
  setFree(names) {
    this.free = names && new Set(names);
    this.tell("free");
  }

  /** @param {string[]} names of knobs, or "weights" */
  lock(names) {
    this.locked = new Set(names);
    this.tell("free");
  }

  /** Whether a learner may change that. @param {string} name */
  allows(name) {
    return !this.locked.has(name) && (this.free === null || this.free.has(name));
  }

  /** @param {StrokePoint[]} stroke @param {boolean} drawing whether more may be drawn */
  setStroke(stroke, drawing) {
    this.stroke = stroke;
    this.drawing = drawing;
    this.tell("stroke");
  }

  /** The lesson is left. */
  leave() {
    this.setHold("");
    this.setFree(null);
    this.setStroke([], false);
    this.verdict = null;
  }

  /** How what trains stands. @param {LiveSession} session */
  live(session) {
    this.session = session;
    this.tell("live");
  }

  /** @param {LiveSession} session that is closed */
  closed(session) {
    if (this.session === session) this.session = null;
  }

  /** @param {import("./messages.js").Verdict} verdict @param {string} token of the run */
  judge(verdict, token) {
    this.verdict = { ...verdict, token };
    this.tell("verdict");
  }
}

export const guide = new Guide();
