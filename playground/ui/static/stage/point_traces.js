// The points of a run as Plotly's traces: a colour and a shape for each class, shades for a regression, rings.
import { SYMBOLS } from "../web/facts.js";
import { className, isPlain, plotted } from "../web/given_names.js";
import { colorOf } from "../web/palette.js";
import { css, mix } from "../web/theme.js";

const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];
const LIGHT = [232, 234, 235];

const LARGEST = 8;
const SMALLEST = 5;
const ROOMY = 350;
const ROUND_A_POINT = 5;

/**
 * @typedef {{x: ArrayLike<number>, y: ArrayLike<number>}} Points
 * @typedef {import("../web/decode.js").Message["arrays"]} Arrays
 * @typedef {import("../web/palette.js").Scale} Scale
 * @typedef {import("../web/theme.js").Theme} Theme
 * @typedef {import("../web/given_names.js").Facts} Facts
 */

/** @param {{data: ArrayLike<number>}} pairs (n, 2) flat @param {number[]} rows @returns {Points} */
const pick = (pairs, rows) => ({ x: rows.map((i) => pairs.data[2 * i]), y: rows.map((i) => pairs.data[2 * i + 1]) });

/** @param {ArrayLike<number>} values @param {(value: number) => boolean} keep */
const rowsOf = (values, keep) => Array.from(values, (_, i) => i).filter((i) => keep(values[i]));

/** Px that a point measures: more of them get less, lest they hide one another. @param {number} count */
export const sizeOf = (count) => Math.max(SMALLEST, LARGEST * Math.min(1, Math.sqrt(ROOMY / Math.max(count, 1))));

/** @param {Arrays | undefined} points */
export const pointSize = (points) => sizeOf((points?.train_y.data.length ?? 0) + (points?.test_y.data.length ?? 0));

/** A thin outline needs more contrast than a filled marker. @param {number[]} color @param {Theme} theme */
export const hollowColor = (color, theme) => mix(color, theme.dark ? WHITE : BLACK, 0.28);

/** @param {Arrays} points @param {Scale} scale @param {Theme} theme @param {boolean} showTest @param {Facts} [experiment] */
export function classTraces(points, scale, theme, showTest, experiment) {
  const size = pointSize(points);
  const marker = (/** @type {number} */ k, /** @type {boolean} */ test) => ({
    symbol: SYMBOLS[k % SYMBOLS.length] + (test ? "-open" : ""),
    size: k % SYMBOLS.length === 1 ? 0.9 * size : size, // a square looks larger
    opacity: 1,
    color: css(test ? hollowColor(scale.colors[k], theme) : scale.colors[k]),
    line: test ? { width: 1.7 } : { width: 1, color: theme.halo },
  });
  return ["test", "train"].flatMap((part) => scale.colors.map((_, k) => {
    const rows = rowsOf(points[`${part}_y`].data, (y) => y === k);
    return trace(part, pick(points[`${part}_x`], rows), marker(k, part === "test"), plotted(className(experiment, k)), showTest, experiment);
  }));
}

/** @param {Arrays} points @param {Scale} scale @param {Theme} theme @param {boolean} showTest @param {Facts} [experiment] */
export function valueTraces(points, scale, theme, showTest, experiment) {
  const size = pointSize(points);
  return ["test", "train"].map((part) => {
    const test = part === "test";
    const y = Array.from(points[`${part}_y`].data);
    const darken = test && !theme.dark ? 0.3 : 0;
    const colors = y.map((value) => css(mix(pointColor(scale, value), BLACK, darken)));
    const marker = test
      ? { symbol: "circle-open", size, opacity: 1, color: colors, line: { width: 1.7 } }
      : { symbol: "circle", size, opacity: 1, color: colors, line: { width: 1, color: theme.dark ? theme.background : theme.muted } };
    const placed = pick(points[`${part}_x`], rowsOf(y, () => true));
    return { ...trace(part, placed, marker, "%{customdata:.3f}", showTest, experiment), customdata: y };
  });
}

/** Rings round the points the network gets wrong. @param {Arrays | undefined} points @param {Uint8Array | undefined} wrong flags, training points first @param {Theme} theme @param {boolean} showTest */
export function ringTrace(points, wrong, theme, showTest) {
  const n = points?.train_y.data.length ?? 0;
  const at = { train: /** @type {number[]} */ ([]), test: /** @type {number[]} */ ([]) };
  wrong?.forEach((flag, i) => flag && (i < n ? at.train.push(i) : showTest && at.test.push(i - n)));
  const parts = points ? [pick(points.train_x, at.train), pick(points.test_x, at.test)] : [];
  return {
    type: "scatter", mode: "markers", meta: "wrong", name: "Misclassified", hoverinfo: "skip",
    x: parts.flatMap((part) => Array.from(part.x)), y: parts.flatMap((part) => Array.from(part.y)),
    marker: { symbol: "circle-open", size: pointSize(points) + ROUND_A_POINT, color: theme.text, line: { width: 1.5 } },
  };
}

/** Full strength where the plane is pale, and light in the middle on any theme. @param {Scale} scale @param {number} value */
export const pointColor = (scale, value) => colorOf({ ...scale, neutral: LIGHT, strength: 1 }, value);

/** @param {string} part @param {Points} points @param {{size: number}} marker @param {string} what @param {boolean} showTest @param {Facts} [experiment] */
function trace(part, points, marker, what, showTest, experiment) {
  const [x1, x2] = (experiment?.axes ?? ["x1", "x2"]).map(plotted);
  const digits = isPlain(experiment) ? ".2f" : ".4~g"; // what was measured may be small or large
  const name = part === "test" ? "Test point" : "Training point";
  return {
    type: "scatter", mode: "markers", ...points, marker, name, meta: part,
    visible: part === "train" || showTest,
    hovertemplate: `${name}, ${what}<br>${x1} %{x:${digits}}${x2 && `, ${x2} %{y:${digits}}`}<extra></extra>`,
  };
}
