// The rules of what is fetched late come with it.
import { loadStyle as loadLate } from "../../web/late_style.js";

/** @param {string} name of a file beside this one */
export const loadStyle = (name) => loadLate(new URL(name, import.meta.url).href);
