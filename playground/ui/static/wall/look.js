// What all views of a wall share: the results, what they are judged by, and what is hidden.

/**
 * @typedef {object} Look
 * @property {import("./plan.js").Plan} plan
 * @property {import("./results.js").Results} results
 * @property {import("../web/messages.js").CellsMessage} frame  the newest that was painted
 * @property {import("./figure_store.js").FigureStore} figures
 * @property {import("../web/metrics.js").Metric[]} metrics
 * @property {import("../web/metrics.js").Metric} metric
 * @property {import("../web/color_scale.js").ColorScale} scale
 * @property {import("./cell_picture.js").Palettes} palettes
 * @property {import("../web/theme.js").Theme} theme
 * @property {boolean} dark
 * @property {boolean} disagreement  shown instead of boundaries
 * @property {boolean} playing
 * @property {Set<number>} hidden    cells
 * @property {import("./filter.js").Filter} filter
 */

export {};
