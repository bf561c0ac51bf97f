// Three dimensions on a canvas: an orthographic view of a box that can be turned.
import { css } from "../../web/theme.js";
import { drawLines, label, mark, placedTicks } from "./flat_plot.js";

/** @typedef {{around: number, above: number}} Turn  radians: about the upright axis, and how far one looks from above */

/** @type {Turn} */
export const FIRST_TURN = { around: -0.62, above: 0.38 };
const STEEPEST = 1.45;
const ROOM = { side: 54, above: 14, below: 36 }; // px round the box for ticks and names
const WIDEST = 2.1; // width to height of a cube's side
const SHORTEST_EDGE = 46; // px from which on an edge has room for ticks

/** @param {Turn} turn @param {number} around @param {number} above @returns {Turn} */
export const turned = (turn, around, above) => ({
  around: turn.around + around,
  above: Math.max(0.05, Math.min(STEEPEST, turn.above + above)),
});

/** @typedef {(x: number, y: number, z: number) => [number, number, number]} Project  to px and depth, greater is farther */

/** @param {number} width @param {number} height @param {Turn} turn @returns {Project} */
function projection(width, height, { around, above }) {
  const [ca, sa, ce, se] = [Math.cos(around), Math.sin(around), Math.cos(above), Math.sin(above)];
  const wide = Math.SQRT2; // of the floor, seen across its corners
  const [w, h] = [(width - 2 * ROOM.side) / wide, (height - ROOM.above - ROOM.below) / (ce + wide * se)];
  const up = Math.max(30, Math.min(h, WIDEST * w));
  const across = Math.max(30, Math.min(w, WIDEST * h));
  return (x, y, z) => {
    const right = ca * (x - 0.5) + sa * (y - 0.5);
    const away = ca * (y - 0.5) - sa * (x - 0.5);
    return [
      width / 2 + across * right,
      (height + ROOM.above - ROOM.below) / 2 - up * (ce * (z - 0.5) + se * away),
      ce * away - se * (z - 0.5),
    ];
  };
}

/**
 * @param {CanvasRenderingContext2D} pen @param {number} width @param {number} height
 * @param {import("./flat_plot.js").Picture} picture @param {Turn} turn
 */
export function drawSolid(pen, width, height, picture, turn) {
  const project = projection(width, height, turn);
  const corners = cornersOf(project);
  drawEdges(pen, corners, picture.theme, true);
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.clip();
  drawLines(pen, picture, (shares, i) => project(shares[3 * i], shares[3 * i + 1], shares[3 * i + 2]));
  stampByDepth(pen, picture, project);
  pen.restore();
  drawEdges(pen, corners, picture.theme, false);
  drawAxes(pen, width, corners, picture);
}

/** The eight corners; bit d of the index is the coordinate on axis d. @param {Project} project */
const cornersOf = (project) => Array.from({ length: 8 }, (_, c) => project(c & 1, (c >> 1) & 1, c >> 2));

/** @typedef {[number, number, number][]} Corners */

/** Faint edges meet in the farthest corner, behind the points. @param {CanvasRenderingContext2D} pen @param {Corners} corners @param {import("../../web/theme.js").Theme} theme @param {boolean} behind */
function drawEdges(pen, corners, theme, behind) {
  const farthest = corners.reduce((best, corner, c) => (corner[2] > corners[best][2] ? c : best), 0);
  if (behind) drawFaces(pen, corners, theme, farthest);
  pen.lineWidth = 1;
  for (let a = 0; a < 8; a += 1) {
    for (const bit of [1, 2, 4]) {
      const b = a | bit;
      if (a === b || (a === farthest || b === farthest) !== behind) continue;
      mark(pen, theme, { strength: behind ? 1 : 0.75 }, corners[a], corners[b]);
    }
  }
}

/** The three faces one looks at from inside. @param {CanvasRenderingContext2D} pen @param {Corners} corners @param {import("../../web/theme.js").Theme} theme @param {number} farthest */
function drawFaces(pen, corners, theme, farthest) {
  [[1, 2], [1, 4], [2, 4]].forEach(([a, b], i) => {
    pen.beginPath();
    [farthest, farthest ^ a, farthest ^ a ^ b, farthest ^ b].forEach((c, k) => {
      if (k) pen.lineTo(corners[c][0], corners[c][1]);
      else pen.moveTo(corners[c][0], corners[c][1]);
    });
    pen.closePath();
    pen.globalAlpha = [0.95, 0.6, 0.75][i];
    pen.fillStyle = css(theme.neutral);
    pen.fill();
  });
  pen.globalAlpha = 1;
}

/** Far points first, and paler. @param {CanvasRenderingContext2D} pen @param {import("./flat_plot.js").Picture} picture @param {Project} project */
function stampByDepth(pen, { points, marker, dpr }, project) {
  const placed = [];
  for (let i = 0; i < points.length / 3; i += 1) {
    const [x, y, depth] = project(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
    if (Number.isFinite(x + y)) placed.push({ i, x, y, depth });
  }
  placed.sort((a, b) => b.depth - a.depth);
  for (const { i, x, y, depth } of placed) {
    const image = marker(i);
    const size = image.width / dpr;
    pen.globalAlpha = Math.max(0.45, Math.min(1, 0.8 - 0.45 * depth));
    pen.drawImage(image, x - size / 2, y - size / 2, size, size);
  }
  pen.globalAlpha = 1;
}

/** Each axis is written along one edge of the outline: the two floor edges in front, and the upright one at the left. @param {CanvasRenderingContext2D} pen @param {number} width @param {Corners} corners @param {import("./flat_plot.js").Picture} picture */
function drawAxes(pen, width, corners, picture) {
  const nearest = [0, 1, 2, 3].reduce((best, c) => (corners[c][2] < corners[best][2] ? c : best), 0);
  const leftmost = [0, 1, 2, 3].reduce((best, c) => (corners[c][0] < corners[best][0] ? c : best), 0);
  const edges = [[nearest & ~1, nearest | 1], [nearest & ~2, nearest | 2], [leftmost, leftmost | 4]];
  edges.forEach(([from, to], d) => drawAxis(pen, width, corners, picture, d, corners[from], corners[to]));
}

/**
 * @param {CanvasRenderingContext2D} pen @param {number} width @param {Corners} corners
 * @param {import("./flat_plot.js").Picture} picture @param {number} d
 * @param {number[]} from @param {number[]} to
 */
function drawAxis(pen, width, corners, { axes, theme }, d, from, to) {
  const axis = axes[d];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const at = (/** @type {number} */ share) => [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  const out = d === 2 ? [-1, 0] : outwards(corners, from, to);
  if (length > SHORTEST_EDGE) {
    pen.font = `11px ${theme.font}`;
    pen.textBaseline = "middle";
    for (const { share, text } of placedTicks(axis, Math.max(3, length / 40))) {
      if (share < 0.06 || share > 0.94) continue; // two axes meet there
      const [x, y] = at(share);
      mark(pen, theme, axis, [x, y], [x + 4 * out[0], y + 4 * out[1]]);
      label(pen, theme.muted, axis.strength, text, x + (d === 2 ? 7 : 13) * out[0], y + 12 * out[1], d === 2 ? "right" : "center");
    }
  }
  pen.font = `12px ${theme.font}`;
  if (d === 2) return nameUpright(pen, axis, theme, to);
  const half = pen.measureText(axis.name).width / 2;
  const [x, y] = at(0.5);
  const reach = length > SHORTEST_EDGE ? 28 : 16;
  const aside = half * Math.max(-1, Math.min(1, 2.2 * out[0])); // clear of the ticks farther down a steep edge
  const middle = Math.max(half + 2, Math.min(width - half - 2, x + reach * out[0] + aside));
  label(pen, theme.text, axis.strength, axis.name, middle, y + reach * out[1], "center");
}

/** The upright axis has its name at its upper end. @param {CanvasRenderingContext2D} pen @param {import("./flat_plot.js").Picture["axes"][number]} axis @param {import("../../web/theme.js").Theme} theme @param {number[]} top */
function nameUpright(pen, axis, theme, [x, y]) {
  const half = pen.measureText(axis.name).width / 2;
  label(pen, theme.text, axis.strength, axis.name, Math.max(half + 2, x), y - 10, "center");
}

/** Away from the middle of the box, square to an edge. @param {Corners} corners @param {number[]} from @param {number[]} to */
function outwards(corners, from, to) {
  const middle = [0, 1].map((d) => corners.reduce((sum, corner) => sum + corner[d], 0) / 8);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const square = [(to[1] - from[1]) / length, (from[0] - to[0]) / length];
  const away = square[0] * ((from[0] + to[0]) / 2 - middle[0]) + square[1] * ((from[1] + to[1]) / 2 - middle[1]);
  return away < 0 ? [-square[0], -square[1]] : square;
}
