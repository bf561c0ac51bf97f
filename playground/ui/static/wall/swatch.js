// The line of a run, beside its name.
import { h } from "../web/dom.js";
import { runColor, runDash } from "./run_colors.js";

/** @param {number} cell */
export const swatch = (cell) => h("i", { class: "kp-swatch", "aria-hidden": "true", data: { dashed: String(runDash(cell).length > 0) } });

/** @param {HTMLElement} node that `swatch` made @param {number} cell @param {boolean} dark */
export const tint = (node, cell, dark) => node.style.setProperty("--kp-run", runColor(cell, dark));
