// What the page knows about its search besides what trains: how long it may be at work, and the links of its trials.
import { LiveSession } from "../web/live_session.js";

export const LONGER = 60; // s by which a search whose time is over goes on
export const MOST_SECONDS = 10_000; // that may be asked for

export class SearchSession extends LiveSession {
  /** @type {string[]} */
  links = [];
  seconds = 0; // that it may be at work
  budget = 0; // the same, as its link says
  used = 0;
  trials = 0; // in all

  /** @param {import("../web/decode.js").Message} message */
  receive(message) {
    if (message.header.type === "search") this.hello(message);
    else if (message.header.type === "trials") this.frame(message);
    else super.receive(message);
  }

  /** A server that began anew knows nothing of the time it got besides. @param {import("../web/decode.js").Message} message */
  hello(message) {
    const { run, seconds, trials } = message.header;
    const goesOn = run === this.run && this.intent && this.seconds > seconds;
    if (run !== this.run) Object.assign(this, { seconds, used: 0 });
    Object.assign(this, { budget: seconds, trials, links: [] });
    super.hello(message);
    if (goesOn && this.over && !this.done) this.goOnFor(0);
  }

  /** @param {import("../web/decode.js").Message} message */
  frame(message) {
    const { links_start: start, links, seconds } = message.header;
    this.links.splice(start, Infinity, ...links);
    this.used = seconds;
    super.frame(message);
  }

  /** Whether no trials are left. */
  get done() {
    return this.trials > 0 && this.lastEpoch >= this.trials;
  }

  /** Whether its time is over, and it can get more. */
  get mayGoOn() {
    return this.over && !this.done && this.seconds < MOST_SECONDS;
  }

  /** One whose time is over goes on; one without trials left begins anew. */
  play() {
    if (this.over && !this.done) return this.goOnFor(LONGER);
    if (this.over) this.seconds = this.budget;
    super.play();
  }

  rewind() {
    this.seconds = this.budget;
    super.rewind();
  }

  /** @param {number} more seconds */
  goOnFor(more) {
    this.seconds = Math.min(MOST_SECONDS, Math.max(this.seconds, Math.ceil(this.used)) + more);
    this.restarted = true; // news from before this are old
    this.sendPlay();
    this.quietFrom = Infinity;
    this.expect("playing");
    this.set({ intent: true, message: "" });
  }

  sendPlay() {
    this.send({ type: "play", until: this.seconds });
  }
}
