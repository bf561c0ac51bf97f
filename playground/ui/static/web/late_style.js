// The rules of what is fetched late come with it.
import { h } from "./dom.js";

/** @type {Map<string, Promise<void>>} */
const loaded = new Map();

/** @param {string} address @returns {Promise<void>} fails where it cannot be had */
export function loadStyle(address) {
  const known = loaded.get(address);
  if (known) return known;
  const style = /** @type {Promise<void>} */ (new Promise((done, failed) => {
    document.head.append(h("link", { rel: "stylesheet", href: address, onload: () => done(), onerror: failed }));
  }));
  loaded.set(address, style);
  style.catch(() => loaded.delete(address)); // the next press tries again
  return style;
}
