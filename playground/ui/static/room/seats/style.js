// The rules of the teacher's and the projector's parts come with them.
import { h } from "../../web/dom.js";

/** @type {Map<string, Promise<void>>} */
const loaded = new Map();

/** @param {string} address @returns {Promise<void>} done too where it cannot be had */
export function loadStyle(address) {
  const known = loaded.get(address);
  if (known) return known;
  const style = /** @type {Promise<void>} */ (new Promise((done) => {
    const link = h("link", { rel: "stylesheet", href: address, onload: () => done(), onerror: () => done() });
    document.head.append(link);
  }));
  loaded.set(address, style);
  return style;
}
