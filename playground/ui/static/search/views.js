// The views of all trials.

export const VIEWS = [
  { name: "parallel", title: "Parallel", hint: "Each trial as a line through what was tried and what came of it" },
  { name: "table", title: "Table", hint: "All trials, to be sorted and downloaded" },
];

/** @param {string} name @param {import("../web/selection.js").Selection} selection @returns {Promise<import("../web/view_panel.js").View<import("./look.js").Look>>} */
export const loadView = (name, selection) => import(`./views/${name}_view.js`).then(({ default: Kind }) => new Kind(selection));
