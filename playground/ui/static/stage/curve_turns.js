// Where rates of a run change: a line across the curves with what they are from there on, found by the mouse too.
import { COLUMNS } from "../web/facts.js";
import { formatEpoch } from "../web/format.js";

/** @typedef {import("../web/messages.js").Turn} Turn */

const LETTER = 6.2; // px that a letter of a label takes at most
const GAP = 8; // px between two labels
const ROW = 15; // px
const ROWS = 2;

/** @param {import("./curves_layout.js").Look} look */
export function turnShapes({ turns, theme, wide }) {
  const line = (/** @type {Turn} */ { epoch }, /** @type {string} */ xref) => ({
    name: "turn", type: "line", x0: epoch, x1: epoch, y0: 0, y1: 1, xref, yref: "paper",
    line: { color: theme.muted, width: 1, dash: "solid" },
  });
  return turns.flatMap((turn) => (wide ? [line(turn, "x"), line(turn, "x2")] : [line(turn, "x")]));
}

/**
 * Beside their lines at the top of the loss, in rows; one that would lie on another is left to the mouse.
 * @param {import("./curves_layout.js").Look} look
 * @param {number} end    last epoch of the axis
 * @param {number} width  of the axis in px
 */
export function turnLabels({ turns, theme }, end, width) {
  const free = Array(ROWS).fill(-Infinity);
  const labels = [];
  for (const { epoch, text } of turns.filter((turn) => turn.epoch <= end)) {
    const [x, length] = [(epoch / end) * width, text.length * LETTER * theme.scale];
    const left = x + length > width; // of its line, where there is no room on the right
    const start = left ? x - length : x;
    const row = free.findIndex((taken) => taken <= start);
    if (row < 0) continue;
    free[row] = start + length + GAP;
    labels.push({
      text, x: epoch, y: 1, xref: "x", yref: "paper", xanchor: left ? "right" : "left", yanchor: "top", yshift: -row * ROW * theme.scale, showarrow: false,
      borderpad: 1, bgcolor: theme.background, opacity: 0.85, font: { size: Math.round(11 * theme.scale), color: theme.text },
    });
  }
  return labels;
}

/**
 * A diamond on the training loss where rates change, for the hover.
 * @param {import("./curves_layout.js").Look} look
 */
export function turnTrace({ turns, theme, store }) {
  return {
    type: "scatter", mode: "markers", name: "Changed", xaxis: "x", yaxis: "y", hovertemplate: "%{text}",
    x: turns.map(({ epoch }) => epoch),
    y: turns.map(({ epoch }) => (epoch < store.length ? store.at(epoch, COLUMNS.loss) : NaN)),
    text: turns.map(({ text }) => text),
    marker: { symbol: "diamond", size: 7, color: theme.text },
  };
}

/** The same for who does not see it. @param {Turn[]} turns */
export function turnsInWords(turns) {
  if (!turns.length) return "";
  return `Changed on the way: ${turns.map(({ epoch, text }) => `${text} from epoch ${formatEpoch(epoch)}`).join("; ")}.`;
}
