// Points as small pictures, drawn once and stamped many times: a colour and a shape for each class.
import { SYMBOLS } from "../palette.js";

/** Outlines within a circle of radius 1. @type {Record<string, [number, number][]>} */
const OUTLINES = {
  square: [[-0.82, -0.82], [0.82, -0.82], [0.82, 0.82], [-0.82, 0.82]],
  "triangle-up": [[0, -1.12], [1.02, 0.68], [-1.02, 0.68]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  cross: [[-0.38, -1.05], [0.38, -1.05], [0.38, -0.38], [1.05, -0.38], [1.05, 0.38], [0.38, 0.38],
    [0.38, 1.05], [-0.38, 1.05], [-0.38, 0.38], [-1.05, 0.38], [-1.05, -0.38], [-0.38, -0.38]],
  star: Array.from({ length: 10 }, (_, i) => {
    const reach = i % 2 ? 0.56 : 1.25;
    return [reach * Math.sin((i * Math.PI) / 5), -reach * Math.cos((i * Math.PI) / 5)];
  }),
};

/** @param {CanvasRenderingContext2D} pen @param {string} symbol @param {number} radius */
function trace(pen, symbol, radius) {
  const outline = OUTLINES[symbol];
  pen.beginPath();
  if (!outline) pen.arc(0, 0, radius, 0, 2 * Math.PI);
  else outline.forEach(([x, y], i) => (i ? pen.lineTo(x * radius, y * radius) : pen.moveTo(x * radius, y * radius)));
  pen.closePath();
}

/**
 * One picture of a point.
 * @param {string} symbol @param {string} fill @param {string} halo @param {number} radius CSS px @param {number} dpr
 */
function picture(symbol, fill, halo, radius, dpr) {
  const size = Math.ceil(2 * (1.3 * radius + 2) * dpr);
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.setTransform(dpr, 0, 0, dpr, size / 2, size / 2);
  trace(pen, symbol, radius);
  pen.fillStyle = fill;
  pen.strokeStyle = halo;
  pen.lineWidth = 1;
  pen.lineJoin = "round";
  pen.fill();
  pen.stroke();
  return canvas;
}

/**
 * A picture for each class.
 * @param {string[]} colors @param {string} halo @param {number} radius @param {number} dpr
 */
export const classPictures = (colors, halo, radius, dpr) =>
  colors.map((color, k) => picture(SYMBOLS[k % SYMBOLS.length], color, halo, radius, dpr));

/**
 * Round pictures, one a colour.
 * @param {string[]} colors @param {string} halo @param {number} radius @param {number} dpr
 */
export const valuePictures = (colors, halo, radius, dpr) =>
  colors.map((color) => picture("circle", color, halo, radius, dpr));
