// What differs between cells, in words.

/**
 * @param {import("./plan.js").Plan} plan @param {number[]} cells
 * @returns {{same: string, each: string[]}} what they have in common, and what each has of its own
 */
export function differences(plan, cells) {
  if (cells.length < 2) return { same: "", each: cells.map((cell) => plan.nameOf(cell)) };
  const settings = cells.map((cell) => plan.settingsOf(cell));
  const differ = plan.axes.map((_, axis) => settings.some((each) => each[axis].at !== settings[0][axis].at));
  const written = (/** @type {import("./plan.js").Setting[]} */ each, /** @type {boolean} */ own) =>
    each.filter((_, axis) => differ[axis] === own).map(({ title, label }) => `${title} ${label}`).join(", ");
  return { same: written(settings[0], false), each: settings.map((each) => written(each, true)) };
}
