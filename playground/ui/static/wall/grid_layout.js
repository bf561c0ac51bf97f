// How large the cells of a wall can be in a box, and how much text has room under them.

export const LEAST = 32; // px of a cell; a wall of smaller ones scrolls
const SMALL = 46; // px below which cells stand closer and have a narrower frame
const LINE = 15; // px of a line of text
const LARGEST = 420;
/** From which size on there are so many lines under a picture. */
const ROOM = [{ lines: 2, from: 66 }, { lines: 1, from: SMALL }, { lines: 0, from: LEAST }];
const LETTER = 6.4;
const MOST_LEFT = 104;
const MOST_ABOVE = 64;

/** From one cell to the next. @param {number} size @returns {number} px */
export const gapOf = (size) => (size < SMALL ? 2 : 4);

/** Round a picture, in the metric's colour. @param {number} size @returns {number} px */
export const frameOf = (size) => (size < SMALL ? 2 : 3);

/** @typedef {{columns: number, rows: number, size: number, lines: number, left: number, top: number, turned: boolean}} Layout */

/**
 * @param {{width: number, height: number}} box
 * @param {import("./plan.js").Plan} plan
 * @returns {Layout} `size` is that of a cell's picture with its frame, `left` and `top` the room of headers
 */
export function layoutOf(box, plan) {
  if (!plan.flat) return wrapped(box, plan.cells.length, plan.headingLines * (LINE + 2));
  const { rows, columns } = /** @type {{rows: import("./plan.js").WallAxis, columns: import("./plan.js").WallAxis}} */ (plan);
  const left = Math.min(MOST_LEFT, 10 + LETTER * longest(rows.labels));
  const across = { columns: columns.labels.length, rows: rows.labels.length };
  const straight = sized(box, across, left, LINE + 4);
  const wide = LETTER * longest(columns.labels);
  if (wide <= straight.size + 4) return { ...across, ...straight, left, top: LINE + 4, turned: false };
  const top = Math.min(MOST_ABOVE, 4 + wide);
  return { ...across, ...sized(box, across, left, top), left, top, turned: true };
}

/** Without a second axis the cells flow: as many beside one another as make them largest. @param {{width: number, height: number}} box @param {number} count @param {number} name px of a cell's own heading */
function wrapped(box, count, name) {
  let best = { columns: 1, rows: count, size: 0, lines: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const across = { columns, rows: Math.ceil(count / columns) };
    const made = sized(box, across, 0, 0, name);
    if (made.size > best.size) best = { ...across, ...made };
  }
  return { ...best, left: 0, top: 0, turned: false };
}

/** @param {{width: number, height: number}} box @param {{columns: number, rows: number}} across @param {number} left @param {number} top @param {number} [name] */
function sized({ width, height }, { columns, rows }, left, top, name = 0) {
  for (const { lines, from } of ROOM) {
    const gap = gapOf(lines ? SMALL : LEAST);
    const size = Math.floor(Math.min((width - left) / columns - gap, (height - top) / rows - gap - name - lines * LINE, LARGEST));
    if (size >= from) return { size, lines };
  }
  return { size: LEAST, lines: 0 };
}

/** What cells and headers take of a box that may be as high as they need. @param {Layout} layout @param {number} named lines over each cell */
export const heightOf = ({ rows, size, lines, top }, named) => top + rows * (size + gapOf(size) + lines * LINE + named * (LINE + 2));

/** @param {string[]} labels */
const longest = (labels) => Math.min(14, Math.max(...labels.map(({ length }) => length)));
