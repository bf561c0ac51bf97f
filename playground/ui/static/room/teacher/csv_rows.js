// The cells of a CSV text, for a table. No DOM in here.

/** @param {string} text @returns {string[][]} */
export function rowsOf(text) {
  /** @type {string[][]} */
  const rows = [];
  let row = /** @type {string[]} */ ([]);
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const cell = quoted === undefined ? plain : quoted.replaceAll('""', '"');
    if (end === "" && !row.length && !cell) break;
    row.push(cell);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
