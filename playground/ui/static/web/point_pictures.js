// Points as small pictures, drawn once and stamped many times: a colour and a shape for each class.
import { SYMBOLS } from "./facts.js";
import { outline } from "./outlines.js";

/**
 * One picture of a point.
 * @param {string} symbol @param {string} fill @param {string} halo @param {number} radius CSS px @param {number} dpr
 */
function picture(symbol, fill, halo, radius, dpr) {
  const size = Math.ceil(2 * (1.3 * radius + 2) * dpr);
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.setTransform(dpr, 0, 0, dpr, size / 2, size / 2);
  const path = outline(symbol, radius);
  pen.fillStyle = fill;
  pen.strokeStyle = halo;
  pen.lineWidth = 1;
  pen.lineJoin = "round";
  pen.fill(path);
  pen.stroke(path);
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
