// The figures of a wall as a table of text: a row for each network.
import { csvText, digits } from "../web/csv.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./results.js").Results} Results */

const FIGURE_COLUMNS = ["loss", "accuracy", "val_loss", "val_accuracy"];

/**
 * Of every network the figures of the epoch on screen, or of every epoch it has.
 * @param {Plan} plan @param {Results} results @param {boolean} every epoch
 */
export function csvOf(plan, results, every) {
  const knobs = plan.axes.map(({ knob }) => knob);
  const rows = [["network", ...knobs, ...(plan.seeds > 1 ? ["seed_of_cell"] : []), "epoch", ...FIGURE_COLUMNS, "ended", "name", "link"]];
  for (let network = 0; network < plan.networks; network += 1) {
    const newest = Math.min(results.epochsOf[network], results.figures.length - 1);
    const epochs = every ? Array.from({ length: newest + 1 }, (_, epoch) => epoch) : [results.epochShown(network)];
    for (const epoch of epochs) rows.push(rowOf(plan, results, network, epoch));
  }
  return csvText(rows);
}

/** @param {Plan} plan @param {Results} results @param {number} network @param {number} epoch */
function rowOf(plan, results, network, epoch) {
  const cell = Math.floor(network / plan.seeds);
  return [
    String(network + 1), ...plan.settingsOf(cell).map(({ label }) => label), ...(plan.seeds > 1 ? [String((network % plan.seeds) + 1)] : []),
    String(epoch), ...FIGURE_COLUMNS.map((_, column) => digits(results.figures.at(epoch, network, column))),
    results.endOf(network), plan.nameOfNetwork(network), plan.hello.links[network],
  ];
}
