// What the room has sent, the script of the page is to show: it is told until it does. And of what it shows, the room is told.
// What a new session of the script has to know, this browser keeps.

const ASK_AGAIN = 2000; // ms; what is asked while Streamlit reconnects is lost
const SETTLES = 1500; // ms until what was changed is told, for a server that starts again
const RUNNING = "[data-testid=stApp][data-test-script-state=running]";
const BEING_DRAWN = `${RUNNING}, [data-testid=stSkeleton]`;

export class Following {
  own = false; // the learner wants to be at something of their own
  number = 0; // of what was sent last
  told = "";
  runTold = "";
  stepTold = "";
  /** @type {import("../messages.js").RoomView | null} */
  view = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  settling = undefined;

  /** @param {import("../room.js").Room} room */
  constructor(room) {
    this.home = room;
    const { place } = room.storage.room(room.code);
    this.number = place.sent;
    this.own = place.own;
    this.connection = 0;
  }

  get place() {
    return this.home.storage.room(this.home.code).place;
  }

  /** @param {import("../messages.js").RoomView} view */
  room(view) {
    this.view = view;
    const number = view.sent?.number ?? 0;
    if (number !== this.number) {
      this.number = number;
      this.own = false; // what is new is shown
    }
    if (this.home.connections !== this.connection) this.runTold = this.stepTold = this.told = ""; // nothing of it is known there, perhaps
    this.connection = this.home.connections;
    this.ask();
    this.report();
  }

  /** @param {import("../room.js").RoomData} data */
  update(data) {
    if (!this.view) return;
    if (data.role === "learner" && data.sent === this.number && !this.isBehind) this.note(data);
    this.ask();
    this.report();
  }

  /** @param {boolean} own */
  turn(own) {
    this.own = own;
    this.keep({ own });
    this.ask();
  }

  // ---------------------------------------------------------------- the script

  /** Whether the script shows something else than it is to show. */
  get isBehind() {
    const { data } = this.home.component;
    const { view, number, own } = this;
    if (!view || view.state === "closed") return false;
    return data.role !== "learner" || data.code !== this.home.code || data.sent !== number || data.openTo !== view.open_to || (number > 0 && data.own !== own);
  }

  ask() {
    if (!this.isBehind) {
      clearTimeout(this.timer);
      this.timer = undefined;
      return;
    }
    const { place, number, own, view } = this;
    const isSame = place.sent === number;
    clearTimeout(this.settling);
    const key = JSON.stringify([number, own, view?.open_to]);
    if (key === this.told && this.timer !== undefined) return;
    this.told = key;
    this.home.tellPlace({ sent: number, is_own: own, step: isSame ? place.step : 1, link: isSame ? place.link : "", own_link: place.ownLink });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.askAgain(), ASK_AGAIN);
  }

  /** A script that runs has heard, and would only begin anew. */
  askAgain() {
    if (document.querySelector(RUNNING)) {
      this.timer = setTimeout(() => this.askAgain(), ASK_AGAIN);
      return;
    }
    this.timer = undefined;
    this.ask();
  }

  /** What the script shows is kept, and told once more when it has settled: a server that starts again has it from there. @param {import("../room.js").RoomData} data */
  note({ step, own, link }) {
    const { place, number } = this;
    const isSame = place.sent === number;
    const before = { step: isSame ? place.step : 1, link: isSame ? place.link : "", ownLink: place.ownLink };
    const isTheirs = own || number === 0;
    this.keep({ sent: number, own: this.own, step: isTheirs ? before.step : step || 1, link: isTheirs ? before.link : link, ownLink: isTheirs ? link : before.ownLink });
  }

  /** @param {Partial<import("../known_rooms.js").Place>} change */
  keep(change) {
    const { place, home } = this;
    const next = { ...place, ...change };
    if (JSON.stringify(next) === JSON.stringify(place)) return;
    home.storage.note(home.code, { place: next });
    this.settle();
  }

  /** A page that is still being drawn would draw what the script says next, and its knobs not what they were told before. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      if (document.querySelector(BEING_DRAWN)) return this.settle();
      const { sent, own, step, link, ownLink } = this.place;
      if (!this.isBehind) this.home.tellPlace({ sent, is_own: own, step, link, own_link: ownLink });
    }, SETTLES);
  }

  // ---------------------------------------------------------------- the room

  /** The step, then the run that the learner sees there: it is judged as of the step that was told last. */
  report() {
    const { home, isBehind } = this;
    const { token, sent, own, step, role } = home.component.data;
    if (isBehind || role !== "learner") return;
    const number = own ? 0 : sent;
    const at = `${sent} ${step}`;
    if (step && !own && at !== this.stepTold && home.socket?.send({ type: "step", step })) this.stepTold = at;
    const ofStep = own ? 0 : step;
    const run = `${number} ${ofStep} ${token}`;
    if (token && run !== this.runTold && home.socket?.send({ type: "run", token, sent: number, step: ofStep })) this.runTold = run;
  }

  destroy() {
    clearTimeout(this.timer);
    clearTimeout(this.settling);
  }
}
