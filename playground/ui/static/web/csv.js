// Tables of text, as other programs read them.
import { h } from "./dom.js";

/** @param {string[][]} rows */
export const csvText = (rows) => rows.map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";

/** As many digits as a float32 has; empty for what is no number. @param {number} value */
export const digits = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(7))) : "");

/** @param {string} text */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {string} text @param {string} name of the file */
export function downloadCsv(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
