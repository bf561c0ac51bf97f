// Colours come from Streamlit's CSS variables, so the stage follows the page's theme.

/**
 * @typedef {object} Theme
 * @property {boolean} dark
 * @property {string} font
 * @property {string} text
 * @property {string} muted
 * @property {string} background
 * @property {string} panel
 * @property {string} border
 * @property {number[]} neutral   RGB of p = 0.5
 * @property {number} strength    how far the plane goes towards the class colour
 * @property {string} line        the boundary line
 * @property {string} halo        outline of the points
 * @property {string} train
 * @property {string} test
 * @property {number} scale       of the type: 1 on a laptop, more on a projector
 */

const probe = document.createElement("canvas").getContext("2d");

/**
 * @param {string} color any CSS colour
 * @returns {number[]} RGB, 0 to 255
 */
export function rgb(color) {
  if (!probe) return [0, 0, 0];
  probe.fillStyle = "#000";
  probe.fillStyle = color;
  const plain = probe.fillStyle;
  if (plain.startsWith("#")) return [1, 3, 5].map((i) => parseInt(plain.slice(i, i + 2), 16));
  return (plain.match(/[\d.]+/g) ?? ["0", "0", "0"]).slice(0, 3).map(Number);
}

/** @param {number[]} a @param {number[]} b @param {number} t */
export const mix = (a, b, t) => a.map((value, i) => Math.round(value + (b[i] - value) * t));

/** @param {number[]} c */
export const css = ([r, g, b]) => `rgb(${r},${g},${b})`;

/** How much larger than usual all is shown, for a projector. @param {Element} element */
export const scaleOf = (element) => Number(getComputedStyle(element).getPropertyValue("--kp-scale")) || 1;

/**
 * @param {Element} element
 * @returns {Theme}
 */
export function readTheme(element) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name, /** @type {string} */ fallback) => {
    const value = style.getPropertyValue(`--st-${name}`).trim();
    return value && value !== "unset" ? value : fallback;
  };
  const background = read("background-color", "#ffffff");
  const [r, g, b] = rgb(background);
  const dark = 0.299 * r + 0.587 * g + 0.114 * b < 128;
  const text = read("text-color", dark ? "#fafafa" : "#31333f");
  return {
    dark,
    font: read("font", "system-ui, sans-serif"),
    text,
    muted: css(mix(rgb(background), rgb(text), 0.66)),
    background,
    panel: read("secondary-background-color", dark ? "#262730" : "#f0f2f6"),
    border: css(mix(rgb(background), rgb(text), dark ? 0.2 : 0.16)),
    neutral: dark ? mix([r, g, b], [255, 255, 255], 0.12) : [232, 234, 235],
    strength: dark ? 0.6 : 0.72, // the plane stays paler than the points
    line: dark ? "#f4f5f7" : "#20242c",
    halo: dark ? "#e8eaee" : "#ffffff",
    train: dark ? "#d5d9e0" : "#3b4252",
    test: dark ? "#e58fc1" : "#a8327c",
    scale: scaleOf(element),
  };
}

/** Let what is drawn by style sheets alone follow the page: light or dark. @param {HTMLElement} root */
export function markTheme(root) {
  const theme = readTheme(root).dark ? "dark" : "light";
  if (root.dataset.theme !== theme) root.dataset.theme = theme;
}
