// Where the shelf is kept: in this browser, for all its tabs. Whatever the browser forbids, nothing breaks.
import { shelfOf, textOf } from "./shelf.js";

const KEY = "keras-playground.shelf";
const CHANGED = "keras-playground.shelf"; // told in this window; the browser tells the other tabs
const NOT_ALLOWED = "This browser does not let the page keep anything. Copy the run's link instead.";
const NO_ROOM = "This browser has no room left for it. Remove a run from the shelf, or copy the link instead.";

/** @returns {import("./shelf.js").Shelf} */
export function readShelf() {
  try {
    return shelfOf(localStorage.getItem(KEY));
  } catch {
    return { runs: [], problem: NOT_ALLOWED };
  }
}

/** Keep these runs; why it cannot be done, or "". @param {import("./shelf.js").ShelfRun[]} runs */
export function writeShelf(runs) {
  try {
    localStorage.setItem(KEY, textOf(runs));
  } catch (error) {
    return isFull(error) ? NO_ROOM : NOT_ALLOWED;
  }
  window.dispatchEvent(new Event(CHANGED));
  return "";
}

/**
 * Change the shelf as it is now, which another tab may have changed too; why it cannot be done, or "".
 * @param {(runs: import("./shelf.js").ShelfRun[]) => {runs: import("./shelf.js").ShelfRun[], problem?: string}} change
 */
export function changeShelf(change) {
  const shelf = readShelf();
  if (shelf.problem) return shelf.problem;
  const { runs, problem } = change(shelf.runs);
  return problem || writeShelf(runs);
}

/** @param {unknown} error */
const isFull = (error) => error instanceof DOMException && ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"].includes(error.name);

/** @param {() => void} listener @returns {() => void} removes it */
export function listenToShelf(listener) {
  const onStorage = (/** @type {StorageEvent} */ event) => {
    if (event.key === KEY || event.key === null) listener(); // null: all was cleared
  };
  window.addEventListener("storage", onStorage);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener("storage", onStorage);
    window.removeEventListener(CHANGED, listener);
  };
}
