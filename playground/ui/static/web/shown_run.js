// The run that a component shows: settled which one, connected, and made anew when the server has it no longer.
import { KeptRun, LOST } from "./kept_run.js";
import { addressOf } from "./way.js";

const ASK_AGAIN = 2000; // ms

/**
 * What Python says of the run to show.
 * @typedef {object} RunData
 * @property {string} token
 * @property {string} live       socket address, relative to the page
 * @property {string} [link]     that is known to give the run again
 * @property {boolean} [resume]
 * @property {string} [session]  another one knows nothing of this page's run
 * @property {string} [claimed]  token of the last claim that was settled
 * @property {boolean} [lost]    whether the run begins anew what the server no longer has
 *
 * @typedef {object} Place  where it is shown
 * @property {() => import("./mounting.js").Component<RunData>} component
 * @property {() => boolean} there   whether it is still on the page
 * @property {() => Record<string, any>} look   how the page looks at it
 * @property {() => void} [begins]    another run is about to be shown
 * @property {string} [lost]         what is said where the server has lost it
 * @property {() => void} [settled]   it is settled which run it is: its data hold
 */

export class ShownRun {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  goneTimer = undefined;
  lost = ""; // what is said of a run that the server no longer had

  /** @param {import("./live_session.js").LiveSession} session @param {Place} place */
  constructor(session, place) {
    this.session = session;
    this.place = place;
    this.kept = new KeptRun((claim) => place.component().setTriggerValue("claim", claim), () => this.follow());
    this.onLeave = () => this.keep();
    window.addEventListener("pagehide", this.onLeave);
  }

  get data() {
    return this.place.component().data;
  }

  /** Show the run that Python has for this page, once it is settled which. */
  follow() {
    const { session, data } = this;
    if (!this.kept.settle(data, !session.taken)) return;
    if (data.token !== session.token) this.connect();
    this.place.settled?.();
  }

  connect() {
    const { token, live, resume, link, lost } = this.data;
    clearTimeout(this.goneTimer);
    this.place.begins?.();
    this.lost = lost && this.kept.hadTrained(link) ? this.place.lost ?? LOST : "";
    this.session.connect(token, addressOf(live), resume !== false);
  }

  /** Python makes a new run. What is asked while Streamlit reconnects is lost, so ask until it came. @param {string} token */
  gone(token) {
    clearTimeout(this.goneTimer);
    if (token !== this.session.token || !this.place.there()) return;
    this.place.component().setTriggerValue("gone", token);
    this.goneTimer = setTimeout(() => this.gone(token), ASK_AGAIN);
  }

  /** What a reload is to find. */
  keep() {
    const { session } = this;
    if (!session.greeted) return;
    this.kept.note({ token: session.token, trained: session.lastEpoch > 0, look: this.place.look() }, this.data.link);
  }

  destroy() {
    clearTimeout(this.goneTimer);
    this.kept.end();
    window.removeEventListener("pagehide", this.onLeave);
  }
}
