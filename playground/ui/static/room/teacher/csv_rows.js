// The cells of a CSV text, for a table, and the same with whole links. No DOM in here.
import { quoted } from "../../web/csv.js";

export const LINK = "link"; // the column of it

/** The address of a link, or its query; "" where it is none that a browser opens. @param {string} text @param {string} page any page's address */
export function addressOf(text, page) {
  const { href, protocol } = new URL(text, new URL("./", page));
  return protocol.startsWith("http") ? href : "";
}

/** The same text, whose links lead here from wherever it is opened; what the server made harmless in it stays as it is. @param {string} csv @param {string} page */
export function withWholeLinks(csv, page) {
  const [head = [], ...rows] = rowsOf(csv);
  const at = head.indexOf(LINK);
  const whole = rows.map((row) => row.map((text, i) => (i === at && text ? addressOf(text, page) || text : text)));
  return [head, ...whole].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** The same rows with each link first, and the names in words: beside it one scrolls through the rest. @param {string[][]} rows @returns {string[][]} */
export function linksFirst([head = [], ...rows]) {
  const at = head.indexOf(LINK);
  const moved = (/** @type {string[]} */ row) => (at < 0 ? row : [row[at], ...row.toSpliced(at, 1)]);
  return [moved(head).map((name) => name.replaceAll("_", " ")), ...rows.map(moved)];
}

/** @param {string} text @returns {string[][]} */
export function rowsOf(text) {
  /** @type {string[][]} */
  const rows = [];
  let row = /** @type {string[]} */ ([]);
  for (const [, inQuotes, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const cell = inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"');
    if (end === "" && !row.length && !cell) break;
    row.push(cell);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
