// The order of a step: predict, run, say what was seen, read why. No DOM in here.
import { asSentence, formatEpoch } from "../web/format.js";

export const NOT_CHECKED = "Not yet checked: run it.";

/**
 * @typedef {"predict" | "run" | "observe" | "explained"} State
 *
 * @typedef {object} ChoiceQuestion
 * @property {"choice"} kind
 * @property {string} question
 * @property {string[]} choices
 * @property {number | null} answer   null: that hangs on the run
 * @property {string[]} feedback
 *
 * @typedef {{kind: "number", question: string, within: number, unit: string}} NumberQuestion
 * @typedef {{kind: "drawn", question: string}} DrawnQuestion
 * @typedef {ChoiceQuestion | NumberQuestion | DrawnQuestion} Question
 *
 * @typedef {object} Step
 * @property {string} title
 * @property {string} text
 * @property {string} explanation
 * @property {Question | null} predict
 * @property {ChoiceQuestion | null} observe
 * @property {boolean} checked
 * @property {boolean} wall
 * @property {string[]} free
 * @property {string[]} freeTitles
 * @property {string | null} pointsAt
 *
 * @typedef {{name: string, title: string, level: string, minutes: number, goal: string, text: string, steps: Step[]}} Lesson
 * @typedef {import("../web/progress.js").StepProgress} StepProgress
 */

/** @param {Step} step @param {Readonly<StepProgress>} progress @returns {State} */
export function stateOf(step, progress) {
  if (step.predict && !progress.predicted) return "predict";
  if (!progress.ran) return "run";
  return step.observe && progress.observed === null ? "observe" : "explained";
}

/**
 * Whether a run has shown what it is to show: it got there, or, where nothing is checked, has trained to its end. A number
 * that was predicted is one of the end.
 * @param {Step} step @param {{reached: boolean, over: boolean}} run
 */
export function hasShown({ checked, predict }, { reached, over }) {
  if (checked && !reached) return false;
  return over || (checked && predict?.kind !== "number");
}

/** Whether there is something to look at, and nothing to find out. @param {Step} step */
export const isToLookAt = ({ checked, predict, observe }) => !checked && !predict && !observe;

/**
 * What there is to do while a run is to be seen.
 * @param {Step} step @param {{playing: boolean, begun: boolean, over: boolean}} run
 */
export function runWords(step, { playing, begun, over }) {
  if (over) return `It has trained to its end. ${step.free.length ? "Change something and run it again, or go on." : "Look at it, then go on."}`;
  if (playing) return "It trains: watch.";
  if (begun) return "Go on training, or go on in the lesson.";
  if (isToLookAt(step)) return "Have a look, then go on.";
  return step.wall ? "Press Play, and watch the networks." : "Press Play, and watch.";
}

/**
 * What is said of the check. Which epoch reached it the server knows best: it has seen those that no frame showed.
 * @param {Pick<import("../web/messages.js").Verdict, "reached" | "reached_at" | "sentence"> | null} verdict on the run of this step
 * @param {boolean} before  a run of this step has got there before
 */
export function verdictWords(verdict, before) {
  if (!verdict) return before ? "Reached." : NOT_CHECKED;
  if (verdict.reached) return verdict.reached_at === null ? "Reached." : `Reached at epoch ${formatEpoch(verdict.reached_at)}.`;
  return before ? `${asSentence(verdict.sentence)} You have reached it before.` : asSentence(verdict.sentence);
}

/** What stands in braces, with figures of the run. @param {string} text @param {Record<string, string>} figures */
export const filled = (text, figures) => text.replaceAll(/\{([^{}\n]*)\}/g, (_, name) => (figures[name.trim()] ?? "…").replace(" %", "\u202f%"));

/**
 * What is said of a prediction once the run is seen. right: null where nobody can say
 * @param {Question} question @param {import("../web/progress.js").Answer} answer @param {number | null} actual
 * @returns {{right: boolean | null, text: string}}
 */
export function feedbackOn(question, answer, actual) {
  if (answer.kind === "skipped") return { right: null, text: "You skipped the prediction." };
  if (question.kind === "choice" && answer.kind === "choice") {
    const said = question.choices[answer.choice] ?? "";
    const right = question.answer === null ? null : answer.choice === question.answer;
    const more = question.feedback[answer.choice] || (right === false ? "The run shows something else." : "Compare it with what you see.");
    return { right, text: `You said: “${said.replace(/\.$/, "")}”. ${more}` };
  }
  if (question.kind === "number" && answer.kind === "number") return aboutNumber(question, answer.value, actual);
  return { right: null, text: "The line you drew lies over the network’s own. Where they part, one of you saw something else." };
}

/** @param {NumberQuestion} question @param {number} said @param {number | null} actual @returns {{right: boolean | null, text: string}} */
function aboutNumber({ within, unit }, said, actual) {
  const shown = (/** @type {number} */ value) => `${Number(value.toPrecision(3))}${unit ? `\u202f${unit}` : ""}`;
  if (actual === null) return { right: null, text: `You said ${shown(said)}. The run has no such figure.` };
  const found = unit === "%" ? 100 * actual : actual;
  const right = Math.abs(found - said) <= within * (1 + 1e-6);
  return { right, text: `You said ${shown(said)}, and it came to ${shown(found)}: ${right ? "close enough." : "something else than you thought."}` };
}

/** A number as people type it; null for what is none. @param {string} text */
export function numberOf(text) {
  const trimmed = text.trim().replace("−", "-").replace(",", ".").replace(/\s*%$/, "");
  const value = Number(trimmed);
  return trimmed && trimmed.length <= 30 && Number.isFinite(value) && Math.abs(value) <= 1e12 ? value : null;
}

/** @type {Record<State, string>} */
export const STATE_WORDS = { predict: "predict", run: "run it", observe: "what did you see?", explained: "explained" };
