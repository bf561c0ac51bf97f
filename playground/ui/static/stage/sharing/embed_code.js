// The link of an experiment as another page shows it, and the code of the frame. No DOM in here.
import { linkTo } from "../page_view.js";

/** @typedef {"free" | "locked" | "hidden"} Freedom */

/**
 * @typedef {object} Embedding   what was chosen
 * @property {string} view       the tab, or none
 * @property {string[]} panels   that are left out, as a link calls them
 * @property {Record<string, Freedom>} knobs
 * @property {boolean} autoplay
 * @property {"" | "light" | "dark"} theme   as the reader's, where it is empty
 * @property {number} width
 * @property {number} height
 */

/** @param {string} link of the experiment @param {Embedding} embedding */
export function embeddedLink(link, { view, panels, knobs, autoplay, theme }) {
  const those = (/** @type {Freedom} */ freedom) => Object.keys(knobs).filter((name) => knobs[name] === freedom);
  const whole = linkTo(link, { view: /** @type {any} */ (view), autoplay }, { hide: [...panels, ...those("hidden")], lock: those("locked") });
  const embed = theme ? `embed=true&embed_options=${theme}_theme` : "embed=true";
  return `${whole}${whole.includes("?") ? "&" : "?"}${embed}`;
}

const ESCAPES = /** @type {Record<string, string>} */ ({ "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" });

/** @param {string} link @param {{width: number, height: number, title: string}} frame */
export function frameCode(link, { width, height, title }) {
  const text = (/** @type {string} */ given) => given.replace(/[&"<>]/g, (each) => ESCAPES[each]);
  return `<iframe src="${text(link)}" title="${text(title)}" width="${width}" height="${height}" style="border: 0" loading="lazy"></iframe>`;
}
