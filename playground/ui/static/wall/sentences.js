// What a wall's cells and the wall itself say in words.
import { inWords } from "../web/announce.js";
import { formatEpoch, lower } from "../web/format.js";
import { heldApart } from "./held_line.js";

/** Short: "97 %". @param {number} share */
export const percent = (share) => `${Math.round(100 * share)}\u202f%`;

/** A share that is not 0 is not called so. @param {number} share above 0 */
export const shareOf = (share) => (share < 0.005 ? `less than ${percent(0.01)}` : percent(share));

/** "test accuracy 97.0 %, test loss 0.0812"; of several seeds the means. @param {number} cell @param {import("./look.js").Look} look */
export function sentenceOf(cell, { results, metrics, metric, hidden }) {
  const note = results.noteOf(cell);
  const parts = [];
  if (!results.isLost(cell)) {
    const named = new Set(["val_accuracy", "val_loss", metric.name]);
    for (const each of metrics.filter(({ name }) => named.has(name))) parts.push(figureOf(cell, each, results));
    if (results.disagreement) parts.push(`seeds disagree on ${percent(results.disagreement[cell])}`);
  }
  return [...parts, ...(note ? [note] : []), ...(hidden.has(cell) ? ["hidden"] : [])].join(", ");
}

/** All that is said of a cell: its figures, and what is held fixed in its plane where others hold something else. @param {number} cell @param {import("./look.js").Look} look */
export const detailsOf = (cell, look) => [sentenceOf(cell, look), heldApart(look.plan, cell)].filter(Boolean).join(". ");

/** @param {number} cell @param {import("../web/metrics.js").Metric} metric @param {import("./results.js").Results} results */
function figureOf(cell, metric, results) {
  const { mean, least, most, count } = results.cells(metric)[cell];
  const range = count > 1 ? ` (${metric.format(least)} to ${metric.format(most)})` : "";
  return `${lower(metric.title)} ${metric.format(mean)}${range}`;
}

/** "3 of 256 diverged"; empty where none has. @param {import("./results.js").Results} results */
export const divergedOf = ({ diverged, plan }) => (diverged ? `${diverged} of ${plan.networks} diverged` : "");

/** @param {string} state @param {import("./look.js").Look | null} look @param {string} note */
export function summaryOf(state, look, note) {
  const tail = note ? ` ${note}` : "";
  if (!look) return `The networks are ${inWords(state)}.${tail}`;
  const { results, metric } = look;
  const best = bestOf(look);
  const said = best === null ? "" : ` Best ${lower(metric.title)}: ${metric.format(results.cells(metric)[best].mean)}, ${results.plan.nameOf(best)}.`;
  const diverged = divergedOf(results);
  return `Epoch ${formatEpoch(results.epoch)}, ${inWords(state)}, ${results.plan.networks} networks.${said}${diverged ? ` ${diverged}.` : ""}${tail}`;
}

/** The cell that is best by the metric. @param {import("./look.js").Look} look @returns {number | null} */
export function bestOf({ results, metric }) {
  let best = null;
  let value = metric.more ? -Infinity : Infinity;
  results.cells(metric).forEach(({ mean }, cell) => {
    if (!Number.isFinite(mean) || (metric.more ? mean <= value : mean >= value)) return;
    [best, value] = [cell, mean];
  });
  return best;
}
