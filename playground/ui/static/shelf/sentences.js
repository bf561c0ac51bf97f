// What is said of kept runs.
import { formatEpoch, formatLoss, formatShare } from "../web/format.js";
import { COMPARED } from "../web/facts.js";

const when = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** "Epoch 120: test loss 0.0123, accuracy 98.0 %". @param {import("../web/shelf.js").ShelfRun} run */
export function figuresOf({ epoch, figures }) {
  if (epoch === null || !figures) return "No figures: open it to train it.";
  const accuracy = figures.accuracy === null ? "" : `, accuracy ${formatShare(figures.accuracy)}`;
  return `Epoch ${formatEpoch(epoch)}: ${figures.part.toLowerCase()} loss ${formatLoss(figures.loss)}${accuracy}`;
}

/** When it was kept. @param {import("../web/shelf.js").ShelfRun} run */
export const timeOf = ({ kept }) => (kept ? when.format(new Date(kept)) : "");

/** @param {number} count */
export const countOf = (count) => (count === 1 ? "1 run" : `${count} runs`);

/** Why so many cannot be compared; empty where they can. @param {number} count */
export function comparingRule(count) {
  const { least, most } = COMPARED;
  return count >= least && count <= most ? "" : `Tick ${least} to ${most} runs to compare them. ${count === 1 ? "1 is" : `${count} are`} ticked.`;
}
