// Data points on a canvas: a colour and a shape for each class, as in the main chart.
import { SYMBOLS } from "./facts.js";
import { outline } from "./outlines.js";

/** @param {number} size of the plane, px */
export const radiusFor = (size) => Math.max(2, Math.min(4.2, size / 62));

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../stage/views/plane_panel.js").Place} place
 * @param {{data: ArrayLike<number>}} X (n, 2) flat
 * @param {(i: number) => string} color of point i
 * @param {(i: number) => number} shape class whose shape point i has
 * @param {string} halo
 */
export function drawPoints(context, { x, y, size }, X, color, shape, halo) {
  const radius = radiusFor(size);
  const outlines = SYMBOLS.map((symbol) => outline(symbol, radius));
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
 * @param {import("../stage/views/plane_panel.js").Place} place
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
