// How far a learner is in each lesson, as values. Where it is kept, progress_storage.js says. No DOM in here.
import { counted } from "./format.js";
import { MOST_POINTS } from "./stroke.js";

const VERSION = 1;
export const LONGEST_FILE = 500_000; // characters
const MOST_LESSONS = 300;
const MOST_STEPS = 30;
const MOST_FIGURES = 40;
const LONGEST_NAME = 80;
const LONGEST_FIGURE = 80;
const NAME = /^[a-z0-9_/]+$/;
const FARTHEST = 1e6;

export const UNREADABLE = "How far you are cannot be read in this browser: it begins anew.";
export const NEWER = "How far you are was written by a newer version of this page. Reload the page.";

/**
 * @typedef {{kind: "choice", choice: number} | {kind: "number", value: number} | {kind: "drawn", stroke: import("./stroke.js").StrokePoint[]} | {kind: "skipped"}} Answer
 *
 * How far a step is.
 * @typedef {object} StepProgress
 * @property {Answer | null} predicted
 * @property {boolean} ran           the learner has seen its run
 * @property {number | null} observed  which choice
 * @property {boolean} reached       the server has said so
 * @property {Record<string, string>} figures  of the run, as the explanation quotes them
 * @property {number | null} answer  what the predicted figure came to
 *
 * @typedef {{at: number, steps: Record<string, StepProgress>}} LessonProgress  at: the step that was open last, from 1
 * @typedef {Record<string, LessonProgress>} Progress  by the names of lessons
 */

/** @type {Readonly<StepProgress>} */
export const BEGUN = Object.freeze({ predicted: null, ran: false, observed: null, reached: false, figures: {}, answer: null });

// ---------------------------------------------------------------- as text

/** @param {Progress} lessons */
export const textOf = (lessons) => JSON.stringify({ version: VERSION, lessons });

/**
 * What a text says, whoever wrote it; what is no progress is passed over.
 * @param {string | null} text null: nothing was kept yet
 * @returns {{lessons: Progress, problem: string}}
 */
export function progressOf(text) {
  if (text === null) return { lessons: {}, problem: "" };
  const value = text.length <= LONGEST_FILE ? read(text) : null;
  if (Number.isInteger(value?.version) && value.version > VERSION) return { lessons: {}, problem: NEWER };
  if (!isObject(value?.lessons)) return { lessons: {}, problem: UNREADABLE };
  /** @type {Progress} */
  const lessons = {};
  for (const [name, lesson] of Object.entries(value.lessons).slice(0, MOST_LESSONS)) {
    if (NAME.test(name) && name.length <= LONGEST_NAME && isObject(lesson)) lessons[name] = lessonOf(lesson);
  }
  return { lessons, problem: "" };
}

/** Why a file that is to be brought back is none; empty where it is one. @param {string} text */
export function refusalOf(text) {
  if (text.length > LONGEST_FILE) return `A file of progress must have at most ${LONGEST_FILE} characters. Got ${text.length}.`;
  const { problem } = progressOf(text);
  if (problem === NEWER) return "The file was written by a newer version of this page. Reload the page, and bring it back again.";
  return problem ? "A file of progress must be one that was taken along from this page. Got something else." : "";
}

/** @param {string} text @returns {any} */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {any} value @returns {LessonProgress} */
function lessonOf(value) {
  /** @type {Record<string, StepProgress>} */
  const steps = {};
  for (const [number, step] of Object.entries(isObject(value.steps) ? value.steps : {})) {
    const n = Number(number);
    if (String(n) === number && Number.isInteger(n) && n >= 1 && n <= MOST_STEPS && isObject(step)) steps[number] = stepOf(step);
  }
  const { at } = value;
  return { at: Number.isInteger(at) && at >= 1 && at <= MOST_STEPS ? at : 1, steps };
}

/** @param {any} value @returns {StepProgress} */
function stepOf({ predicted, ran, observed, reached, figures, answer }) {
  return {
    predicted: answerOf(predicted), ran: ran === true, observed: isChoice(observed) ? observed : null, reached: reached === true,
    figures: figuresOf(figures), answer: isNumber(answer) ? answer : null,
  };
}

/** @param {any} value @returns {Answer | null} */
function answerOf(value) {
  if (!isObject(value)) return null;
  if (value.kind === "choice" && isChoice(value.choice)) return { kind: "choice", choice: value.choice };
  if (value.kind === "number" && isNumber(value.value)) return { kind: "number", value: value.value };
  if (value.kind === "drawn" && Array.isArray(value.stroke)) return { kind: "drawn", stroke: value.stroke.slice(0, MOST_POINTS).filter(isPoint) };
  return value.kind === "skipped" ? { kind: "skipped" } : null;
}

/** @param {any} value @returns {Record<string, string>} */
function figuresOf(value) {
  const said = isObject(value) ? Object.entries(value).slice(0, MOST_FIGURES) : [];
  return Object.fromEntries(said.filter(([name, text]) => name.length <= 300 && typeof text === "string" && text.length <= LONGEST_FIGURE));
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {unknown} value */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
/** @param {unknown} value */
const isChoice = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 100;
/** @param {any} value */
const isPoint = (value) => value === null || (Array.isArray(value) && value.length === 2 && value.every((each) => isNumber(each) && Math.abs(each) <= FARTHEST));

// ---------------------------------------------------------------- what is done

/** @param {Progress} lessons @param {string} name @param {number} step @returns {Readonly<StepProgress>} */
export const stepIn = (lessons, name, step) => lessons[name]?.steps[String(step)] ?? BEGUN;

/** @param {Progress} lessons @param {string} name @param {number} step @param {Partial<StepProgress>} change @returns {Progress} */
export function withStep(lessons, name, step, change) {
  const lesson = lessons[name] ?? { at: step, steps: {} };
  const changed = { ...BEGUN, ...lesson.steps[String(step)], ...change };
  return { ...lessons, [name]: { at: step, steps: { ...lesson.steps, [String(step)]: changed } } };
}

/** Where a lesson was left. @param {Progress} lessons @param {string} name @param {number} step @returns {Progress} */
export function openedAt(lessons, name, step) {
  const lesson = lessons[name] ?? { at: step, steps: {} };
  return { ...lessons, [name]: { ...lesson, at: step } };
}

/** Both; of a step that is in both what is further. @param {Progress} here @param {Progress} brought @returns {Progress} */
export function joined(here, brought) {
  /** @type {Progress} */
  const all = { ...here };
  for (const [name, lesson] of Object.entries(brought)) {
    const steps = { ...all[name]?.steps };
    for (const [number, step] of Object.entries(lesson.steps)) {
      if (!steps[number] || rank(step) >= rank(steps[number])) steps[number] = step;
    }
    all[name] = { at: lesson.at, steps };
  }
  return all;
}

/**
 * What there is in a file that is brought back: lessons with a step, be they known here or not.
 * @param {Progress} lessons @param {ReadonlyMap<string, number>} known  how many steps each lesson of this page has, by its name
 * @returns {{lessons: Progress, here: number, elsewhere: number}}
 */
export function broughtBy(lessons, known) {
  const hasStep = (/** @type {[string, LessonProgress]} */ [name, { steps }]) => Object.keys(steps).some((n) => Number(n) <= (known.get(name) ?? MOST_STEPS));
  const found = Object.entries(lessons).filter(hasStep);
  const here = found.filter(([name]) => known.has(name)).length;
  return { lessons: Object.fromEntries(found), here, elsewhere: found.length - here };
}

/** What is said of that; empty where there is nothing. @param {{here: number, elsewhere: number}} brought */
export function broughtWords({ here, elsewhere }) {
  return [
    ...(here ? [`Brought back: ${counted(here, "lesson")}.`] : []),
    ...(elsewhere ? [`Kept, but not on this page: ${counted(elsewhere, "lesson")}.`] : []),
  ].join(" ");
}

/** @param {StepProgress} step */
const rank = ({ predicted, ran, observed, reached }) => Number(Boolean(predicted)) + 2 * Number(ran) + 3 * Number(observed !== null) + 4 * Number(reached);

/** How many steps are done: all that was asked is answered. @param {LessonProgress | undefined} lesson @param {number} steps of the lesson */
export function doneOf(lesson, steps) {
  let done = 0;
  for (let n = 1; n <= steps; n += 1) if (lesson?.steps[String(n)]?.ran) done += 1;
  return done;
}
