// What colours, widths and squares of the network diagram mean.
import { h } from "../../web/dom.js";
import { linkWidth } from "./network_links.js";
import { biasColor } from "./network_paint.js";
import { css } from "../../web/theme.js";

/** @param {number} weight @param {number[][]} colors */
const line = (weight, colors) =>
  h("i", { style: `width:16px;height:${linkWidth(weight).toFixed(1)}px;background:${css(colors[weight < 0 ? 0 : 1])}` });

/** @param {string} hint @param {...(Node | string)} children */
const key = (hint, ...children) => h("span", { class: "kp-key", title: hint }, ...children);

/** @param {number[][]} colors of the classes @param {import("../../web/theme.js").Theme} theme */
export function networkLegend(colors, theme) {
  const square = (/** @type {number} */ bias) =>
    h("i", { style: `width:8px;height:8px;background:${biasColor(bias, colors, theme)}` });
  return [
    key("A link's colour is the sign of its weight", line(-1, colors), "weight below 0", line(1, colors), "above 0"),
    key("A link is as wide as its weight is large, whatever the sign", line(0.02, colors), line(0.3, colors), line(3, colors), "wider: larger"),
    key("The square at a neuron's corner is its bias", square(-1), square(1), "bias"),
  ];
}
