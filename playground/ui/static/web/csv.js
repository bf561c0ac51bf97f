// Tables of text, as other programs read them.
import { h } from "./dom.js";

/** @param {string[][]} rows */
export const csvText = (rows) => rows.map((row) => row.map((text) => quoted(harmless(text))).join(",")).join("\r\n") + "\r\n";

const FORMULA = /^'*[=+@\t\r-]/;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The text of a cell that no spreadsheet calculates, as core/spreadsheets.py makes it. @param {string} text */
export const harmless = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** As many digits as a float32 has; empty for what is no number. @param {number} value */
export const digits = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(7))) : "");

/** @param {string} text */
export const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {string} text @param {string} name of the file */
export function downloadCsv(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
