// What was answered before and after, as bars. No DOM in here.

/** @typedef {import("../messages.js").Bars} Bars */
/** @typedef {{text: string, predicted: number, observed: number, before: number, after: number}} BarRow  counts, and shares of the longest bar */

/** @param {Bars} bars @returns {BarRow[]} */
export function barRows({ bars }) {
  const most = Math.max(1, ...bars.flatMap(({ predicted, observed }) => [predicted, observed]));
  return bars.map(({ text, predicted, observed }) => ({ text, predicted, observed, before: predicted / most, after: observed / most }));
}

/** How many have answered, as a sentence. @param {Bars} bars */
export function answeredWords({ bars }) {
  const sum = (/** @type {"predicted" | "observed"} */ which) => bars.reduce((total, bar) => total + bar[which], 0);
  return `${sum("predicted")} answered before, ${sum("observed")} after.`;
}

/** Which of them: that with this key, else the newest question of what was sent last. @param {Bars[]} all @param {string} [wanted] */
export function chosenBars(all, wanted) {
  return all.find((bars) => keyOf(bars) === wanted) ?? all.reduce((/** @type {Bars | null} */ newest, bars) => (!newest || isLater(bars, newest) ? bars : newest), null);
}

/** What somebody has answered counts before what nobody has. @param {Bars} bars @param {Bars} other */
function isLater(bars, other) {
  const answered = (/** @type {Bars} */ { bars: each }) => Number(each.some(({ predicted, observed }) => predicted + observed > 0));
  return bars.sent - other.sent || answered(bars) - answered(other) || bars.step - other.step ? (bars.sent - other.sent || answered(bars) - answered(other) || bars.step - other.step) > 0 : false;
}

/** @param {Bars} bars */
export const keyOf = ({ sent, step }) => `${sent} ${step}`;

/** @param {Bars} bars */
export const titleOf = ({ step, title }) => (step && title !== `Step ${step}` ? `Step ${step}: ${title}` : title);
