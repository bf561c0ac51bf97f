// Parallel coordinates: each of many as a line through what it is and what came of it; what has no place ends below the scale.
import { Chart } from "./canvas_chart.js";

const NEAR = 12; // px
const ROOM = { left: 40, top: 30, right: 62, bottom: 34 }; // px round the axes
const BELOW = 20; // px from an axis to where what has no place on it ends
export const DIVERGED = [3, 3]; // the dash of what has diverged
const CROWD = 60; // lines from which on each is paler

/** @typedef {{at: number, text: string}} Tick */
/** @typedef {{title: string, at: (id: number) => number, ticks: Tick[]}} Upright   `at` from 0, the lower end, to 1; NaN for none */
/** @typedef {{id: number, color: string, dash: number[], strong?: boolean}} Line */
/**
 * @typedef {object} Lines
 * @property {Upright[]} uprights
 * @property {Line[]} lines
 * @property {boolean} below   whether some end below the scale
 * @property {import("./theme.js").Theme} theme
 */

export class ParallelPlot {
  /** @type {(Line & {points: number[][]})[]} */
  drawn = [];

  /** @param {string} testid @param {import("./selection.js").Selection} selection */
  constructor(testid, selection) {
    this.selection = selection;
    this.chart = new Chart(testid, {
      move: (x, y) => selection.point(this.nearest(x, y)),
      leave: () => selection.point(null),
      click: () => selection.pointed !== null && selection.toggle(selection.pointed),
    });
    this.node = this.chart.node;
  }

  /** @param {Lines} what @param {string} words of what it shows, for who does not see it */
  draw({ uprights, lines, below, theme }, words) {
    this.chart.describe(words);
    if (!this.chart.begin()) return;
    this.chart.font(theme);
    const area = { left: ROOM.left, top: ROOM.top, width: this.chart.width - ROOM.left - ROOM.right, height: this.chart.height - ROOM.top - ROOM.bottom };
    const base = area.top + area.height;
    const x = (/** @type {number} */ i) => area.left + (uprights.length > 1 ? (i * area.width) / (uprights.length - 1) : area.width / 2);
    const y = (/** @type {number} */ at) => (Number.isFinite(at) ? base - area.height * Math.max(0, Math.min(1, at)) : base + BELOW);
    this.drawn = lines.map((line) => ({ ...line, points: uprights.map(({ at }, i) => [x(i), y(at(line.id))]) }));
    for (const line of [...this.drawn].sort((a, b) => this.rank(a) - this.rank(b))) this.line(line, theme);
    const room = area.width / Math.max(1, uprights.length - 1) - 8;
    uprights.forEach((upright, i) => this.upright(upright, x(i), area, theme, { first: i === 0, last: i === uprights.length - 1, room }));
    if (below) this.chart.text("diverged", area.left + area.width + 6, base + BELOW, { color: theme.text });
    this.badges(theme);
  }

  /** Those above come last. @param {Line} line */
  rank({ id, strong }) {
    if (id === this.selection.pointed) return 3;
    return this.selection.picked.has(id) ? 2 : Number(Boolean(strong));
  }

  /** @param {Line & {points: number[][]}} line @param {import("./theme.js").Theme} theme */
  line({ id, color, dash, strong, points }, theme) {
    const { pen } = this.chart;
    const pick = this.selection.colorOf(id, theme.dark);
    const pointed = id === this.selection.pointed;
    pen.strokeStyle = pick || (pointed || strong ? theme.text : color || theme.muted);
    pen.lineWidth = pick || pointed || strong ? 2.6 : 1.3;
    pen.globalAlpha = pick || pointed || strong ? 1 : this.selection.picked.size ? 0.25 : this.drawn.length > CROWD ? 0.55 : 0.85;
    pen.setLineDash(dash);
    pen.beginPath();
    for (const [x, y] of points) pen.lineTo(x, y);
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** @param {Upright} upright @param {number} x @param {import("./canvas_chart.js").Area} area @param {import("./theme.js").Theme} theme @param {{first: boolean, last: boolean, room: number}} place */
  upright({ title, ticks }, x, area, theme, { first, last, room }) {
    const { chart } = this;
    chart.rule(x, area.top, x, area.top + area.height, theme.text);
    const head = first ? Math.max(4, x - 36) : last ? Math.min(chart.width - 4, x + 56) : x;
    chart.text(title, head, 12, { color: theme.text, align: first ? "left" : last ? "right" : "center", most: first || last ? Math.max(70, room * 0.75) : room });
    let free = Infinity;
    for (const { at, text } of [...ticks].sort((a, b) => a.at - b.at)) {
      const y = area.top + area.height * (1 - at);
      if (y > free - 13) continue;
      free = y;
      chart.rule(x - 3, y, x + 3, y, theme.text);
      const width = chart.pen.measureText(text).width;
      chart.pen.fillStyle = theme.background;
      chart.pen.globalAlpha = 0.75;
      chart.pen.fillRect(x + 5, y - 7, width + 3, 14);
      chart.pen.globalAlpha = 1;
      chart.text(text, x + 6, y, { color: theme.text, most: 84 });
    }
  }

  /** @param {import("./theme.js").Theme} theme */
  badges(theme) {
    for (const { id, points } of this.drawn) {
      const number = this.selection.picked.get(id);
      if (number !== undefined) this.chart.badge(number, this.selection.colorOf(id, theme.dark), points[0][0] - 14, points[0][1], theme);
    }
  }

  /** @param {number} x @param {number} y @returns {number | null} */
  nearest(x, y) {
    let [best, distance] = [/** @type {number | null} */ (null), NEAR];
    for (const { id, points } of this.drawn) {
      for (let i = 0; i + 1 < points.length; i += 1) {
        const [[x0, y0], [x1, y1]] = [points[i], points[i + 1]];
        if (x < x0 - 2 || x > x1 + 2) continue;
        const off = Math.abs(y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) - y);
        if (off < distance) [best, distance] = [id, off];
      }
    }
    return best;
  }
}
