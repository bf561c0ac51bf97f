// What this browser has shown last on Play, Explore and Learn: a teacher sends it to a class from another tab.
import { BrowserStorage } from "./browser_storage.js";

const storage = new BrowserStorage("keras-playground.shown");
export const SHOWING = ["play", "explore", "learn"];

/** @typedef {Record<string, string>} LastShown  links like `?dataset=spiral`, by their page */

/** @returns {LastShown} */
export function readLastShown() {
  try {
    const known = JSON.parse(storage.read() ?? "{}");
    return Object.fromEntries(SHOWING.filter((page) => typeof known?.[page] === "string" && known[page].startsWith("?")).map((page) => [page, known[page]]));
  } catch {
    return {};
  }
}

/** Of a lesson its name says more than its run. @param {string} [link] of the run that is shown */
export function noteShown(link) {
  const page = location.pathname.split("/").at(-1) || SHOWING[0];
  if (!link || !SHOWING.includes(page) || globalThis.frameElement) return;
  const lesson = page === "learn" ? new URLSearchParams(location.search).get("lesson") : null;
  const known = readLastShown();
  const now = lesson ? `?lesson=${encodeURIComponent(lesson)}` : link;
  if (known[page] !== now) storage.write(JSON.stringify({ ...known, [page]: now }));
}
