// What a search and its trials say in words.
import { inWords } from "../web/announce.js";
import { counted, formatEpoch, lower } from "../web/format.js";

/** How a trial stands, and its mark: never colour alone. @type {Record<import("./trials.js").State, {words: string, shape: string}>} */
export const STATES = {
  complete: { words: "finished", shape: "circle" },
  pruned: { words: "pruned", shape: "triangle-up" },
  running: { words: "under way", shape: "diamond" },
  diverged: { words: "diverged", shape: "cross" },
};

/** "38 of 60 s, 142 trials, 96 pruned, 3 diverged". @param {import("./trials.js").Trials} trials @param {number} seconds that it may be at work */
export function progressOf(trials, seconds) {
  const used = `${formatEpoch(Math.min(seconds, Math.floor(trials.header.seconds)))} of ${formatEpoch(seconds)} s`;
  return [used, counted(trials.header.last_epoch, "trial"), `${formatEpoch(trials.countOf("pruned"))} pruned`, `${formatEpoch(trials.countOf("diverged"))} diverged`].join(", ");
}

/** "3 of 142 diverged", of those that have ended; empty where none has. @param {import("./trials.js").Trials} trials */
export function divergedOf(trials) {
  const diverged = trials.countOf("diverged");
  return diverged ? `${formatEpoch(diverged)} of ${formatEpoch(trials.header.last_epoch)} diverged` : "";
}

/** "test accuracy 97.0 % (95.0 % to 98.0 %), test loss 0.0812, finished after 300 epochs". @param {number} trial @param {import("./look.js").Look} look */
export function figuresOf(trial, { trials, metrics, metric }) {
  const state = trials.stateOf(trial);
  if (state === "diverged") return `diverged by epoch ${formatEpoch(trials.epochs[trial])}`;
  if (!trials.isSeen(trial)) return STATES[state].words;
  const shown = metrics.filter(({ name }) => ["val_accuracy", "val_loss", metric.name].includes(name));
  const epochs = counted(trials.epochs[trial], "epoch");
  return [...shown.map((each) => figureOf(trial, each, trials)), state === "running" ? `${epochs} so far` : `${STATES[state].words} after ${epochs}`].join(", ");
}

/** @param {number} trial @param {import("../web/metrics.js").Metric} metric @param {import("./trials.js").Trials} trials */
function figureOf(trial, metric, trials) {
  const { mean, least, most, count } = trials.sums(metric)[trial];
  const range = count > 1 ? ` (${metric.format(least)} to ${metric.format(most)})` : "";
  return `${lower(metric.title)} ${metric.format(mean)}${range}`;
}

/** @param {string} state @param {import("./look.js").Look | null} look @param {string} note */
export function summaryOf(state, look, note) {
  const tail = note ? ` ${note}` : "";
  if (!look) return `The search is ${inWords(state)}.${tail}`;
  const { trials } = look;
  const { best, last_epoch: ended } = trials.header;
  const found = best === null ? "" : ` Best so far: ${trials.nameOf(best)}, ${trials.settingsInWords(best)}: ${figuresOf(best, look)}.`;
  const diverged = divergedOf(trials);
  return `The search is ${inWords(state)}, ${counted(ended, "trial")} of ${formatEpoch(trials.hello.trials)} ended.${found}${diverged && !note.includes("diverged") ? ` ${diverged}.` : ""}${tail}`;
}
