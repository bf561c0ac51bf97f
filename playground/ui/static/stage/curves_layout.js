// Axes of the curves: loss above, accuracy below, or side by side where there is more width than height.
import { formatLoss } from "../web/format.js";
import { turnLabels, turnShapes } from "./curve_turns.js";
import { lossRange, outlier, roundUp } from "./loss_range.js";

const LEFT = [0, 0.45]; // domains of two charts side by side
const RIGHT = [0.56, 1];
const MARGINS = { l: 50, r: 12 };
const HIDDEN = { type: "line", x0: 0, x1: 0, y0: 0, y1: 1, xref: "x", yref: "paper", visible: false };

export const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false, scrollZoom: false };

/**
 * @typedef {object} Look
 * @property {import("../web/theme.js").Theme} theme
 * @property {import("./curve_store.js").CurveStore} store
 * @property {boolean} accuracy   whether there is one
 * @property {boolean} wide       side by side
 * @property {boolean} log
 * @property {boolean} whole      whether the loss axis holds every value
 * @property {number | null} marker   epoch to mark
 * @property {import("../web/messages.js").Turn[]} turns   where rates change
 * @property {number} width   of the whole in px
 */

const COARSE = [1, 1.5, 2, 3, 5, 7, 10]; // each step of the epochs' axis costs as much as ten frames

/** Lines across both charts: where rates change, and the epoch shown. @param {Look} look */
export function lineShapes(look) {
  return [...turnShapes(look), ...markerShapes(look)];
}

/** @param {Look} look */
function markerShapes({ marker, theme, wide }) {
  const shape = marker === null ? HIDDEN : {
    ...HIDDEN, x0: marker, x1: marker, visible: true, line: { color: theme.text, width: 1.2, dash: "dot" },
  };
  return wide ? [shape, { ...shape, xref: "x2" }] : [shape];
}

/** Where a value above the axis is cut off. @param {Look} look */
function cutMark({ store, log, whole, theme }) {
  const cut = log || whole ? null : outlier(store);
  if (!cut) return [];
  return [{
    text: `\u25b2 ${formatLoss(cut.loss)}`, x: cut.epoch, xref: "x", xanchor: "left", xshift: 2, y: 1, yref: "y domain", yanchor: "top",
    showarrow: false, font: { size: Math.round(11 * theme.scale), color: theme.text }, bgcolor: theme.background,
  }];
}

/** @param {Look} look */
export function curvesLayout(look) {
  const { theme, wide, accuracy, log, whole, store, width } = look;
  const px = (/** @type {number} */ size) => Math.round(size * theme.scale);
  const end = Math.max(10, roundUp(store.last, COARSE));
  const axis = {
    showgrid: true, gridcolor: theme.border, gridwidth: 1, zeroline: false, fixedrange: true,
    tickfont: { color: theme.muted, size: px(11) }, nticks: 5, ticks: "outside", ticklen: 4, tickcolor: "rgba(0,0,0,0)",
  };
  const heading = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => ({
    text, xref: "paper", yref: "paper", x, y, xanchor: "left", yanchor: "bottom", showarrow: false,
    font: { size: px(12), color: theme.text },
  });
  const epochs = {
    ...axis, title: { text: "epoch", standoff: 4, font: { size: px(12) } }, autorange: false,
    range: [0, end], hoverformat: ",d", unifiedhovertitle: { text: "Epoch %{x:,d}" },
    showspikes: true, spikemode: "across", spikethickness: 1, spikedash: "solid", spikecolor: theme.muted, spikesnap: "data",
  };
  return {
    autosize: true,
    margin: { l: px(MARGINS.l), r: MARGINS.r, t: accuracy ? px(22) : 10, b: px(38) },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, color: theme.text, size: px(12) },
    showlegend: false,
    hovermode: "x unified",
    hoversubplots: "axis",
    hoverlabel: { bgcolor: theme.background, bordercolor: theme.border, font: { color: theme.text, family: theme.font, size: px(12) } },
    dragmode: false,
    xaxis: { ...epochs, anchor: accuracy && !wide ? "y2" : "y", domain: wide ? LEFT : [0, 1] },
    ...(wide ? { xaxis2: { ...epochs, anchor: "y2", domain: RIGHT } } : {}),
    yaxis: {
      ...axis, domain: accuracy && !wide ? [0.57, 1] : [0, 1], anchor: "x", autorange: false,
      type: log ? "log" : "linear", range: lossRange(store, log, whole), ...(log ? { dtick: undefined, exponentformat: "power" } : {}),
    },
    ...(accuracy ? {
      yaxis2: { ...axis, domain: wide ? [0, 1] : [0, 0.43], anchor: wide ? "x2" : "x", autorange: false, range: [0, 1.02], tickformat: ".0%" },
    } : {}),
    annotations: [
      ...(accuracy ? [heading("Loss", 0, 1), wide ? heading("Accuracy", RIGHT[0], 1) : heading("Accuracy", 0, 0.43)] : []),
      ...cutMark(look),
      ...turnLabels(look, end, (width - px(MARGINS.l) - MARGINS.r) * (wide ? LEFT[1] : 1)),
    ],
    shapes: lineShapes(look),
  };
}
