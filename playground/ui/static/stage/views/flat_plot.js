// Two dimensions on a canvas: a frame with ticks and names, lines and points within it.
import { css } from "../../web/theme.js";
import { ticksOf } from "../../web/ticks.js";

const MARGIN = { left: 50, right: 12, top: 8, bottom: 36 };

/**
 * What is drawn, in two or three dimensions.
 * @typedef {object} Picture
 * @property {Float32Array} points   (n, dimensions), 0 to 1
 * @property {Float32Array} grid
 * @property {number} linePoints
 * @property {{name: string, range: [number, number], strength: number}[]} axes
 * @property {(i: number) => HTMLCanvasElement} marker
 * @property {import("../../web/theme.js").Theme} theme
 * @property {number} dpr
 */

/** @param {CanvasRenderingContext2D} pen @param {number} width @param {number} height @param {Picture} picture */
export function drawFlat(pen, width, height, picture) {
  const box = {
    x: MARGIN.left, y: MARGIN.top,
    w: Math.max(10, width - MARGIN.left - MARGIN.right), h: Math.max(10, height - MARGIN.top - MARGIN.bottom),
  };
  const at = (/** @type {Float32Array} */ shares, /** @type {number} */ i) =>
    [box.x + shares[2 * i] * box.w, box.y + (1 - shares[2 * i + 1]) * box.h];
  pen.fillStyle = css(picture.theme.neutral);
  pen.fillRect(box.x, box.y, box.w, box.h);
  pen.save();
  pen.beginPath();
  pen.rect(box.x, box.y, box.w, box.h);
  pen.clip();
  drawLines(pen, picture, at);
  stamp(pen, picture, at);
  pen.restore();
  drawFrame(pen, box, picture);
}

/**
 * @param {CanvasRenderingContext2D} pen @param {Picture} picture
 * @param {(shares: Float32Array, i: number) => number[]} at
 */
export function drawLines(pen, { grid, linePoints, theme, axes }, at) {
  if (!linePoints) return;
  pen.strokeStyle = theme.line;
  pen.globalAlpha = theme.dark ? 0.34 : 0.3;
  pen.lineWidth = 1;
  const lines = grid.length / axes.length / linePoints;
  for (let line = 0; line < lines; line += 1) {
    pen.beginPath();
    for (let i = line * linePoints, move = true; i < (line + 1) * linePoints; i += 1) {
      const [x, y] = at(grid, i);
      if (!Number.isFinite(x + y)) move = true;
      else if (move) {
        pen.moveTo(x, y);
        move = false;
      } else pen.lineTo(x, y);
    }
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} pen @param {Picture} picture @param {(shares: Float32Array, i: number) => number[]} at */
function stamp(pen, { points, marker, dpr }, at) {
  for (let i = 0; i < points.length / 2; i += 1) {
    const [x, y] = at(points, i);
    if (!Number.isFinite(x + y)) continue;
    const image = marker(i);
    const size = image.width / dpr;
    pen.drawImage(image, x - size / 2, y - size / 2, size, size);
  }
}

/** @param {CanvasRenderingContext2D} pen @param {{x: number, y: number, w: number, h: number}} box @param {Picture} picture */
function drawFrame(pen, { x, y, w, h }, { axes, theme }) {
  pen.strokeStyle = theme.border;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
  pen.font = `11px ${theme.font}`;
  const [across, up] = axes;
  pen.textBaseline = "top";
  for (const { share, text } of placedTicks(across, w / 62)) {
    mark(pen, theme, across, [x + share * w, y + h], [x + share * w, y + h + 4]);
    label(pen, theme.muted, across.strength, text, clamp(x + share * w, x, x + w, pen.measureText(text).width), y + h + 6, "center");
  }
  pen.textBaseline = "middle";
  for (const { share, text } of placedTicks(up, h / 36)) {
    mark(pen, theme, up, [x, y + (1 - share) * h], [x - 4, y + (1 - share) * h]);
    label(pen, theme.muted, up.strength, text, x - 7, Math.max(y + 5, Math.min(y + h - 5, y + (1 - share) * h)), "right");
  }
  pen.font = `12px ${theme.font}`;
  pen.textBaseline = "bottom";
  label(pen, theme.text, across.strength, across.name, x + w / 2, y + h + MARGIN.bottom - 1, "center");
  pen.save();
  pen.translate(1, y + h / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = "top";
  label(pen, theme.text, up.strength, up.name, 0, 0, "center");
  pen.restore();
}

/** A label near an end stays within the frame. @param {number} at @param {number} lo @param {number} hi @param {number} width */
const clamp = (at, lo, hi, width) => Math.max(lo + width / 2, Math.min(hi - width / 2 + 8, at));

/**
 * Ticks as shares of an axis; none on an axis that a layer does not fill.
 * @param {Picture["axes"][number]} axis @param {number} most
 */
export function placedTicks({ name, range }, most) {
  if (!name) return [];
  const [lo, hi] = range;
  return ticksOf(range, Math.max(2, Math.min(7, most))).map(({ value, text }) => ({ share: (value - lo) / (hi - lo), text }));
}

/** @param {CanvasRenderingContext2D} pen @param {import("../../web/theme.js").Theme} theme @param {{strength: number}} axis @param {number[]} from @param {number[]} to */
export function mark(pen, theme, { strength }, from, to) {
  pen.globalAlpha = strength;
  pen.strokeStyle = theme.border;
  pen.beginPath();
  pen.moveTo(from[0], from[1]);
  pen.lineTo(to[0], to[1]);
  pen.stroke();
  pen.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} pen @param {string} color @param {number} strength @param {string} text
 * @param {number} x @param {number} y @param {CanvasTextAlign} align
 */
export function label(pen, color, strength, text, x, y, align) {
  pen.globalAlpha = strength;
  pen.fillStyle = color;
  pen.textAlign = align;
  pen.fillText(text, x, y);
  pen.globalAlpha = 1;
}
