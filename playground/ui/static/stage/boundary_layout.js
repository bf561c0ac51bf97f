// Axes and buttons of the boundary chart, and the same chart with its picture inside, as a file shows it.
import { axisNames, isPlain, plotted } from "../web/given_names.js";
import { css, rgb } from "../web/theme.js";

const FARTHEST = 1e5; // what the server still computes, with room

/** @typedef {import("../web/theme.js").Theme} Theme */
/** @typedef {{x1: [number, number], x2: [number, number]}} View */

/**
 * @param {Theme} theme @param {View} view
 * @param {boolean} small   a chart that has no px for what is clear without words
 * @param {Record<string, any>} [experiment]
 */
export function boundaryLayout(theme, view, small = false, experiment = undefined) {
  const [across, up] = isPlain(experiment) ? ["x<sub>1</sub>", "x<sub>2</sub>"] : axisNames(experiment).map(plotted);
  const far = Math.max(FARTHEST, ...[...view.x1, ...view.x2].map((end) => 10 * Math.abs(end)));
  const px = (/** @type {number} */ size) => Math.round(size * theme.scale);
  const axis = (/** @type {string} */ title, /** @type {[number, number]} */ range) => ({
    title: { text: small ? "" : title, standoff: 4 }, range: [...range], autorange: false, showgrid: false, zeroline: false,
    minallowed: -far, maxallowed: far, showline: true, mirror: true, linecolor: theme.border, ticks: "outside", tickcolor: theme.border, ticklen: 4,
    tickfont: { color: theme.muted, size: px(11) }, nticks: small ? 5 : 8,
  });
  return {
    autosize: true,
    margin: small ? { l: 26, r: 8, t: 6, b: 22 } : { l: px(46), r: 10, t: 10, b: px(40) },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)", // the picture lies below
    font: { family: theme.font, color: theme.text, size: px(12) },
    showlegend: false,
    hovermode: "closest",
    hoverdistance: 8,
    hoverlabel: { bgcolor: theme.panel, bordercolor: theme.border, font: { color: theme.text, family: theme.font, size: px(12) } },
    dragmode: matchMedia("(pointer: coarse)").matches ? false : "pan",
    modebar: { bgcolor: `rgba(${rgb(theme.background)},0.75)`, color: theme.muted, activecolor: theme.text },
    uirevision: "keep",
    xaxis: axis(across, view.x1),
    yaxis: { ...axis("", view.x2), title: { text: small ? "" : up, standoff: 2 } },
  };
}

/**
 * What a file needs that the page has below the chart.
 * @param {Theme} theme
 * @param {{source: string, place: {x: number, y: number, sizex: number, sizey: number}, opacity: number}} picture
 * @param {{path: string, opacity: number}} line in data coordinates
 */
export function withPicture(theme, { source, place, opacity }, line) {
  return {
    plot_bgcolor: css(theme.neutral),
    images: [{ source, xref: "x", yref: "y", ...place, xanchor: "left", yanchor: "top", sizing: "stretch", layer: "below", opacity }],
    shapes: [{
      // "below" would lie under the image, "above" would cover the points
      type: "path", path: line.path, xref: "x", yref: "y", layer: "between", opacity: line.opacity,
      line: { color: theme.line, width: 2 }, fillcolor: "rgba(0,0,0,0)",
    }],
  };
}

/** @param {any} Plotly @param {() => void} save */
export function boundaryConfig(Plotly, save) {
  const toImage = { name: "toImage", title: "Download plot as a PNG", icon: Plotly.Icons?.camera, click: save };
  return {
    displaylogo: false, scrollZoom: true, doubleClick: false, responsive: false, showTips: false,
    modeBarButtons: [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", toImage]],
  };
}
