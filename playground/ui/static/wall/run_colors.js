// The colour of each run of a comparison, and its dash: never colour alone.

/** Told apart by the colour-blind; after the last one they begin anew, with dashed lines. */
const LIGHT = ["#0067a3", "#c14a00", "#00795a", "#a8437f", "#8a6500", "#6a4fb3"];
const DARK = ["#6cc3ff", "#ff9a52", "#4fd9ae", "#f29ccb", "#f0d34a", "#b9a5ff"];
const DASHED = [9, 4];

/** @param {number} cell @param {boolean} dark */
export const runColor = (cell, dark) => (dark ? DARK : LIGHT)[cell % LIGHT.length];

/** The pattern of its line. @param {number} cell @returns {number[]} */
export const runDash = (cell) => (cell < LIGHT.length ? [] : DASHED);
