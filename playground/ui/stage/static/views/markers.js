// Data points on a canvas: a colour and a shape for each class, as in the main chart.
import { SYMBOLS } from "../palette.js";

/** Outlines of radius 1 about 0. */
const OUTLINES = {
  circle: "M1,0A1,1 0 1 1 -1,0A1,1 0 1 1 1,0Z",
  square: "M-.88,-.88H.88V.88H-.88Z",
  "triangle-up": "M0,-1.15L1.1,.8H-1.1Z",
  diamond: "M0,-1.25L1.25,0L0,1.25L-1.25,0Z",
  cross: "M-.42,-1.1H.42V-.42H1.1V.42H.42V1.1H-.42V.42H-1.1V-.42H-.42Z",
  star: "M0,-1.3L.34,-.42L1.24,-.4L.53,.16L.77,1.05L0,.54L-.77,1.05L-.53,.16L-1.24,-.4L-.34,-.42Z",
};

/** @param {number} index of the class @param {number} radius */
function outline(index, radius) {
  const path = new Path2D();
  const shape = /** @type {keyof typeof OUTLINES} */ (SYMBOLS[index % SYMBOLS.length]);
  path.addPath(new Path2D(OUTLINES[shape]), new DOMMatrix([radius, 0, 0, radius, 0, 0]));
  return path;
}

/** @param {number} size of the plane, px */
export const radiusFor = (size) => Math.max(2, Math.min(4.2, size / 62));

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./plane_panel.js").Place} place
 * @param {{data: ArrayLike<number>}} X (n, 2) flat
 * @param {(i: number) => string} color of point i
 * @param {(i: number) => number} shape class whose shape point i has
 * @param {string} halo
 */
export function drawPoints(context, { x, y, size }, X, color, shape, halo) {
  const radius = radiusFor(size);
  const outlines = SYMBOLS.map((_, k) => outline(k, radius));
  context.strokeStyle = halo;
  context.lineWidth = 0.8;
  for (let i = 0; 2 * i < X.data.length; i += 1) {
    context.save();
    context.translate(x(X.data[2 * i]), y(X.data[2 * i + 1]));
    context.fillStyle = color(i);
    context.fill(outlines[shape(i) % SYMBOLS.length]);
    context.stroke(outlines[shape(i) % SYMBOLS.length]);
    context.restore();
  }
}

/**
 * Rings round some points.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./plane_panel.js").Place} place
 * @param {{data: ArrayLike<number>}} X (n, 2) flat
 * @param {(i: number) => boolean} ringed
 * @param {string} color
 */
export function drawRings(context, { x, y, size }, X, ringed, color) {
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  for (let i = 0; 2 * i < X.data.length; i += 1) {
    if (!ringed(i)) continue;
    context.beginPath();
    context.arc(x(X.data[2 * i]), y(X.data[2 * i + 1]), radiusFor(size) * 2, 0, 2 * Math.PI);
    context.stroke();
  }
}
