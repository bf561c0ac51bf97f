// The shelf: runs that were kept to be compared later, as values. Where they are kept, shelf_storage.js says. No DOM in here.
import { LONGEST_LINK, LONGEST_NAME } from "./facts.js";

export const MOST_RUNS = 50;
export const LONGEST_PICTURE = 4096; // characters of its data URL
const VERSION = 1;
const LONGEST_ID = 64;
const PARTS = ["Test", "Validation"];
const PICTURE = /^data:image\/(jpeg|png);base64,[A-Za-z0-9+/=]+$/;

export const FULL = `A shelf must hold at most ${MOST_RUNS} runs. Got ${MOST_RUNS + 1}: remove one first, or copy the link.`;
export const UNREADABLE = "What this browser has on the shelf cannot be read. Empty the shelf to keep runs again.";
export const NEWER = "The shelf was written by a newer version of this page. Reload the page.";

/**
 * What the page showed of the part that is watched.
 * @typedef {{part: string, loss: number | null, accuracy: number | null}} Figures
 *
 * @typedef {object} ShelfRun
 * @property {string} id
 * @property {string} name
 * @property {string} link      like `?dataset=spiral`
 * @property {string} kept      ISO time
 * @property {number | null} epoch     that was on screen; none where the link gives another network than that
 * @property {Figures | null} figures  of that epoch
 * @property {string} picture   data URL of the plane at that epoch, or ""
 *
 * @typedef {Omit<ShelfRun, "id">} NewRun
 * @typedef {{runs: ShelfRun[], problem: string}} Shelf   problem: why nothing can be put on it
 */

// ---------------------------------------------------------------- as text

/** @param {ShelfRun[]} runs */
export const textOf = (runs) => JSON.stringify({ version: VERSION, runs });

/**
 * What a text says, whoever wrote it; what is no run is passed over.
 * @param {string | null} text null: nothing was kept yet
 * @returns {Shelf}
 */
export function shelfOf(text) {
  if (text === null) return { runs: [], problem: "" };
  const value = read(text);
  if (Number.isInteger(value?.version) && value.version > VERSION) return { runs: [], problem: NEWER };
  if (!Array.isArray(value?.runs)) return { runs: [], problem: UNREADABLE };
  const runs = [];
  for (const each of value.runs.slice(0, MOST_RUNS)) {
    const run = runOf(each, runs);
    if (run) runs.push(run);
  }
  return { runs, problem: "" };
}

/** @param {string} text @returns {any} */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {any} value @param {ShelfRun[]} before @returns {ShelfRun | null} */
function runOf(value, before) {
  const { id, name, link, kept, epoch, figures, picture } = value ?? {};
  const known = isText(id, LONGEST_ID) && isText(name, Infinity) && isText(link, LONGEST_LINK) && link.startsWith("?");
  if (!known || before.some((run) => run.id === id || run.link === link)) return null;
  return {
    id, link, name: uniqueName(name, before),
    kept: isText(kept, LONGEST_ID) && !Number.isNaN(Date.parse(kept)) ? kept : "",
    epoch: Number.isInteger(epoch) && epoch >= 0 ? epoch : null,
    figures: figuresOf(figures),
    picture: isText(picture, LONGEST_PICTURE) && PICTURE.test(picture) ? picture : "",
  };
}

/** @param {any} value @returns {Figures | null} */
function figuresOf(value) {
  if (!PARTS.includes(value?.part)) return null;
  return { part: value.part, loss: number(value.loss), accuracy: number(value.accuracy) };
}

/** @param {unknown} value */
const number = (value) => (typeof value === "number" && Number.isFinite(value) ? value : null);

/** @param {unknown} value @param {number} most characters */
const isText = (value, most) => typeof value === "string" && value.length > 0 && value.length <= most;

// ---------------------------------------------------------------- names

/** On one line and not too long. @param {string} name @param {number} [most] characters */
function shortened(name, most = LONGEST_NAME) {
  const line = [...name.replaceAll(/[\s\p{Cc}]+/gu, " ").trim()]; // no character is cut in two
  return line.length > most ? `${line.slice(0, most - 1).join("").trimEnd()}…` : line.join("");
}

/** The name, with a number where another run has it already. @param {string} name @param {{name: string}[]} others */
export function uniqueName(name, others) {
  const taken = new Set(others.map((run) => run.name));
  let found = shortened(name);
  for (let n = 2; taken.has(found) || !found; n += 1) {
    const tail = ` (${n})`;
    found = shortened(name, LONGEST_NAME - tail.length) + tail;
  }
  return found;
}

/** Why a run cannot be called that; empty where it can. @param {string} name */
export function refusalOf(name) {
  const length = [...name.trim()].length;
  return length >= 1 && length <= LONGEST_NAME ? "" : `A name must have 1 to ${LONGEST_NAME} characters. Got ${length}.`;
}

// ---------------------------------------------------------------- what is done

/**
 * Put a run on the shelf. One that is there by its link stays there under its name, with what is new of it.
 * @param {ShelfRun[]} runs @param {NewRun} run @param {string} id if it is new
 * @returns {{runs: ShelfRun[], run: ShelfRun, again: boolean, problem: string}}
 */
export function withRun(runs, run, id) {
  const there = runs.find(({ link }) => link === run.link);
  const found = there ? { ...run, id: there.id, name: there.name } : { ...run, id, name: uniqueName(run.name, runs) };
  if (there) return { runs: runs.map((each) => (each === there ? found : each)), run: found, again: true, problem: "" };
  if (runs.length >= MOST_RUNS) return { runs, run: found, again: false, problem: FULL };
  return { runs: [...runs, found], run: found, again: false, problem: "" };
}

/** @param {ShelfRun[]} runs @param {string} id @param {string} name */
export function renamed(runs, id, name) {
  const others = runs.filter((run) => run.id !== id);
  return runs.map((run) => (run.id === id ? { ...run, name: uniqueName(name, others) } : run));
}

/** @param {ShelfRun[]} runs @param {string} id */
export const without = (runs, id) => runs.filter((run) => run.id !== id);

/**
 * Take a run back that was removed; where it was kept again meanwhile, that one stays.
 * @param {ShelfRun[]} runs @param {ShelfRun} run @param {number} at its place
 */
export function restored(runs, run, at) {
  if (runs.some(({ link }) => link === run.link)) return { runs, problem: "" };
  const { problem, run: found } = withRun(runs, run, run.id);
  return problem ? { runs, problem } : { runs: runs.toSpliced(at, 0, found), problem };
}
