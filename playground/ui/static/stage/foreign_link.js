// A link of TensorFlow Playground that is meant for this page: it stands behind the "#" of the address, of which no server is told.
import { painted } from "../web/dom.js";
import { FOREIGN } from "../web/facts.js";

const MEANT = new RegExp(`[#&](${FOREIGN.names.join("|")}|\\w+${FOREIGN.hide})=`);
const TAKEN = Symbol.for("keras-playground.foreign-link"); // of one document once, whichever version of this module takes it
const IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]';
const LOOK_AGAIN = 50; // ms
const PATIENCE = 10000;

export class ForeignLink {
  /**
   * @param {{open: (text: string) => void, say: (sentence: string) => void}} actions
   * @param {Promise<unknown>} charted   once the charts are prepared, which holds the page up for a second
   */
  constructor(actions, charted) {
    this.actions = actions;
    this.charted = charted;
    this.ended = false;
    this.onChange = () => this.read(location.hash);
    window.addEventListener("hashchange", this.onChange);
    this.read(location.hash || openedWith());
    /** @type {any} */ (window)[TAKEN] = true;
  }

  /** It is taken out of the address, so that it is read once. @param {string} hash */
  read(hash) {
    if (!MEANT.test(hash)) return;
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
    if (hash.length > FOREIGN.longest) {
      this.actions.say(`A link of TensorFlow Playground must have at most ${FOREIGN.longest} characters. Got ${hash.length}.`);
    } else this.open(hash);
  }

  /**
   * Once all widgets are there and the page is quick: with all that is asked Streamlit sends what each widget holds, and while
   * they come that is nothing, or what it held before.
   * @param {string} hash
   */
  async open(hash) {
    await this.charted;
    const latest = Date.now() + PATIENCE;
    while (!document.querySelector(IDLE) && Date.now() < latest) await new Promise((done) => setTimeout(done, LOOK_AGAIN));
    await painted();
    if (!this.ended) this.actions.open(hash);
  }

  destroy() {
    this.ended = true;
    window.removeEventListener("hashchange", this.onChange);
  }
}

/** Streamlit writes addresses without that part; what the document was opened with its timing tells. */
function openedWith() {
  const { name } = performance.getEntriesByType("navigation")[0] ?? { name: "" };
  if (/** @type {any} */ (window)[TAKEN] || !URL.canParse(name)) return "";
  const { hash, pathname } = new URL(name);
  return pathname === location.pathname ? hash : "";
}
