// A figure made on the server, in the page's colours and at the panel's size.
import { css, rgb } from "./theme.js";

const MARGINS = { l: 52, r: 14, t: 10, b: 40 };
const BESIDE = 84; // px for a legend beside the plot
const BUTTON = 28; // px that the button of the picture takes above it
const ROOMY = 46; // px of a cell from which on its text can be large

/** @typedef {typeof MARGINS} Margin */

/**
 * @param {{data: any[], layout: Record<string, any>}} figure
 * @param {import("./theme.js").Theme} theme
 * @param {{width: number, height: number}} size
 */
export function themed(figure, theme, size) {
  const axes = Object.entries(figure.layout).filter(([name]) => /^[xy]axis/.test(name));
  const notes = /** @type {any[]} */ (figure.layout.annotations ?? []);
  const beside = figure.layout.legend?.x >= 1 && figure.layout.showlegend && figure.data.some((trace) => trace.name);
  const px = (/** @type {number} */ usual) => Math.round(usual * theme.scale);
  const margin = { l: px(MARGINS.l), r: px(beside ? BESIDE : MARGINS.r), t: px(MARGINS.t), b: px(MARGINS.b) };
  const height = heightOf(axes, size, { ...margin, r: px(MARGINS.r) });
  const small = (size.width - margin.l - px(MARGINS.r)) ** 2 < notes.length * px(ROOMY) ** 2;
  return {
    data: figure.data.map((trace) => themedTrace(trace, theme)),
    layout: {
      ...figure.layout, width: size.width, height, title: undefined, autosize: false,
      margin,
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: theme.font, color: theme.text, size: px(12) },
      hoverlabel: { bgcolor: theme.panel, bordercolor: theme.border, font: { color: theme.text, family: theme.font, size: px(12) } },
      legend: {
        ...(beside ? { x: 1.01, xanchor: "left", y: below(px(BUTTON), height, margin), yanchor: "top" } : { x: 1, xanchor: "right", y: 0, yanchor: "bottom" }),
        bgcolor: `rgba(${rgb(theme.background)},0.8)`, font: { color: theme.text, size: px(12) },
      },
      modebar: { bgcolor: `rgba(${rgb(theme.background)},0.75)`, color: theme.muted, activecolor: theme.text },
      annotations: notes.map((note) => themedNote(note, theme, small)),
      ...Object.fromEntries(axes.map(([name, axis]) => [name, themedAxis(axis, theme)])),
    },
  };
}

/** So many px below the top of a figure's plot, as a share of it. @param {number} px @param {number} height of the figure @param {Margin} margin */
const below = (px, height, margin) => 1 - (px - margin.t) / Math.max(1, height - margin.t - margin.b);

/**
 * A square one is no higher than it is wide: its legend is placed by the whole.
 * @param {[string, any][]} axes @param {{width: number, height: number}} size @param {Margin} margin
 */
function heightOf(axes, { width, height }, margin) {
  const square = axes.some(([, axis]) => axis.scaleanchor);
  return square ? Math.min(height, width - margin.l - margin.r + margin.t + margin.b) : height;
}

/** @param {any} axis @param {import("./theme.js").Theme} theme */
function themedAxis(axis, theme) {
  const [title, ticks] = [12, 11].map((size) => Math.round(size * theme.scale));
  return {
    ...axis, gridcolor: theme.border, zerolinecolor: theme.border, linecolor: theme.border, tickcolor: theme.border,
    showline: true, mirror: true, fixedrange: true, automargin: theme.scale > 1 && axis.automargin === true, // where names are long, and large
    title: { text: axis.title?.text, standoff: 6, font: { color: theme.text, size: title } }, tickfont: { color: theme.muted, size: ticks },
    ...(theme.scale > 1 && axis.type === "log" ? { tickformat: "~g" } : {}), // else some digits are smaller than others
  };
}

/** @param {any} trace @param {import("./theme.js").Theme} theme */
function themedTrace(trace, theme) {
  if (trace.type !== "heatmap") return trace;
  return { ...trace, showscale: false, colorscale: [[0, css(theme.neutral)], [1, trace.colorscale[1][1]]] };
}

/** @param {any} note of a cell @param {import("./theme.js").Theme} theme @param {boolean} small */
const themedNote = (note, theme, small) => {
  const [usual, large] = [small ? 9.5 : 12, theme.scale > 1];
  const text = large && small ? note.text.split("<br>")[0] : note.text; // on a projector the count alone, as large as all else
  return { ...note, text, font: { color: note.font?.color === "white" ? "white" : theme.text, size: large ? Math.round(11 * theme.scale) : usual } };
};

export const CONFIG = {
  displaylogo: false, responsive: false, showTips: false, doubleClick: false, scrollZoom: false, modeBarButtons: [["toImage"]],
};
