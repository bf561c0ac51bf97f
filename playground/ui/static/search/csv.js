// The trials of a search as a table of text: a row for each seed of each trial.
import { csvText, digits } from "../web/csv.js";
import { FIGURES } from "../web/facts.js";
import { STATES } from "./sentences.js";

/** Diverged ones too, with what they had. @param {import("./trials.js").Trials} trials */
export function csvOf(trials) {
  const head = ["trial", ...trials.axes.map(({ knob }) => knob.knob), "state", "epoch", ...(trials.seeds > 1 ? ["seed_of_trial"] : []), ...Object.keys(FIGURES), "link"];
  const rows = Array.from({ length: trials.count * trials.seeds }, (_, network) => rowOf(trials, Math.floor(network / trials.seeds), network % trials.seeds));
  return csvText([head, ...rows]);
}

/** @param {import("./trials.js").Trials} trials @param {number} trial @param {number} seed */
function rowOf(trials, trial, seed) {
  return [
    String(trial + 1), ...trials.settingsOf(trial).map(({ label }) => label), STATES[trials.stateOf(trial)].words, String(trials.epochs[trial]),
    ...(trials.seeds > 1 ? [String(seed + 1)] : []), ...Object.values(FIGURES).map((column) => digits(trials.at(0, trial * trials.seeds + seed, column))), trials.links[trial],
  ];
}
