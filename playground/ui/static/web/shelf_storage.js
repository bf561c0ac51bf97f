// Where the shelf is kept: in this browser, for all its tabs. Whatever the browser forbids, nothing breaks.
import { BrowserStorage } from "./browser_storage.js";
import { shelfOf, textOf } from "./shelf.js";

const storage = new BrowserStorage("keras-playground.shelf");
const NOT_ALLOWED = "This browser does not let the page keep anything. Copy the run's link instead.";
const NO_ROOM = "This browser has no room left for it. Remove a run from the shelf, or copy the link instead.";

/** @returns {import("./shelf.js").Shelf} */
export function readShelf() {
  try {
    return shelfOf(storage.read());
  } catch {
    return { runs: [], problem: NOT_ALLOWED };
  }
}

/** Keep these runs; why it cannot be done, or "". @param {import("./shelf.js").ShelfRun[]} runs */
export function writeShelf(runs) {
  return { "": "", full: NO_ROOM, forbidden: NOT_ALLOWED }[storage.write(textOf(runs))];
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

/** @param {() => void} listener @returns {() => void} removes it */
export const listenToShelf = (listener) => storage.listen(listener);
