// Lesson files that were opened from disk, as values. Where they are kept, lesson_files_storage.js says. No DOM in here.

const VERSION = 1;
export const MOST_FILES = 20;
export const MOST_CHARACTERS = 500_000; // of all their texts

/**
 * A lesson's file. Whatever it says, the server reads it anew.
 * @typedef {object} LessonFile
 * @property {string} name  of the lesson
 * @property {string} file  its own name
 * @property {string} text
 */

/** @param {LessonFile[]} files */
export const textOf = (files) => JSON.stringify({ version: VERSION, files });

/** What a text says, whoever wrote it, the newest last; what is no file is passed over. @param {string | null} text @returns {LessonFile[]} */
export function filesOf(text) {
  const value = read(text ?? "");
  return value?.version === VERSION && Array.isArray(value.files) ? bounded(value.files.filter(isFile)) : [];
}

/** @param {LessonFile[]} files @param {LessonFile} file @returns {LessonFile[]} with it as the newest; the oldest give way */
export const withFile = (files, { name, file, text }) => bounded([...without(files, name), { name, file, text }]);

/** @param {LessonFile[]} files @param {string} name @returns {LessonFile[]} */
export const without = (files, name) => files.filter((each) => each.name !== name);

/** @param {LessonFile[]} files @returns {LessonFile[]} the newest for which there is room */
function bounded(files) {
  let characters = 0;
  const newest = files.slice(-MOST_FILES).reverse();
  const none = newest.findIndex(({ text }) => (characters += text.length) > MOST_CHARACTERS);
  return (none < 0 ? newest : newest.slice(0, none)).reverse();
}

/** @param {string} text @returns {any} */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {any} value */
const isFile = (value) => typeof value === "object" && value !== null && ["name", "file", "text"].every((each) => typeof value[each] === "string");
