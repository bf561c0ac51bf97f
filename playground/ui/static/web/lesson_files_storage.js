// Where lesson files that were opened from disk are kept: in this browser, for all its tabs.
import { BrowserStorage } from "./browser_storage.js";
import { filesOf, textOf, withFile, without } from "./lesson_files.js";

const storage = new BrowserStorage("keras-playground.lesson-files");
const AGAIN = "After a reload, open its file again.";
const NOT_ALLOWED = `This browser does not let the page keep this lesson. ${AGAIN}`;
const NO_ROOM = `This browser has no room left to keep this lesson. ${AGAIN}`;

/** @returns {import("./lesson_files.js").LessonFile[]} */
export function readLessonFiles() {
  try {
    return filesOf(storage.read());
  } catch {
    return [];
  }
}

/** Why it is not kept, or "". @param {import("./lesson_files.js").LessonFile} file */
export const keepLessonFile = (file) => change((files) => withFile(files, file));

/** @param {string} name of its lesson */
export const forgetLessonFile = (name) => change((files) => without(files, name));

/** @param {(files: import("./lesson_files.js").LessonFile[]) => import("./lesson_files.js").LessonFile[]} of */
function change(of) {
  return { "": "", full: NO_ROOM, forbidden: NOT_ALLOWED }[storage.write(textOf(of(readLessonFiles())))];
}
