// The plane of a replay on one canvas: picture, border, axes and points; and what is under the pointer.
import { AxisScale } from "../web/axis_scale.js";
import { Chart } from "../web/canvas_chart.js";
import { h } from "../web/dom.js";
import { formatCoordinate } from "../web/format.js";
import { axisNames, className } from "../web/given_names.js";
import { MapPicture } from "../web/map_picture.js";
import { classColors, targetRange } from "../web/palette.js";
import { PlanePainter, placement, planeOf, valuesAt } from "../web/plane.js";
import { classPictures, valuePictures } from "../web/point_pictures.js";
import { css, mix } from "../web/theme.js";
import { hollowColor, pointColor, sizeOf } from "../stage/point_traces.js";
import { SYMBOLS } from "../web/facts.js";
import { outline } from "../web/outlines.js";

const EDGES = { left: 40, top: 8, right: 8, bottom: 36 };
const NEAR = 9; // px from a point that is meant
const STEP = 0.02; // of the plane, that an arrow key goes
const SHADES = 24; // of points of a regression

/** @typedef {import("../web/decode.js").Message} Message */
/** @typedef {import("../web/plane.js").Plane} Plane */
/** @typedef {{part: string, x: number, y: number, value: number}} Point */

export class PlaneChart {
  /** @type {Plane | null} */
  plane = null;
  /** A neuron's map, which is shown instead. @type {Plane | null} */
  instead = null;
  /** @type {{x: number, y: number} | null} shares of the plane */
  pointer = null;
  showTest = false;
  stampedAs = "";
  /** @type {Float32Array} */
  lines = new Float32Array();

  /** @param {Message} hello @param {import("../web/theme.js").Theme} theme */
  constructor({ header, arrays }, theme) {
    this.theme = theme;
    this.experiment = header.experiment;
    this.regression = this.experiment.task === "regression";
    this.home = /** @type {{x1: [number, number], x2: [number, number]}} */ ({ x1: header.x1, x2: header.x2 });
    this.points = pointsOf(arrays);
    this.target = this.regression ? targetRange([arrays.train_y.data, arrays.test_y.data]) : /** @type {[number, number]} */ ([0, 1]);
    this.painter = new PlanePainter();
    this.picture = new MapPicture();
    this.stamps = document.createElement("canvas");
    this.chart = new Chart("plane", { move: (x, y) => this.point(x, y), leave: () => this.leave(), click: () => {} });
    this.tip = h("div", { class: "kp-tip", hidden: true, data: { testid: "tip" } });
    this.chart.node.append(this.tip);
    this.node = h("div", {
      class: "kp-replay-plane", tabindex: 0, role: "group", "aria-label": "Plane: arrow keys move over it", onkeydown: (/** @type {KeyboardEvent} */ event) => this.walk(event), onblur: () => this.leave(),
    }, this.chart.node);
  }

  /** @returns {import("../web/palette.js").Scale} */
  scale(lo = this.plane?.lo ?? 0, hi = this.plane?.hi ?? 1) {
    const { theme, regression, experiment } = this;
    return {
      task: experiment.task, lo, hi, target: this.target, colors: classColors(regression ? 2 : experiment.n_classes), neutral: theme.neutral, strength: theme.strength,
    };
  }

  /** @param {Message} frame */
  show(frame) {
    this.plane = planeOf(frame);
    this.lines = /** @type {Float32Array} */ (frame.arrays.lines.data);
    this.draw();
  }

  /** @param {Plane | null} plane of a neuron */
  showInstead(plane) {
    if (!plane && !this.instead) return;
    this.instead = plane;
    this.draw();
  }

  get area() {
    const { width, height } = this.chart;
    return { left: EDGES.left, top: EDGES.top, width: width - EDGES.left - EDGES.right, height: height - EDGES.top - EDGES.bottom };
  }

  draw() {
    const plane = this.instead ?? this.plane;
    if (!plane || !this.chart.begin()) return;
    this.drawPicture(plane);
    this.drawBorder();
    this.chart.pen.drawImage(this.stamped(), 0, 0, this.chart.width, this.chart.height);
    this.drawAxes();
    this.drawPointer();
  }

  /** @param {Plane} plane */
  drawPicture(plane) {
    const { pen } = this.chart;
    const { left, top, width, height } = this.area;
    const neuron = plane === this.instead;
    const scale = neuron ? { ...this.scale(plane.lo, plane.hi), task: "neuron", target: /** @type {[number, number]} */ ([plane.lo, plane.hi]) } : this.scale();
    const { bytes, n, palette } = this.painter.shades(plane, scale, false);
    this.picture.paint(bytes, n, palette);
    const { x, y, sizex, sizey } = placement(plane);
    const [across, up] = [width / (this.home.x1[1] - this.home.x1[0]), height / (this.home.x2[1] - this.home.x2[0])];
    pen.save();
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
    pen.drawImage(this.picture.canvas, left + (x - this.home.x1[0]) * across, top + (this.home.x2[1] - y) * up, sizex * across, sizey * up);
    pen.restore();
  }

  drawBorder() {
    const { pen } = this.chart;
    const { lines } = this;
    pen.beginPath();
    let drawing = false;
    for (let i = 0; i < lines.length; i += 2) {
      const [x, y] = this.place(lines[i], lines[i + 1]);
      const gap = x !== x || y !== y;
      if (!gap && drawing) pen.lineTo(x, y);
      else if (!gap) pen.moveTo(x, y);
      drawing = !gap;
    }
    pen.strokeStyle = this.theme.line;
    pen.globalAlpha = this.instead ? 0.35 : 1;
    pen.lineWidth = 2;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** All points, stamped once for a size, a theme and the parts shown. */
  stamped() {
    const { stamps, theme, showTest } = this;
    const { canvas } = this.chart;
    const key = `${canvas.width}|${canvas.height}|${theme.dark}|${showTest}`;
    if (key === this.stampedAs) return stamps;
    this.stampedAs = key;
    [stamps.width, stamps.height] = [canvas.width, canvas.height];
    const pen = /** @type {CanvasRenderingContext2D} */ (stamps.getContext("2d"));
    const ratio = canvas.width / this.chart.width;
    const radius = sizeOf(this.points.length) / 2;
    const pictures = this.pictures(radius, ratio);
    for (const point of this.points) {
      const [x, y] = this.place(point.x, point.y);
      if (point.part === "train") {
        const picture = pictures[this.kindOf(point)];
        pen.setTransform(1, 0, 0, 1, 0, 0);
        pen.drawImage(picture, Math.round(x * ratio - picture.width / 2), Math.round(y * ratio - picture.height / 2));
      } else if (showTest && point.part === "test") {
        pen.setTransform(ratio, 0, 0, ratio, x * ratio, y * ratio);
        pen.strokeStyle = css(hollowColor(this.colorOf(point), theme));
        pen.lineWidth = 1.7;
        pen.stroke(outline(this.regression ? "circle" : SYMBOLS[point.value % SYMBOLS.length], radius));
      }
    }
    return stamps;
  }

  /** @param {number} radius @param {number} ratio */
  pictures(radius, ratio) {
    const { theme, target: [lo, hi] } = this;
    if (!this.regression) return classPictures(this.scale().colors.map(css), theme.halo, radius, ratio);
    const shades = Array.from({ length: SHADES }, (_, i) => css(pointColor(this.scale(), lo + ((hi - lo) * i) / (SHADES - 1))));
    return valuePictures(shades, theme.dark ? theme.background : theme.muted, radius, ratio);
  }

  /** Which of the pictures a point has. @param {Point} point */
  kindOf({ value }) {
    if (!this.regression) return value;
    const [lo, hi] = this.target;
    return Math.max(0, Math.min(SHADES - 1, Math.round(((value - lo) / (hi - lo)) * (SHADES - 1))));
  }

  /** @param {Point} point */
  colorOf({ value }) {
    return this.regression ? mix(pointColor(this.scale(), value), [0, 0, 0], this.theme.dark ? 0 : 0.3) : this.scale().colors[value];
  }

  drawAxes() {
    const { chart, theme, area, home } = this;
    const [across, up] = axisNames(this.experiment);
    chart.font(theme);
    chart.axisAcross(area, new AxisScale(...home.x1), theme, across);
    const scale = new AxisScale(...home.x2);
    for (const { value, text } of scale.ticks(Math.max(2, area.height / 60))) {
      const y = area.top + area.height * (1 - scale.at(value));
      chart.rule(area.left - 4, y, area.left, y, theme.muted);
      chart.text(text, area.left - 6, y, { color: theme.muted, align: "right" });
    }
    if (up) chart.text(up, 2, area.top + 6, { color: theme.muted, most: EDGES.left - 4 });
    chart.pen.strokeStyle = theme.border;
    chart.pen.lineWidth = 1;
    chart.pen.strokeRect(area.left - 0.5, area.top - 0.5, area.width + 1, area.height + 1);
  }

  /** From the plane to px. @param {number} x1 @param {number} x2 @returns {[number, number]} */
  place(x1, x2) {
    const { left, top, width, height } = this.area;
    const { home } = this;
    return [left + ((x1 - home.x1[0]) / (home.x1[1] - home.x1[0])) * width, top + (1 - (x2 - home.x2[0]) / (home.x2[1] - home.x2[0])) * height];
  }

  // ---------------------------------------------------------------- pointing

  /** @param {number} x @param {number} y px */
  point(x, y) {
    const { left, top, width, height } = this.area;
    const at = { x: (x - left) / width, y: 1 - (y - top) / height };
    this.pointer = at.x < 0 || at.x > 1 || at.y < 0 || at.y > 1 ? null : at;
    this.draw();
  }

  leave() {
    this.pointer = null;
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!by) return event.key === "Escape" ? this.leave() : undefined;
    event.preventDefault();
    event.stopPropagation(); // elsewhere they go through the epochs
    const within = (/** @type {number} */ share) => Math.max(0, Math.min(1, share));
    const from = this.pointer ?? { x: 0.5, y: 0.5 };
    this.pointer = { x: within(from.x + STEP * by[0]), y: within(from.y + STEP * by[1]) };
    this.draw();
  }

  drawPointer() {
    const { pointer, tip, home, area } = this;
    tip.hidden = !pointer;
    if (!pointer) return;
    const [x1, x2] = [home.x1, home.x2].map(([lo, hi], axis) => lo + (hi - lo) * (axis ? pointer.y : pointer.x));
    const [x, y] = this.place(x1, x2);
    const { pen } = this.chart;
    pen.beginPath();
    pen.arc(x, y, 4, 0, 2 * Math.PI);
    pen.strokeStyle = this.theme.text;
    pen.lineWidth = 1.5;
    pen.stroke();
    const rows = this.wordsAt(x1, x2);
    if (rows.join("|") !== this.said) tip.replaceChildren(...rows.map((row, i) => h("div", i ? {} : { class: "kp-tip-where" }, row)));
    this.said = rows.join("|");
    const left = x > area.left + area.width / 2 ? x - 14 : x + 14;
    tip.style.transform = `translate(${left}px, ${Math.min(y + 12, area.top + area.height - 60)}px)${left < x ? " translateX(-100%)" : ""}`;
  }

  /** @param {number} x1 @param {number} x2 @returns {string[]} */
  wordsAt(x1, x2) {
    const [across, up] = axisNames(this.experiment);
    const where = `${across} ${formatCoordinate(x1)}${up ? `\u2002${up} ${formatCoordinate(x2)}` : ""}`;
    const plane = this.instead ?? this.plane;
    const values = plane ? valuesAt(plane, x1, x2) ?? [] : [];
    const point = this.pointNear(x1, x2);
    return [where, ...values.map((value, k) => this.sentence(value, values.length === 1 ? 1 : k)), ...(point ? [this.pointWords(point)] : [])];
  }

  /** @param {number} value @param {number} k */
  sentence(value, k) {
    if (this.instead) return `neuron ${formatCoordinate(value)}`;
    return this.regression ? `output ${value.toFixed(3).replace("-", "\u2212")}` : `P(${className(this.experiment, k)}) = ${value.toFixed(3)}`;
  }

  /** @param {Point} point */
  pointWords({ part, value }) {
    const what = this.regression ? value.toFixed(3).replace("-", "\u2212") : className(this.experiment, value);
    return `${part === "train" ? "Training" : "Test"} point, ${what}`;
  }

  /** The point that is meant by a place. @param {number} x1 @param {number} x2 */
  pointNear(x1, x2) {
    const [x, y] = this.place(x1, x2);
    let best = null;
    let least = NEAR;
    for (const point of this.points) {
      if (point.part !== "train" && !(this.showTest && point.part === "test")) continue;
      const [px, py] = this.place(point.x, point.y);
      const far = Math.hypot(px - x, py - y);
      if (far < least) [best, least] = [point, far];
    }
    return best;
  }
}

/** @param {Message["arrays"]} arrays @returns {Point[]} */
const pointsOf = (arrays) => ["test", "train"].flatMap((part) =>
  Array.from(arrays[`${part}_y`].data, (value, i) => ({ part, x: arrays[`${part}_x`].data[2 * i], y: arrays[`${part}_x`].data[2 * i + 1], value })));
