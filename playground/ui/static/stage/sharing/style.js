// The rules of what is fetched late come with it.
import { h } from "../../web/dom.js";

/** @type {Map<string, Promise<void>>} */
const loaded = new Map();

/** @param {string} name of a file beside this one */
export function loadStyle(name) {
  const known = loaded.get(name);
  if (known) return known;
  const style = /** @type {Promise<void>} */ (new Promise((done, failed) => {
    document.head.append(h("link", { rel: "stylesheet", href: new URL(name, import.meta.url).href, onload: () => done(), onerror: failed }));
  }));
  loaded.set(name, style);
  style.catch(() => loaded.delete(name)); // the next press tries again
  return style;
}
