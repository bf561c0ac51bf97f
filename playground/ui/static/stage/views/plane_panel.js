// One small plane: a title, a colour bar, and on a canvas the map, the boundary, points and axes.
import { h } from "../../web/dom.js";
import { placement } from "../../web/plane.js";
import { ticksOf } from "../../web/ticks.js";

export const HEAD = 18;
export const ROOMY = 150; // px from which on there is room for ticks and the axis' name one below the other
const WIDE = 30;
const NARROW = 24;
const MEASURED = 36; // what was measured has numbers like −1.5e4

/** What the axes need round a box of this size. @param {number} size @param {boolean} named whether they are x₁ and x₂ */
export const marginOf = (size, named) => (size >= ROOMY
  ? { left: named ? WIDE : MEASURED, right: 8, top: 2, bottom: named ? 27 : 17 }
  : { left: named ? NARROW : MEASURED, right: 6, top: 2, bottom: 17 });

const TICK = 3;
const SMALL = 110; // px below which titles are short

/**
 * @typedef {object} Picture
 * @property {{x1: [number, number], x2: [number, number], n: number}} plane
 * @property {HTMLCanvasElement} map
 * @property {Float32Array} [lines]        the boundary: polylines separated by NaN rows
 * @property {(context: CanvasRenderingContext2D, place: Place) => void} [over]   what is drawn on top
 *
 * @typedef {object} Place                 from the plane to the box of the axes
 * @property {(x1: number) => number} x
 * @property {(x2: number) => number} y
 * @property {number} size
 */

export class PlanePanel {
  /** @type {string | undefined} */
  scaleKey;
  /** @type {number | undefined} */
  size;
  /** @type {number | undefined} */
  ratio;
  /** @type {string | undefined} */
  sizeKey;

  constructor() {
    /** Whether the axes are x₁ and x₂: other names find no room here. */
    this.named = true;
    this.title = h("span", { class: "kp-plane-title" });
    this.lo = h("span");
    this.hi = h("span");
    this.bar = h("i", { class: "kp-plane-bar" });
    this.scale = h("span", { class: "kp-plane-scale" }, this.lo, this.bar, this.hi);
    this.canvas = h("canvas", { role: "img" });
    this.node = h("figure", { class: "kp-plane" }, h("figcaption", {}, this.title, this.scale), this.canvas);
  }

  /** @param {string} title @param {string} [short] where there is little room */
  name(title, short = title) {
    const text = (this.size ?? 0) < SMALL ? short : title;
    if (this.title.textContent !== text) this.title.textContent = text;
    this.title.title = title;
    this.canvas.setAttribute("aria-label", `${title} over the plane`);
  }

  /** The colour bar and its ends, or none. @param {{lo: string, hi: string, gradient: string} | null} scale */
  setScale(scale) {
    this.scale.hidden = !scale;
    if (!scale) return;
    const key = `${scale.lo}|${scale.hi}|${scale.gradient}`;
    if (key === this.scaleKey) return;
    this.scaleKey = key;
    this.lo.textContent = scale.lo;
    this.hi.textContent = scale.hi;
    this.bar.style.background = scale.gradient;
  }

  /** @param {number} size of the box of the axes, px @param {number} scale by which all is larger on a projector */
  resize(size, scale) {
    const ratio = (window.devicePixelRatio || 1) * scale;
    const key = `${size} ${ratio} ${this.named}`;
    if (key === this.sizeKey) return;
    this.sizeKey = key;
    this.size = size;
    this.ratio = ratio;
    const margin = marginOf(size, this.named);
    const [width, height] = [size + margin.left + margin.right, size + margin.top + margin.bottom];
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width * scale}px`;
    this.canvas.style.height = `${height * scale}px`;
    this.node.style.width = `${width * scale}px`;
    this.node.toggleAttribute("data-small", size < SMALL);
  }

  /** @param {Picture} picture @param {import("../../web/theme.js").Theme} theme */
  draw(picture, theme) {
    const { size, ratio } = this;
    if (!size || !ratio) return;
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    const place = placeOf(picture.plane, size);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const { left, top } = marginOf(size, this.named);
    context.translate(left, top);
    context.save();
    context.beginPath();
    context.rect(0, 0, size, size);
    context.clip();
    drawMap(context, picture, place);
    if (picture.lines) drawLines(context, picture.lines, place, theme.line);
    picture.over?.(context, place);
    context.restore();
    drawAxes(context, picture.plane, place, theme, this.named);
  }
}

/** @param {Picture["plane"]} plane @param {number} size @returns {Place} */
function placeOf({ x1, x2 }, size) {
  return {
    x: (value) => ((value - x1[0]) / (x1[1] - x1[0])) * size,
    y: (value) => size - ((value - x2[0]) / (x2[1] - x2[0])) * size,
    size,
  };
}

/** @param {CanvasRenderingContext2D} context @param {Picture} picture @param {Place} place */
function drawMap(context, { plane, map }, { x, y, size }) {
  const { x: left, y: top, sizex } = placement(/** @type {any} */ (plane));
  const [width, height] = [(sizex / (plane.x1[1] - plane.x1[0])) * size, (plane.n / (plane.n - 1)) * size];
  context.imageSmoothingEnabled = true;
  context.drawImage(map, x(left), y(top), width, height);
}

/** @param {CanvasRenderingContext2D} context @param {Float32Array} lines @param {Place} place @param {string} color */
function drawLines(context, lines, { x, y, size }, color) {
  context.beginPath();
  let drawing = false;
  for (let i = 0; i < lines.length; i += 2) {
    const gap = lines[i] !== lines[i];
    if (!gap && drawing) context.lineTo(x(lines[i]), y(lines[i + 1]));
    else if (!gap) context.moveTo(x(lines[i]), y(lines[i + 1]));
    drawing = !gap;
  }
  context.strokeStyle = color;
  context.lineWidth = size < ROOMY ? 1.2 : 1.6;
  context.lineJoin = "round";
  context.stroke();
}

/** A number in the room that it has: as it is, else as "2e4", else not at all. @param {CanvasRenderingContext2D} context @param {{value: number, text: string}} tick @param {number} room px */
function fitting(context, { value, text }, room) {
  const short = Number(value.toPrecision(3)).toExponential().replace("e+", "e").replaceAll("-", "\u2212");
  return [text, short].find((each) => context.measureText(each).width <= room + 1) ?? "";
}

/** All ticks where there is room, else the two outermost. @param {[number, number]} range @param {boolean} roomy */
function someTicks(range, roomy) {
  const all = ticksOf(range, roomy ? 5 : 4);
  return roomy || all.length < 3 ? all : [all[0], all[all.length - 1]];
}

/** @param {CanvasRenderingContext2D} context @param {Picture["plane"]} plane @param {Place} place @param {import("../../web/theme.js").Theme} theme @param {boolean} named */
function drawAxes(context, plane, { x, y, size }, theme, named) {
  const roomy = size >= ROOMY;
  context.strokeStyle = theme.border;
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, size - 1, size - 1);
  context.fillStyle = theme.muted;
  context.font = `${theme.scale > 1 ? 11 : 10}px ${theme.font}`; // 16 px on a projector
  context.textAlign = "center";
  context.textBaseline = "top";
  const [below, beside] = [someTicks(plane.x1, roomy), someTicks(plane.x2, roomy)];
  for (const tick of below) {
    const { value } = tick;
    const text = fitting(context, tick, size / below.length);
    context.fillRect(Math.round(x(value)), size, 1, TICK);
    context.fillText(text, Math.min(x(value), size + 6 - context.measureText(text).width / 2), size + TICK + 1);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of beside) {
    const { value } = tick;
    context.fillRect(-TICK, Math.round(y(value)), TICK, 1);
    context.fillText(fitting(context, tick, marginOf(size, named).left - TICK - 2), -TICK - 2, Math.max(4, y(value)));
  }
  if (named) nameAxes(context, roomy ? size / 2 : between(below, x, size), between(beside, y, size), size, roomy, theme);
}

/** Half-way between the two ticks in the middle. @param {{value: number}[]} all @param {(value: number) => number} to @param {number} size */
function between(all, to, size) {
  const right = Math.max(1, Math.ceil(all.length / 2));
  return all.length < 2 ? size / 2 : (to(all[right - 1].value) + to(all[right].value)) / 2;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} across where the name of x1 is @param {number} down where that of x2 is
 * @param {number} size @param {boolean} roomy @param {import("../../web/theme.js").Theme} theme
 */
function nameAxes(context, across, down, size, roomy, theme) {
  context.font = `11px ${theme.font}`;
  context.fillStyle = theme.text;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText("x\u2081", across, size + (roomy ? 25 : 14));
  context.textBaseline = "middle";
  context.fillText("x\u2082", roomy ? -18 : -13, down);
}
