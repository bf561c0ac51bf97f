// What can be sent: links of this site, what this browser has open or has kept, lessons, a lesson's file. No DOM in here.
import { nameOf } from "../../web/run_name.js";

/** @typedef {{name: string, title: string, steps?: number}} LessonOffer */
/** @typedef {{text: string, link: string, lesson?: string}} Offer   `lesson` is the text of a file */

const KEPT = /^keras-playground\.run (.*?)(\?.*)?$/;
const PAGES = ["play", "explore", "learn"];
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
  return page === "" || PAGES.includes(page);
}

/**
 * Runs that this tab has shown, by what it keeps for a reload (web/kept_run.js): the newest look of each page.
 * @param {string[]} keys of the tab's storage
 * @returns {Offer[]}
 */
export function shownHere(keys) {
  return keys.flatMap((key) => {
    const [, path, query] = KEPT.exec(key) ?? [];
    if (path === undefined || !query || query === "?") return [];
    const page = path.split("/").at(-1) || "play";
    if (!PAGES.includes(page)) return [];
    return [{ text: `${page[0].toUpperCase()}${page.slice(1)}: ${titleOf(query)}`, link: query }];
  });
}

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
