// What a page knows about what trains for it: connection, state, intent to play. No DOM in here.
import { AS_FAST_AS_IT_GOES, CLOSE } from "./facts.js";
import { guide } from "./guide.js";
import { LiveSocket } from "./socket.js";

const GRACE = 100; // ms in which frames already on their way are still painted after Pause
const TRUST = 1500; // ms a click outweighs older news from the server
const SCRUB_WAIT = 500;
const MADE_WAY = 1500; // ms after which the run goes on when no other has come
const IDLE = ["ready", "paused"];
const OVER = ["finished", "diverged"];

/**
 * @typedef {object} LiveEvents
 * @property {(hello: import("./decode.js").Message, fresh: boolean) => void} onHello  fresh: another run than before
 * @property {() => void} onFrame   a frame waits in `queue`
 * @property {() => void} onChange  state, message or last epoch changed
 * @property {(token: string) => void} onGone
 */

export class LiveSession {
  /** @param {LiveEvents} events */
  constructor(events) {
    this.events = {
      ...events,
      onChange: () => {
        events.onChange();
        guide.live(this);
      },
    };
    this.token = "";
    this.run = "";
    this.serverState = "loading";
    this.message = "";
    this.lastEpoch = 0;
    /** @type {import("./messages.js").Ending | null} */
    this.ending = null; // how it has ended, if it has
    /** @type {number | null} */
    this.until = null; // the epoch to train to
    this.continuing = false; // it is to train on as soon as it may
    this.lost = false;
    this.taken = false;
    this.refused = false;
    this.intent = false; // the learner wants it to train
    this.held = false; // it may not, whatever the learner wants
    this.epochsPerFrame = 1;
    /** What is to be seen, said again after each new connection: the server forgets it with the connection or the run. */
    this.wishes = /** @type {Record<string, (import("./messages.js").PageMessage) | null>} */ ({});
    /** What the run is from its beginning on. @type {import("./messages.js").Course | undefined} */
    this.course = undefined;
    /** @type {import("./decode.js").Message[]} */
    this.queue = [];
    this.quietFrom = Infinity;
    this.seen = false; // whether a frame was ever painted
    /** @type {{state: string, until: number} | null} */
    this.expected = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.wayTimer = undefined;
    this.stopListening = guide.listen((topic) => topic === "hold" && this.events.onChange());
    /** @type {{sent: number, wanted: number, until: number} | null} */
    this.scrubbing = null;
    /** @type {LiveSocket | null} */
    this.socket = null;
  }

  /** What the learner is told. */
  get state() {
    if (this.refused) return "failed";
    return this.lost || this.taken ? "reconnecting" : this.serverState;
  }

  get playing() {
    return this.intent && !this.over;
  }

  /** Whether there is nothing more to train. */
  get over() {
    return OVER.includes(this.serverState);
  }

  /**
   * @param {string} token
   * @param {string} url
   * @param {boolean} resume go on playing if the run before was
   */
  connect(token, url, resume) {
    if (token !== this.token) this.until = null; // it was an epoch of another run
    this.socket?.close();
    clearTimeout(this.wayTimer);
    this.intent = resume && !guide.hold && (this.intent || this.continuing);
    this.continuing = false;
    this.ending = null;
    this.token = token;
    this.queue = [];
    this.expected = null;
    this.scrubbing = null;
    this.taken = false;
    this.refused = false;
    this.lost = false;
    this.greeted = false;
    this.serverState = "loading";
    this.message = "";
    this.course = undefined;
    this.socket = new LiveSocket(url, {
      onMessage: (message) => this.receive(message),
      onLost: (lost) => this.set({ lost }),
      onClosed: (code) => this.ended(code),
    });
    this.events.onChange();
  }

  /** @param {number} code */
  ended(code) {
    if (code === CLOSE.GONE) {
      this.set({ lost: true });
      this.events.onGone(this.token);
    } else if (code === CLOSE.TAKEN) this.set({ taken: true, lost: false });
    else this.set({ refused: true, message: "The server refused this page's connection." });
  }

  /** Take the run back from another page. */
  retake() {
    if (this.socket) this.connect(this.token, this.socket.url, true);
  }

  close() {
    this.socket?.close();
    clearTimeout(this.wayTimer);
    this.stopListening();
    guide.closed(this);
  }

  /** @param {Partial<LiveSession>} values */
  set(values) {
    Object.assign(this, values);
    this.events.onChange();
  }

  /** Each kind of session knows messages of its own besides. @param {import("./decode.js").Message} message */
  receive(message) {
    if (message.header.type === "status") this.news(message.header);
    else if (message.header.type === "verdict") guide.judge(/** @type {any} */ (message.header), this.token);
  }

  /** @param {import("./decode.js").Message} message */
  hello(message) {
    const { header } = message;
    const fresh = header.run !== this.run;
    this.run = header.run;
    this.expected = null;
    if (fresh && this.greeted) this.leaveBehind();
    this.news(header);
    for (const wish of Object.values(this.wishes)) if (wish) this.send(wish);
    this.events.onHello(message, fresh);
    this.align(header.state);
    this.greeted = true;
    if (this.until !== null) this.approach(this.until);
  }

  /** What was on its way of the run before, on the same connection. */
  leaveBehind() {
    this.scrubbing = null;
    this.queue = [];
    this.socket?.startOver();
  }

  /** After a new connection the run must do what the learner last asked for. @param {string} state */
  align(state) {
    const idle = IDLE.includes(state) || state === "loading";
    if (this.intent && idle) this.sendPlay();
    else if (!this.intent && state === "playing") {
      if (this.greeted) this.send({ type: "pause" });
      else this.set({ intent: true });
    }
  }

  /** State from the server, unless a click just overtook it. @param {Record<string, any>} header */
  news(header) {
    this.lastEpoch = header.last_epoch ?? this.lastEpoch;
    this.course = header.course ?? this.course;
    const letGo = this.held && !header.held;
    this.held = Boolean(header.held);
    if (this.stale(header)) return this.events.onChange();
    this.serverState = header.state ?? this.serverState;
    this.message = header.message ?? "";
    if (this.over || this.serverState === "failed") this.intent = false;
    if (letGo && this.serverState === "playing") this.intent = true; // wanted before this page was opened, perhaps
    if (this.until !== null && IDLE.includes(this.serverState) && this.lastEpoch >= this.until) this.arrive();
    this.ending = this.over ? header.ending ?? this.ending : null;
    if (this.continuing && IDLE.includes(this.serverState)) this.play();
    this.events.onChange();
  }

  /** @param {Record<string, any>} header */
  stale({ state, held }) {
    const expected = this.expected;
    if (!expected || held || performance.now() > expected.until) return false;
    const opposite = expected.state === "playing" ? [...IDLE, ...(this.restarted ? OVER : [])] : ["playing"];
    if (opposite.includes(state)) return true;
    this.expected = null;
    return false;
  }

  /** @param {import("./decode.js").Message} message */
  frame(message) {
    this.queue.push(message);
    if (this.makesWay) return this.keepNewest();
    this.news(message.header);
    this.events.onFrame();
  }

  /** The next frame to paint, if any; frames trained after Pause are passed over. */
  next() {
    for (let message = this.queue.shift(); message; message = this.queue.shift()) {
      const late = this.seen && message.header.state === "playing" && performance.now() > this.quietFrom;
      if (!late) return message;
      this.socket?.done();
    }
    return undefined;
  }

  /** Another run is on its way: what would be trained and drawn until it comes only delays it. Nothing that was asked changes. */
  makeWay() {
    this.socket?.hold();
    this.keepNewest();
    clearTimeout(this.wayTimer);
    this.wayTimer = setTimeout(() => this.comeBack(), MADE_WAY);
  }

  /** No other has come. */
  comeBack() {
    this.socket?.release();
    this.events.onChange();
  }

  get makesWay() {
    return Boolean(this.socket?.held);
  }

  /** Of the frames that wait, no other is still worth showing. */
  keepNewest() {
    while (this.queue.length > 1) this.skip();
  }

  skip() {
    this.queue.shift();
    this.socket?.done();
  }

  /** @param {import("./decode.js").Message} message just painted */
  painted(message) {
    this.seen = true;
    this.socket?.done();
    if (message.header.state !== "playing") this.scrubOn();
  }

  /** @param {import("./messages.js").PageMessage} message */
  send(message) {
    this.socket?.send(message);
  }

  /** @param {string} kind @param {(import("./messages.js").PageMessage) | null} wish @param {"unfocus"} [end] says that there is no wish any more */
  wish(kind, wish, end) {
    this.wishes[kind] = wish;
    if (wish) this.send(wish);
    else if (end) this.send({ type: end });
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** It gets more epochs: train on when it has them. */
  goOn() {
    this.continuing = true;
  }

  /** Train to an epoch as fast as it goes, and stop there; one that was trained is shown. @param {number} epoch */
  playTo(epoch) {
    this.until = epoch;
    if (this.greeted) this.approach(epoch);
  }

  /** @param {number} epoch */
  approach(epoch) {
    if (epoch <= this.lastEpoch || this.over) return this.scrub(epoch);
    this.sendPlay();
    this.set({ intent: true });
  }

  /** The server has stopped where it was to stop. */
  arrive() {
    this.until = null;
    this.intent = false;
  }

  play() {
    if (guide.hold) return; // a lesson wants something first
    this.continuing = false;
    this.until = null;
    this.restarted = this.over;
    if (this.restarted && this.lastEpoch === 0) return; // it ends where it starts
    if (this.restarted) this.send({ type: "rewind" }); // nothing is left to train: once more from the start
    this.sendPlay();
    this.quietFrom = Infinity;
    this.scrubbing = null;
    const waits = this.serverState === "loading" || this.held;
    if (!waits && this.serverState !== "failed") this.expect("playing");
    // What is waited for is still so after Play.
    this.set({ intent: true, message: waits ? this.message : "" });
  }

  sendPlay() {
    const { until } = this;
    this.send(until === null ? { type: "play", epochs_per_frame: this.epochsPerFrame }
      : { type: "play", epochs_per_frame: AS_FAST_AS_IT_GOES, until });
  }

  pause() {
    this.send({ type: "pause" });
    this.keepNewest();
    this.rest();
  }

  step() {
    if (guide.hold) return;
    this.send({ type: "step" });
    this.rest();
  }

  rewind() {
    this.send({ type: "rewind" });
    this.rest();
  }

  /** Nothing trains from here on. */
  rest() {
    this.until = null;
    this.quietFrom = performance.now() + GRACE;
    if (this.serverState === "playing") this.expect("paused");
    this.set({ intent: false });
  }

  /** @param {string} state */
  expect(state) {
    this.serverState = state;
    this.expected = { state, until: performance.now() + TRUST };
  }

  /** Show a trained epoch; while one is on its way only the newest wish is kept. @param {number} epoch */
  scrub(epoch) {
    const now = performance.now();
    if (this.scrubbing && now < this.scrubbing.until) {
      this.scrubbing.wanted = epoch;
      return;
    }
    this.sendScrub(epoch);
    this.rest();
  }

  /** @param {number} epoch */
  sendScrub(epoch) {
    const scrubbing = { sent: epoch, wanted: epoch, until: performance.now() + SCRUB_WAIT };
    this.scrubbing = scrubbing;
    this.send({ type: "scrub", epoch });
    // An epoch that is on screen already brings no frame.
    setTimeout(() => this.scrubbing === scrubbing && this.scrubOn(), SCRUB_WAIT);
  }

  scrubOn() {
    const done = this.scrubbing;
    this.scrubbing = null;
    if (done && done.wanted !== done.sent) this.sendScrub(done.wanted);
  }

  /** @param {number} epochsPerFrame */
  setSpeed(epochsPerFrame) {
    this.epochsPerFrame = epochsPerFrame;
    this.send({ type: "speed", epochs_per_frame: epochsPerFrame });
  }
}
