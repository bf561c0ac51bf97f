// A figure made on the server, in the page's colours and at the panel's size.
import { css, rgb } from "./theme.js";

const MARGIN = { l: 52, r: 14, t: 10, b: 40 };
const BESIDE = 84; // px for a legend beside the plot
const BUTTON = 28; // px that the button of the picture takes above it
const ROOMY = 46; // px of a cell from which on its text can be large

/**
 * @param {{data: any[], layout: Record<string, any>}} figure
 * @param {import("./theme.js").Theme} theme
 * @param {{width: number, height: number}} size
 */
export function themed(figure, theme, size) {
  const axes = Object.entries(figure.layout).filter(([name]) => /^[xy]axis/.test(name));
  const notes = /** @type {any[]} */ (figure.layout.annotations ?? []);
  const beside = figure.layout.legend?.x >= 1 && figure.layout.showlegend && figure.data.some((trace) => trace.name);
  const height = heightOf(axes, size);
  const small = (size.width - MARGIN.l - MARGIN.r) ** 2 < notes.length * ROOMY ** 2;
  return {
    data: figure.data.map((trace) => themedTrace(trace, theme)),
    layout: {
      ...figure.layout, width: size.width, height, title: undefined, autosize: false,
      margin: beside ? { ...MARGIN, r: BESIDE } : MARGIN,
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: theme.font, color: theme.text, size: 12 },
      hoverlabel: { bgcolor: theme.panel, bordercolor: theme.border, font: { color: theme.text, family: theme.font, size: 12 } },
      legend: {
        ...(beside ? { x: 1.01, xanchor: "left", y: below(BUTTON, height), yanchor: "top" } : { x: 1, xanchor: "right", y: 0, yanchor: "bottom" }),
        bgcolor: `rgba(${rgb(theme.background)},0.8)`, font: { color: theme.text, size: 12 },
      },
      modebar: { bgcolor: `rgba(${rgb(theme.background)},0.75)`, color: theme.muted, activecolor: theme.text },
      annotations: notes.map((note) => themedNote(note, theme, small)),
      ...Object.fromEntries(axes.map(([name, axis]) => [name, themedAxis(axis, theme)])),
    },
  };
}

/** So many px below the top of a figure's plot, as a share of it. @param {number} px @param {number} height of the figure */
const below = (px, height) => 1 - (px - MARGIN.t) / Math.max(1, height - MARGIN.t - MARGIN.b);

/**
 * A square one is no higher than it is wide: its legend is placed by the whole.
 * @param {[string, any][]} axes @param {{width: number, height: number}} size
 */
function heightOf(axes, { width, height }) {
  const square = axes.some(([, axis]) => axis.scaleanchor);
  return square ? Math.min(height, width - MARGIN.l - MARGIN.r + MARGIN.t + MARGIN.b) : height;
}

/** @param {any} axis @param {import("./theme.js").Theme} theme */
function themedAxis(axis, theme) {
  return {
    ...axis, gridcolor: theme.border, zerolinecolor: theme.border, linecolor: theme.border, tickcolor: theme.border,
    showline: true, mirror: true, fixedrange: true, automargin: false,
    title: { text: axis.title?.text, standoff: 6, font: { color: theme.text, size: 12 } }, tickfont: { color: theme.muted, size: 11 },
  };
}

/** @param {any} trace @param {import("./theme.js").Theme} theme */
function themedTrace(trace, theme) {
  if (trace.type !== "heatmap") return trace;
  return { ...trace, showscale: false, colorscale: [[0, css(theme.neutral)], [1, trace.colorscale[1][1]]] };
}

/** @param {any} note of a cell @param {import("./theme.js").Theme} theme @param {boolean} small */
const themedNote = (note, theme, small) => ({
  ...note, font: { color: note.font?.color === "white" ? "white" : theme.text, size: small ? 9.5 : 12 },
});

export const CONFIG = {
  displaylogo: false, responsive: false, showTips: false, doubleClick: false, scrollZoom: false, modeBarButtons: [["toImage"]],
};
