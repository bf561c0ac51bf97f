// Which run a component shows: the one that Python has just opened, or the one that this page had before.
//
// After a reload, a restart of the server or a long sleep the page comes to a session that knows nothing of its run. Its
// token is kept by the page, and by the tab for the time after a reload; Python is asked for that run before another one
// is shown.

const KEY = "keras-playground.run";
const ASK_AGAIN = 2000; // ms; what is asked while Streamlit reconnects is lost
const TRIES = 4;

export const LOST = "The server no longer has this run: it starts again at epoch 0.";

/**
 * What is kept of a run.
 * @typedef {object} Kept
 * @property {string} token
 * @property {boolean} trained  whether it had come further than epoch 0
 * @property {Record<string, any>} [look]  how the page looked at it
 */

export class KeptRun {
  /** @type {Kept | null} */
  run = null;
  /** @type {string | undefined} */
  session = undefined;
  /** @type {{token: string, here: boolean} | null} */
  asking = null;
  tries = 0;
  place = "";
  text = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /**
   * @param {(claim: {token: string, here: boolean}) => void} ask  Python answers by newer data
   * @param {() => void} giveUp  no answer has come
   */
  constructor(ask, giveUp) {
    this.ask = ask;
    this.giveUp = giveUp;
  }

  /**
   * Whether the run in the data is the one to show; false while Python is asked for another one.
   * @param {{token: string, session?: string, claimed?: string, link?: string}} data
   * @param {boolean} watching whether this page has the live channel of the run it had, as far as it knows
   */
  settle({ token, session, claimed, link }, watching) {
    if (session !== this.session) {
      this.session = session;
      const here = this.run !== null && watching;
      this.run ??= this.recall(link);
      if (this.run && this.run.token !== token) this.begin({ token: this.run.token, here });
    }
    if (this.asking && claimed !== this.asking.token) return false;
    this.end();
    return true;
  }

  /** @param {{token: string, here: boolean}} claim */
  begin(claim) {
    this.end();
    this.asking = claim;
    this.tries = 0;
    this.askOnce();
  }

  askOnce() {
    if (!this.asking) return;
    if (this.tries >= TRIES) {
      this.end();
      return this.giveUp();
    }
    this.tries += 1;
    this.ask(this.asking);
    this.timer = setTimeout(() => this.askOnce(), ASK_AGAIN);
  }

  end() {
    clearTimeout(this.timer);
    this.asking = null;
  }

  /** Whether the run kept is one of this experiment, and had come further than epoch 0. @param {string} [link] */
  hadTrained(link) {
    return Boolean(this.run?.trained) && this.place === placeOf(link);
  }

  /** @param {string} [link] */
  recall(link) {
    this.place = placeOf(link);
    return recall(this.place);
  }

  /** Keep the run that is shown now. @param {Kept} run @param {string} [link] */
  note(run, link) {
    const place = placeOf(link);
    const text = JSON.stringify(run);
    if (place === this.place && text === this.text) return;
    if (place !== this.place) forget(this.place);
    this.run = run;
    this.place = place;
    this.text = text;
    keep(place, text);
    import("./last_shown.js").then(({ noteShown }) => noteShown(link), () => {}); // not needed for the first look
  }
}

/** Each page of a tab (a lesson may embed several) keeps its own, by its experiment; so does the preview of one in itself. @param {string} [link] */
function placeOf(link = "") {
  const query = new URLSearchParams(link);
  query.delete("edited"); // which a new session does not know of
  return `${KEY}${globalThis.frameElement ? ".framed" : ""} ${location.pathname}?${query}`;
}

// A browser may forbid to keep anything; then a reload finds nothing.

/** @param {string} place @param {string} text */
function keep(place, text) {
  try {
    sessionStorage.setItem(place, text);
  } catch (error) {
    console.debug(error);
  }
}

/** @param {string} place */
function forget(place) {
  try {
    sessionStorage.removeItem(place);
  } catch (error) {
    console.debug(error);
  }
}

/** @param {string} place @returns {Kept | null} */
function recall(place) {
  try {
    const { token, trained, look } = JSON.parse(sessionStorage.getItem(place) ?? "null") ?? {};
    const known = look !== null && typeof look === "object" ? look : {};
    return typeof token === "string" ? { token, trained: trained === true, look: known } : null;
  } catch {
    return null;
  }
}
