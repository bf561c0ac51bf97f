// What differs between cells, in words.
import { lower } from "../web/format.js";

/** @typedef {import("./plan.js").Plan} Plan */

const NONE = "–"; // of a knob that makes no difference

/**
 * @param {Plan} plan @param {number[]} cells
 * @returns {{same: string, each: string[]}} what they have in common, and what each has of its own
 */
export function differences(plan, cells) {
  if (cells.length < 2) return { same: "", each: cells.map((cell) => plan.nameOf(cell)) };
  if (plan.isComparison) return compared(plan, cells);
  const settings = cells.map((cell) => plan.settingsOf(cell));
  const differ = plan.axes.map((_, axis) => settings.some((each) => each[axis].at !== settings[0][axis].at));
  const written = (/** @type {import("./plan.js").Setting[]} */ each, /** @type {boolean} */ own) =>
    each.filter((_, axis) => differ[axis] === own).map(({ title, label }) => `${title} ${label}`).join(", ");
  return { same: written(settings[0], false), each: settings.map((each) => written(each, true)) };
}

/** Runs are called by their names; of two among more it is said what becomes what. @param {Plan} plan @param {number[]} cells */
function compared(plan, cells) {
  const each = cells.map((cell) => plan.nameOf(cell));
  return { same: cells.length === 2 && plan.cells.length > 2 ? changeOf(plan, cells[0], cells[1]) : "", each };
}

/** "learning rate 0.03 → 0.3, L2 0 → 0.01". @param {Plan} plan @param {number} from @param {number} to */
export function changeOf(plan, from, to) {
  const [before, after] = [plan.settingsOf(from), plan.settingsOf(to)];
  return before.flatMap(({ title, label, at, axis }, i) =>
    (at === after[i].at || !plan.knobAxes.includes(axis) ? [] : [`${lower(title)} ${label || NONE} → ${after[i].label || NONE}`])).join(", ");
}
