// What stands at a seat, in words. No DOM in here.
import { formatEpoch, formatLoss, formatShare } from "../../web/format.js";
import { titleOf } from "../seats/bar_rows.js";

/** @typedef {import("../messages.js").SeatView} SeatView */
/** @typedef {import("../messages.js").TileFacts} TileFacts */
/** @typedef {import("../messages.js").SentView | null} Sent */
/** @typedef {import("../messages.js").Bars} Bars */

const [REACHED, NOT_YET] = ["reached", "not yet"]; // how a verdict begins

/** @param {TileFacts} facts @param {number | null} value */
export const figureOf = ({ task }, value) => (task === "regression" ? formatLoss(value) : formatShare(value));

/** "95.3 %, best 97.1 %"; of a regression both are losses. @param {TileFacts} facts */
export const figuresOf = (facts) => (facts.accuracy === null ? "" : `${figureOf(facts, facts.accuracy)}, best ${figureOf(facts, facts.best)}`);

/** @param {TileFacts} facts */
export const epochOf = ({ epoch, edited }) => `Epoch ${formatEpoch(epoch)}${edited ? ", edited" : ""}`;

/** What a seat has: the newest that was sent to it. @param {import("../messages.js").SentView[]} history @param {number} seat @returns {Sent} */
export const sentTo = (history, seat) => history.findLast(({ to }) => to === null || to.includes(seat)) ?? null;

/** Whether the step that the learner is in is reached: by their run, else as the room has noted it. @param {SeatView} view @param {TileFacts | null} facts @param {Sent} sent */
export function hasReached(view, facts, sent) {
  const noted = () => !view.own && view.reached.some((each) => each.sent === sent?.number && each.step === view.step && each.reached);
  return facts?.reached ?? noted();
}

/** Why the learner is stuck, empty as a rule: who has reached their step is not. @param {SeatView} view @param {TileFacts | null} facts @param {Sent} sent */
export const stuckOf = (view, facts, sent) => (facts && !hasReached(view, facts, sent) ? facts.stuck : "");

/** Where in what was sent the learner is, and whether the step is reached. @param {SeatView} view @param {TileFacts | null} facts @param {Sent} sent */
export function stepOf(view, facts, sent) {
  if (view.own) return "something of their own";
  if (!sent?.steps) return facts?.reached ? "✓" : "";
  return `step ${view.step}${hasReached(view, facts, sent) ? " ✓" : ""}`;
}

/** What was said to the question of the step, the newest. @param {SeatView} view @param {Sent} sent */
export function saidOf(view, sent) {
  const answers = view.answers.filter((answer) => answer.sent === sent?.number && (!sent.steps || answer.step === view.step));
  const newest = (/** @type {string} */ asked) => answers.findLast((answer) => answer.asked === asked)?.text;
  const [predicted, observed] = [newest("predict"), newest("observe")];
  if (observed !== undefined) return `saw: ${observed}`;
  return predicted === undefined ? "" : `predicts: ${predicted}`;
}

/** A question among all that are shown; of two that were sent, to whom. @param {Bars} bars @param {Bars[]} all @param {import("../messages.js").SentView[]} history */
export function questionWords(bars, all, history) {
  if (all.every(({ sent }) => sent === bars.sent)) return titleOf(bars);
  const toAll = history.find(({ number }) => number === bars.sent)?.to === null;
  return `${titleOf(bars)} (sent to ${toAll ? "all" : "some"})`;
}

/**
 * How each step of what they have stands: the one they are in as their run is now, others as they were judged last.
 * @param {SeatView} view @param {TileFacts | null} facts @param {Sent} sent
 */
export function verdictsOf(view, facts, sent) {
  if (!sent) return [];
  const now = facts && isJudgedNow(view, facts, sent) ? [{ step: view.step, words: verdictWords(facts) }] : [];
  const before = view.reached.filter((each) => each.sent === sent.number && each.step !== now[0]?.step)
    .map((each) => ({ step: each.step, words: verdictWords(each), old: !each.reached && each.sentence }));
  return [...now.map((each) => ({ ...each, old: false })), ...before].sort((a, b) => a.step - b.step)
    .map(({ step, words, old }) => `Step ${step}${old ? ", when last judged" : ""}: ${words}`);
}

/** Whether the run that is seen is judged by the step they are in. @param {SeatView} view @param {TileFacts | null} facts @param {Sent} sent */
export const isJudgedNow = (view, facts, sent) => Boolean(sent?.steps) && !view.own && (facts?.reached ?? null) !== null;

/** @param {{reached: boolean | null, sentence: string}} verdict */
function verdictWords({ reached, sentence }) {
  if (reached) return REACHED;
  return sentence.startsWith(NOT_YET) ? sentence : [NOT_YET, sentence].filter(Boolean).join(": ");
}

/** What is to be noticed first: over the picture. @param {SeatView} view @param {TileFacts | null} facts @param {Sent} sent */
export function noteOf(view, facts, sent) {
  if (view.state === "waiting") return "waits to be let in";
  if (view.state === "away") return "away";
  if (facts?.state === "diverged") return "diverged";
  const stuck = stuckOf(view, facts, sent);
  return stuck && `stuck: ${stuck}`;
}

/** @param {import("../messages.js").RoomView} view */
export function headCount({ learners, connected, seats }) {
  const waiting = (seats ?? []).filter(({ state }) => state === "waiting").length;
  return `${connected} of ${learners} connected${waiting ? `, ${waiting} waiting` : ""}`;
}

/** @param {Sent} sent @param {(seat: number) => string} nameOf */
export function sentWords(sent, nameOf) {
  if (!sent) return "Nothing was sent yet.";
  if (sent.to?.length === 0) return "Nothing was sent yet. The plan lies ready.";
  const to = !sent.to ? "all" : sent.to.length === 1 ? nameOf(sent.to[0]) : `${sent.to.length} learners`;
  return `Sent to ${to}: ${sent.title}`;
}
