// What can be sent: links of this site, what this browser has open or has kept, lessons, a lesson's file. No DOM in here.
import { SHOWING } from "../../web/last_shown.js";
import { nameOf } from "../../web/run_name.js";

/** @typedef {{name: string, title: string, steps?: number}} LessonOffer */
/** @typedef {{text: string, link: string, lesson?: string}} Offer   `lesson` is the text of a file */

export const LONGEST_LESSON = 100_000; // characters
const RULE = "A link must be one of Play, Explore or Learn on this site, or its part from ? on.";

/**
 * What is to be sent of a link that was typed: its query; a sentence where it is none of ours.
 * @param {string} text @param {string} base address of this site's page
 * @returns {{link: string, refusal: string}}
 */
export function linkOf(text, base) {
  const typed = text.trim();
  if (!typed) return { link: "", refusal: "Paste a link first." };
  const address = addressOf(typed, base);
  const here = new URL(base);
  if (!address || address.host !== here.host || !isPage(address, here)) return { link: "", refusal: `${RULE} Got ${typed.length > 60 ? `${typed.slice(0, 60)}…` : typed}.` };
  return { link: address.search || "?", refusal: "" };
}

/** @param {string} typed @param {string} base */
function addressOf(typed, base) {
  try {
    return new URL(typed, typed.startsWith("?") ? new URL("./", base) : base);
  } catch {
    return null;
  }
}

/** @param {URL} address @param {URL} here */
function isPage({ pathname }, here) {
  const root = new URL("./", here).pathname;
  if (!pathname.startsWith(root)) return false;
  const page = pathname.slice(root.length).replace(/\/$/, "");
  return page === "" || SHOWING.includes(page);
}

/** What Play, Explore and Learn have shown last in this browser. @param {import("../../web/last_shown.js").LastShown} shown @returns {Offer[]} */
export const shownLast = (shown) => Object.entries(shown).map(([page, link]) => ({ text: `${page[0].toUpperCase()}${page.slice(1)} now: ${titleOf(link)}`, link }));

/** @param {string} query */
function titleOf(query) {
  const names = new URLSearchParams(query);
  const axes = ["rows", "columns"].flatMap((name) => names.get(name)?.split(":")[0] ?? []).map((name) => name.replaceAll("_", " "));
  if (axes.length) return `a wall by ${axes.join(" and ")}`;
  if (names.has("lesson")) return `lesson ${names.get("lesson")}`;
  return nameOf(query);
}

/** @param {{name: string, link: string}[]} runs of the shelf @returns {Offer[]} */
export const onTheShelf = (runs) => runs.map(({ name, link }) => ({ text: `Shelf: ${name}`, link }));

/** @param {{file: string, text: string}[]} files that were opened on Learn @returns {Offer[]} */
export const openedFiles = (files) => files.map(({ file, text }) => ({ text: `Lesson file: ${file}`, link: "", lesson: text })).reverse();

/** @param {string} name */
export const lessonLink = (name) => `?lesson=${encodeURIComponent(name)}`;

/** Choices, one a line. @param {string} text */
export const choicesOf = (text) => [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];
