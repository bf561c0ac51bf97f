// A link of TensorFlow Playground that is meant for this page: it stands behind the "#" of the address, of which no server is told.
import { FOREIGN } from "../web/facts.js";

const MEANT = new RegExp(`[#&](${FOREIGN.names.join("|")}|\\w+${FOREIGN.hide})=`);
const OF_STREAMLIT = ["embed", "embed_options"]; // what stays of the query

/** Goes to where the server is told of it, as of any link. */
export class ForeignLink {
  /** @param {(sentence: string) => void} say */
  constructor(say) {
    this.say = say;
    this.onChange = () => this.read(location.hash);
    window.addEventListener("hashchange", this.onChange);
    this.read(location.hash || openedWith());
  }

  /** Taken out of the address it is read once. @param {string} hash */
  read(hash) {
    if (!MEANT.test(hash)) return;
    const query = new URLSearchParams([[FOREIGN.query, hash.slice(1)]]);
    const length = String(query).length;
    if (length > FOREIGN.longest) {
      history.replaceState(history.state, "", location.pathname + location.search);
      this.say(`A link of TensorFlow Playground must have at most ${FOREIGN.longest} characters. Got ${length}.`);
      return;
    }
    const now = new URLSearchParams(location.search);
    for (const name of OF_STREAMLIT) for (const value of now.getAll(name)) query.append(name, value);
    location.replace(`${location.pathname}?${query}`);
  }

  destroy() {
    window.removeEventListener("hashchange", this.onChange);
  }
}

/** Streamlit may have written an address without that part; what the document was opened with its timing tells. */
function openedWith() {
  const { name } = performance.getEntriesByType("navigation")[0] ?? { name: "" };
  if (location.search || !URL.canParse(name)) return "";
  const { hash, pathname } = new URL(name);
  return pathname === location.pathname ? hash : "";
}
