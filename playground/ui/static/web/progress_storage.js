// Where it is kept how far a learner is: in this browser, for all its tabs.
import { BrowserStorage } from "./browser_storage.js";
import { progressOf, textOf } from "./progress.js";

const storage = new BrowserStorage("keras-playground.progress");
const NOT_ALLOWED = "This browser does not let the page keep how far you are. It lasts as long as this page.";
const NO_ROOM = "This browser has no room left to keep how far you are. It lasts as long as this page.";

/** What is known where the browser keeps nothing. @type {import("./progress.js").Progress | null} */
let unkept = null;

/** @returns {{lessons: import("./progress.js").Progress, problem: string}} */
export function readProgress() {
  if (unkept) return { lessons: unkept, problem: NOT_ALLOWED };
  try {
    return progressOf(storage.read());
  } catch {
    return { lessons: {}, problem: NOT_ALLOWED };
  }
}

/** Change it as it is now, which another tab may have done too; why it is not kept, or "". @param {(lessons: import("./progress.js").Progress) => import("./progress.js").Progress} change */
export function changeProgress(change) {
  const lessons = change(readProgress().lessons);
  const fault = storage.write(textOf(lessons));
  unkept = fault ? lessons : null;
  if (fault) window.dispatchEvent(new Event(storage.key));
  return { "": "", full: NO_ROOM, forbidden: NOT_ALLOWED }[fault];
}

/** @param {() => void} listener @returns {() => void} removes it */
export const listenToProgress = (listener) => storage.listen(listener);
