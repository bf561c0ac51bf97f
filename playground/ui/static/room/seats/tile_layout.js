// How large the tiles of a wall of seats can be, so that all have room as long as they can be read. No DOM in here.

/**
 * @typedef {object} Limits
 * @property {number} least  px of a tile's width below which the wall scrolls
 * @property {number} most   px
 * @property {number} words  px of height that a tile needs beside its picture
 * @property {number} beside px that a picture is narrower than its tile
 * @property {number} picture px of the smallest picture
 * @property {number} gap    px
 */
/** @typedef {{columns: number, width: number, height: number, picture: number}} Layout  px */

/**
 * The columns that make pictures largest; where none lets all in, as many as have room.
 * @param {{width: number, height: number}} box @param {number} count @param {Limits} limits
 * @returns {Layout}
 */
export function tilesIn({ width, height }, count, { least, most, words, beside, picture: smallest, gap }) {
  const columnsAtMost = Math.max(1, Math.floor((width + gap) / (least + gap)));
  /** @type {Layout | null} */
  let best = null;
  for (let columns = 1; columns <= columnsAtMost; columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const across = Math.min(most, Math.floor((width - gap * (columns - 1)) / columns));
    const down = Math.floor((height - gap * (rows - 1)) / rows);
    const picture = Math.min(across - beside, down - words);
    if (picture >= smallest && picture > (best?.picture ?? 0)) best = { columns, width: across, height: picture + words, picture };
  }
  if (best) return best;
  const across = Math.min(most, Math.floor((width - gap * (columnsAtMost - 1)) / columnsAtMost));
  return { columns: columnsAtMost, width: across, height: smallest + words, picture: smallest };
}
