// The keys of the boundary's legend, each drawn as it is on the chart: filled, hollow, ringed.
import { h, marks } from "../web/dom.js";
import { SYMBOLS } from "../web/facts.js";
import { className, shortClassName } from "../web/given_names.js";
import { classColors } from "../web/palette.js";
import { hollowColor, pointColor } from "./point_traces.js";
import { css } from "../web/theme.js";

/** @typedef {import("../web/theme.js").Theme} Theme */
/** @typedef {{task: string, classes: number, scale: import("../web/palette.js").Scale | null}} Shown   what the points are */

/** @param {...(Node | string)} children */
export const key = (...children) => h("span", { class: "kp-key" }, ...children);

/** A point of each class, as it is drawn. @param {Record<string, any>} experiment @param {Theme} theme */
export const classKeys = (experiment, theme) => classColors(experiment.n_classes).map((color, k) => {
  const name = h("span", { class: "kp-class-name", title: className(experiment, k) }, shortClassName(experiment, k));
  return key(marks([{ shape: SYMBOLS[k % SYMBOLS.length], fill: css(color), stroke: theme.halo }]), name);
});

/** Points of two kinds, which stand for all. @param {Shown} shown @param {Theme} theme */
function two({ task, classes, scale }, theme) {
  if (task !== "regression") return classColors(classes).slice(0, 2).map((color, k) => ({ shape: SYMBOLS[k], color, halo: theme.halo }));
  const ends = scale ? scale.target.map((value) => pointColor(scale, value)) : [[128, 128, 128]];
  return ends.map((color) => ({ shape: "circle", color, halo: theme.dark ? theme.background : theme.muted }));
}

/** What training points look like: filled. @param {Shown} shown @param {Theme} theme */
export const trainingMarks = (shown, theme) =>
  marks(two(shown, theme).map(({ shape, color, halo }) => ({ shape, fill: css(color), stroke: halo })));

/** What test points look like: hollow. @param {Shown} shown @param {Theme} theme */
export const testMarks = (shown, theme) =>
  marks(two(shown, theme).map(({ shape, color }) => ({ shape, fill: "none", stroke: css(hollowColor(color, theme)), width: 1.7 })));

/** What a mistake looks like: a point with a ring round it. @param {Shown} shown @param {Theme} theme */
export function mistakeMarks(shown, theme) {
  const [{ shape, color, halo }] = two(shown, theme);
  return marks([{ shape, fill: css(color), stroke: halo, ring: theme.text }]);
}
