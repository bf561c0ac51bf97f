// The views of a wall beside its grid.

export const VIEWS = [
  { name: "curves", title: "Curves", hint: "How each network learns" },
  { name: "heat", title: "Heat map", hint: "The figure that is judged by, over the axes" },
  { name: "parallel", title: "Parallel", hint: "Each network as a line through its knobs and figures" },
  { name: "difference", title: "Difference", hint: "Where two networks disagree" },
  { name: "table", title: "Table", hint: "All figures, to be sorted, hidden and downloaded" },
];

/**
 * What every view gets.
 * @typedef {object} ViewContext
 * @property {import("../web/selection.js").Selection} selection
 * @property {(change: Partial<import("./filter.js").Filter>) => void} hide
 */

/** @param {string} name @param {ViewContext} context @returns {Promise<import("../web/view_panel.js").View<import("./look.js").Look>>} */
export const loadView = (name, context) => import(`./views/${name}_view.js`).then(({ default: Kind }) => new Kind(context));
