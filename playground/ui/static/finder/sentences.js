// What a range test says in words.
import { formatEpoch, formatRate } from "../web/format.js";
import { RULES } from "./rules.js";

/** "3 of 8 diverged"; empty where none has. @param {number} diverged @param {number} seeds */
export const divergedOf = (diverged, seeds) => (diverged ? `${diverged} of ${seeds} diverged` : "");

/** @param {import("../web/messages.js").RatesHello} hello @param {number} points @param {boolean} over */
export function progressOf({ planned, published }, points, over) {
  const unit = published ? "epochs" : "steps";
  if (!over) return `${formatEpoch(points)} of ${formatEpoch(planned)} ${unit}`;
  return points < planned ? `Ended after ${formatEpoch(points)} ${unit}: no network was left` : `${formatEpoch(points)} ${unit}`;
}

/** "Valley 0.0123, slide 0.0456, …" @param {Record<string, number>} suggested */
export function suggestionsOf(suggested) {
  const parts = RULES.filter(({ name }) => name in suggested).map(({ name, title }) => `${title} ${formatRate(suggested[name])}`);
  return parts.length ? `Suggested rates: ${parts.join(", ")}.` : "";
}
