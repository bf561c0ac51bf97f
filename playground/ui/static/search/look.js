// What all views of a search share: its trials, and the figure that is shown.

/**
 * @typedef {object} Look
 * @property {import("./trials.js").Trials} trials
 * @property {import("../web/metrics.js").Metric[]} metrics   the first is what the search goes by
 * @property {import("../web/metrics.js").Metric} metric      that is shown
 * @property {import("../web/color_scale.js").ColorScale} scale
 * @property {import("../web/theme.js").Theme} theme
 * @property {boolean} dark
 * @property {boolean} playing
 */

export {};
