// A link of TensorFlow Playground that is meant for this page: it stands behind the "#" of the address, of which no server is told.
import { FOREIGN } from "../web/facts.js";

const MEANT = new RegExp(`[#&](${FOREIGN.names.join("|")}|\\w+${FOREIGN.hide})=`);
const TAKEN = Symbol.for("keras-playground.foreign-link"); // of one document once, whichever version of this module takes it

export class ForeignLink {
  /** @param {{open: (text: string) => void, say: (sentence: string) => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.onChange = () => this.read(location.hash);
    window.addEventListener("hashchange", this.onChange);
    this.read(location.hash || openedWith());
    /** @type {any} */ (window)[TAKEN] = true;
  }

  /** It is taken out of the address, so that it is read once. @param {string} hash */
  read(hash) {
    if (!MEANT.test(hash)) return;
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
    const { open, say } = this.actions;
    if (hash.length > FOREIGN.longest) say(`A link of TensorFlow Playground must have at most ${FOREIGN.longest} characters. Got ${hash.length}.`);
    else open(hash);
  }

  destroy() {
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
