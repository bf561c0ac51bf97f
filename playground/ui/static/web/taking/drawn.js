// A drawing that can be taken away, and the picture that is made of it here.

const HINTS = ["lines that stay sharp at any size", "a picture large enough for print"];

/** @param {string} text */
const capitalised = (text) => text[0].toUpperCase() + text.slice(1);

/** @param {string} name @param {string} what the server's name of the drawing @param {string} [about] it @returns {import("./taking.js").Item[]} */
export const drawn = (name, what, about) => ["SVG", "PNG"].map((kind, place) => ({
  name: `${name} (${kind})`, what, png: kind === "PNG", hint: about ? `${about}: ${HINTS[place]}` : capitalised(HINTS[place]),
}));
