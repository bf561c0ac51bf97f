// Loss against rate: every network thin, the middle of them strong with its band, and the rates that are suggested.
import { outline } from "../web/outlines.js";
import { rgb } from "../web/theme.js";
import { AxisScale } from "../web/axis_scale.js";
import { Chart } from "../web/canvas_chart.js";
import { lossRange, nearest, usable } from "./curve.js";
import { RULES } from "./rules.js";

const LINE = 16; // px of a name above the plot
const GAP = 8; // px between two names
const MARK = 6; // px
const PALE = 0.35;
const STRIDE = 2; // px

/** @typedef {import("../web/canvas_chart.js").Area} Area */
/** @typedef {{area: Area, across: AxisScale, up: AxisScale}} Axes */
/** @typedef {{rule: import("./rules.js").Rule, rate: number, chosen: boolean}} Mark */
/**
 * @typedef {object} Look
 * @property {import("./curve.js").Curve} curve
 * @property {import("../web/messages.js").RatesHello} hello
 * @property {Record<string, number>} suggested
 * @property {string} chosen     name of the rule that is chosen
 * @property {boolean} log       whether the loss axis is logarithmic
 * @property {string} primary    colour of what is chosen
 * @property {import("../web/theme.js").Theme} theme
 */

export class RatesChart {
  /** @type {Look | null} */
  look = null;
  /** @type {Axes | null} */
  axes = null;

  /** @param {(point: number | null) => void} point what is pointed at, if anything */
  constructor(point) {
    this.chart = new Chart("finder-chart", {
      move: (x) => point(this.pointAt(x)), leave: () => point(null), click: () => {},
    });
    this.node = this.chart.node;
  }

  /** @param {Look} look @param {string} words what is seen, for who does not see it */
  draw(look, words) {
    this.look = look;
    this.chart.describe(words);
    if (this.chart.begin()) this.all(look);
  }

  /** @param {Look} look */
  all(look) {
    const { chart } = this;
    const { curve, hello, theme, log } = look;
    chart.font(theme, 12);
    const marks = marksOf(look);
    const across = new AxisScale(hello.least, hello.most, true);
    const names = this.placed(marks, across);
    const top = 8 + LINE * Math.max(1, ...names.map(({ row }) => row + 1));
    const area = { left: 56, top, width: chart.width - 56 - 16, height: chart.height - top - 40 };
    const axes = { area, across, up: new AxisScale(...lossRange(curve, log), log) };
    this.axes = axes;
    chart.font(theme);
    chart.axisUp(area, axes.up, theme);
    chart.axisAcross(area, across, theme, "Learning rate");
    chart.text("Loss", area.left - 6, area.top - 10, { color: theme.muted, align: "right" });
    this.parts(look, axes);
    for (const mark of marks) this.rule(mark, look, axes);
    for (const mark of marks) this.mark(mark, look, axes);
    chart.font(theme, 12);
    for (const name of names) this.name(name, look, axes);
  }

  /** What is left out of the suggestions is paler. @param {Look} look @param {Axes} axes */
  parts(look, axes) {
    const { area, across } = axes;
    const { rates } = look.curve;
    if (!rates.length) return;
    const [start, end] = usable(rates.length, look.hello.planned);
    const at = (/** @type {number} */ i) => area.left + area.width * across.at(rates[Math.min(i, rates.length - 1)]);
    const [from, to] = [at(start), at(end)];
    this.part(area.left, from, PALE, look, axes);
    this.part(from, to, 1, look, axes);
    this.part(to, area.left + area.width, PALE, look, axes);
  }

  /** The curves between two places. @param {number} from px @param {number} to px @param {number} strength @param {Look} look @param {Axes} axes */
  part(from, to, strength, { curve, theme }, axes) {
    const { pen } = this.chart;
    pen.save();
    pen.beginPath();
    pen.rect(from, axes.area.top, to - from, axes.area.height);
    pen.clip();
    pen.globalAlpha = strength;
    const places = placesBetween(curve.rates, from, to, axes);
    this.band(curve, theme.train, places, axes);
    Object.assign(pen, { strokeStyle: theme.muted, lineWidth: 1, globalAlpha: 0.45 * strength });
    for (const seed of curve.seeds) this.line(curve.rates, seed, places, axes);
    Object.assign(pen, { strokeStyle: theme.train, lineWidth: 2.6, globalAlpha: strength, lineJoin: "round" });
    this.line(curve.rates, curve.smoothed, places, axes);
    pen.restore();
  }

  /** @param {Float64Array} rates @param {ArrayLike<number>} losses @param {number[]} places @param {Axes} axes */
  line(rates, losses, places, axes) {
    const { pen } = this.chart;
    pen.beginPath();
    for (const i of places) {
      if (!Number.isFinite(losses[i])) break;
      pen.lineTo(...place(rates[i], losses[i], axes));
    }
    pen.stroke();
  }

  /** Half of the networks lie in it. @param {import("./curve.js").Curve} curve @param {string} color @param {number[]} places @param {Axes} axes */
  band({ rates, low, high }, color, places, axes) {
    const { pen } = this.chart;
    const end = places.findIndex((i) => !Number.isFinite(low[i]) || !Number.isFinite(high[i]));
    const within = end < 0 ? places : places.slice(0, end);
    pen.beginPath();
    for (const i of within) pen.lineTo(...place(rates[i], low[i], axes));
    for (const i of [...within].reverse()) pen.lineTo(...place(rates[i], high[i], axes));
    pen.fillStyle = `rgba(${rgb(color)},0.2)`;
    pen.fill();
  }

  /** @param {Mark} mark @param {Look} look @param {Axes} axes */
  rule({ rate, chosen }, { theme, primary }, { area, across }) {
    const { pen } = this.chart;
    const x = area.left + area.width * across.at(rate);
    Object.assign(pen, { strokeStyle: chosen ? primary : theme.muted, lineWidth: chosen ? 2 : 1 });
    pen.setLineDash(chosen ? [] : [4, 3]);
    pen.beginPath();
    pen.moveTo(x, area.top);
    pen.lineTo(x, area.top + area.height);
    pen.stroke();
    pen.setLineDash([]);
  }

  /** @param {Mark} mark @param {Look} look @param {Axes} axes */
  mark({ rule, rate, chosen }, { curve, theme, primary }, axes) {
    const { pen } = this.chart;
    const { area } = axes;
    const [x, y] = place(rate, curve.smoothed[nearest(curve.rates, rate)], axes);
    if (!Number.isFinite(y)) return;
    pen.save();
    pen.translate(x, Math.max(area.top + 2 * MARK, Math.min(area.top + area.height, y))); // below the names where its loss is cut off
    const shape = outline(rule.shape, MARK);
    Object.assign(pen, { fillStyle: chosen ? primary : theme.background, strokeStyle: chosen ? theme.background : theme.text, lineWidth: 1.6 });
    pen.fill(shape);
    pen.stroke(shape);
    pen.restore();
  }

  /** Names above the plot, in as many lines as keep them apart. @param {Mark[]} marks @param {AxisScale} across */
  placed(marks, across) {
    const { pen, width } = this.chart;
    const area = width - 56 - 16;
    /** @type {number[]} */
    const ends = [];
    return [...marks].sort((a, b) => a.rate - b.rate).map((mark) => {
      const half = pen.measureText(mark.rule.title).width / 2;
      const x = Math.max(half, Math.min(width - half - 2, 56 + area * across.at(mark.rate)));
      const free = ends.findIndex((end) => x - half > end + GAP);
      const row = free < 0 ? ends.length : free;
      ends[row] = x + half;
      return { ...mark, x, row };
    });
  }

  /** @param {Mark & {x: number, row: number}} name @param {Look} look @param {Axes} axes */
  name({ rule, chosen, x, row }, { theme, primary }, { area }) {
    this.chart.text(rule.title, x, area.top - LINE * (row + 0.5) - 2, { color: chosen ? primary : theme.muted, align: "center" });
  }

  /** @param {number} x px */
  pointAt(x) {
    if (!this.axes || !this.look?.curve.rates.length) return null;
    const { area, across } = this.axes;
    const share = Math.max(0, Math.min(1, (x - area.left) / area.width));
    return nearest(this.look.curve.rates, 10 ** (across.from + share * (across.to - across.from)));
  }
}

/** @param {Look} look @returns {Mark[]} what is chosen comes last, above the others */
function marksOf({ suggested, chosen }) {
  return RULES.filter(({ name }) => name in suggested)
    .map((rule) => ({ rule, rate: suggested[rule.name], chosen: rule.name === chosen }))
    .sort((a, b) => Number(a.chosen) - Number(b.chosen));
}

/**
 * Which points are drawn between two places: one every other pixel, since a line of thousands takes long to draw and
 * shows no more; one on each side besides, and the last of all.
 * @param {Float64Array} rates @param {number} from px @param {number} to px @param {Axes} axes
 */
function placesBetween(rates, from, to, { area, across }) {
  const places = [];
  let drawn = -Infinity;
  for (let i = 0; i < rates.length; i += 1) {
    const x = area.left + area.width * across.at(rates[i]);
    const last = i === rates.length - 1;
    if (x < from - STRIDE || (x - drawn < STRIDE && !last)) continue;
    places.push(i);
    drawn = x;
    if (x > to) break;
  }
  return places;
}

/** @param {number} rate @param {number} loss @param {Axes} axes @returns {[number, number]} px */
const place = (rate, loss, { area, across, up }) => [area.left + area.width * across.at(rate), area.top + area.height * (1 - up.at(loss))];
