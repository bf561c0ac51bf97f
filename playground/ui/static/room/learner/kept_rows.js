// What is kept about a learner, in plain words: every value has a row. No DOM in here.
import { formatEpoch, formatLoss, formatShare } from "../../web/format.js";

/** What each key is called; what is not here is called by its key. @type {Record<string, string>} */
const NAMES = {
  room: "Room", number: "Your seat", name: "Your name here", joined_at: "You joined", spins: "Other names that you asked for", admitted: "You are let in", guest: "You are a teacher who looks on as a learner",
  note: "Last message from your teacher", notes: "Messages from your teacher so far", step: "Step of the lesson", answers: "Answers", reached: "Reached", scores: "Handed in to challenges",
  networks: "Your network", now: "now", best: "Best", sent: "Given to", asked: "Given", text: "Words", at: "When", sentence: "What the check says", challenge: "Challenge", link: "Link that gives it again",
  accuracy: "Accuracy on the test points", epoch: "Epoch", parameters: "Parameters", of_seeds: "Accuracy with each seed", edited: "Weights edited by hand", value: "Accuracy on the test points (predicting values: loss)",
  seat: "Seat", state: "Training", task: "Task", n_classes: "Classes of the data", stuck: "Where it is stuck", title: "What it is", ended: "Why it has ended",
  cells: "Picture: cells along a side", values: "Picture: values of a cell", lo: "Picture: least value", hi: "Picture: greatest value",
};
/** One of a list. @type {Record<string, string>} */
const ONES = { answers: "Answer", reached: "Step that was checked", scores: "Handed in" };
/** @type {Record<string, string>} */
const WORDS = { predict: "before it was tried", observe: "after it was tried", classification: "telling classes apart", regression: "predicting values", true: "yes" };
const SHARES = ["accuracy", "best", "value", "of_seeds"];
const OF_BEST = /^(\d+) (\d+)$/; // the number of what was sent, and of a lesson the step

/** @param {string} document JSON @returns {[string, string][]} */
export function keptRows(document) {
  try {
    return [...rowsOf([], JSON.parse(document), {})];
  } catch {
    return [["", document]];
  }
}

/** @param {string[]} names @param {unknown} value @param {Record<string, unknown>} beside what stands with it @param {string} [key] @returns {Generator<[string, string]>} */
function* rowsOf(names, value, beside, key = "") {
  if (Array.isArray(value) && value.length) {
    for (const [i, each] of value.entries()) yield* rowsOf([...names.slice(0, -1), `${ONES[key] ?? nameOf(key)} ${i + 1}`], each, beside, key);
  } else if (!isEmpty(value) && typeof value === "object") {
    const object = /** @type {Record<string, unknown>} */ (value);
    for (const [inner, each] of Object.entries(object)) yield* rowsOf(inner === "texts" ? names : [...names, nameOf(inner)], each, object, inner);
  } else yield [titleOf(names), said(key, value, beside)];
}

/** @param {unknown} value */
const isEmpty = (value) => value === null || value === "" || (typeof value === "object" && !Object.keys(value ?? {}).length);

/** @param {string} key */
function nameOf(key) {
  const [found, sent, step] = OF_BEST.exec(key) ?? [];
  if (!found) return NAMES[key] ?? capital(key.replaceAll("_", " "));
  return sent === "0" ? "with something of your own" : `with no. ${sent} of what was sent${step === "0" ? "" : `, step ${step}`}`;
}

/** @param {string[]} names */
const titleOf = ([first = "", ...rest]) => [first, ...rest.map(lower)].join(", ");
/** @param {string} text */
const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} key @param {unknown} value @param {Record<string, unknown>} beside */
function said(key, value, beside) {
  if (isEmpty(value)) return key === "reached" && value === null ? "not checked yet" : "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (SHARES.includes(key)) return String(value).split(",").map((each) => figure(key, Number(each), beside.task)).join(", ");
  if (typeof value !== "number") return ["asked", "task", "edited"].includes(key) ? WORDS[String(value)] ?? String(value) : String(value);
  return number(key, value);
}

/** What a best was of is not kept with it, so it stands there as a share and as it is. @param {string} key @param {number} value @param {unknown} task */
function figure(key, value, task) {
  if (task === "regression" || value > 1) return `loss ${formatLoss(value)}`;
  return key === "value" ? `${formatShare(value)} (${plain(value)})` : formatShare(value);
}

/** @param {string} key @param {number} value */
function number(key, value) {
  if (/(^|_)at$/.test(key)) return new Date(1000 * value).toLocaleString();
  if (key === "sent") return value ? `no. ${value} of what was sent` : "something of your own";
  if (key === "step") return value ? `step ${value}` : "no step";
  return Number.isInteger(value) && key !== "number" && key !== "seat" ? formatEpoch(value) : plain(value);
}

/** @param {number} value */
const plain = (value) => String(Number(value.toPrecision(4)));
