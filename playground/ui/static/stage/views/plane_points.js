// The network's answer with points on it: training beside test, or what is true beside what is predicted.
import { classPalette, colorOf, confidenceBytes, valuePalette } from "../../web/palette.js";
import { planeOf } from "../../web/plane.js";
import { css } from "../../web/theme.js";
import { MapPicture } from "../../web/map_picture.js";
import { drawPoints, drawRings } from "../../web/markers.js";
import { PlaneGrid } from "./plane_grid.js";

const LIGHT = [232, 234, 235];

/**
 * @typedef {{data: ArrayLike<number>}} Values
 * @typedef {object} Side
 * @property {string} title
 * @property {string} [short]
 * @property {Values} X (n, 2) flat
 * @property {Values} y classes, or numbers of a regression
 * @property {Values} [truth] points where `y` differs from it are ringed
 */

export class PlanePoints {
  /** @type {string | undefined} */
  paletteKey;

  constructor() {
    this.grid = new PlaneGrid();
    this.node = this.grid.node;
    this.picture = new MapPicture();
    /** @type {Side[]} */
    this.sides = [];
    this.layers = /** @type {{key: unknown[], canvas: HTMLCanvasElement}[]} */ ([]);
  }

  /** @param {Side[]} sides */
  setSides(sides) {
    this.sides = sides;
    this.grid.setCount(sides.length);
  }

  /**
   * @param {import("../../web/decode.js").Message} frame
   * @param {import("../../web/palette.js").Scale} scale
   * @param {import("../../web/theme.js").Theme} theme
   */
  draw(frame, scale, theme) {
    const plane = planeOf(frame);
    this.paintMap(plane, { ...scale, lo: plane.lo, hi: plane.hi });
    const lines = /** @type {Float32Array | undefined} */ (frame.arrays.lines?.data);
    this.sides.forEach((side, i) => {
      const panel = this.grid.panels[i];
      panel.name(side.title, side.short);
      panel.setScale(null);
      panel.draw({
        plane, map: this.picture.canvas, lines,
        over: (context, place) => context.drawImage(this.layer(i, side, plane, place, scale, theme), 0, 0, place.size, place.size),
      }, theme);
    });
  }

  /** @param {import("../../web/plane.js").Plane} plane @param {import("../../web/palette.js").Scale} scale */
  paintMap(plane, scale) {
    const { map, classes, n } = plane;
    const key = `${classes}|${scale.lo}|${scale.hi}|${scale.target}|${scale.neutral}|${scale.colors.join()}`;
    if (key !== this.paletteKey) this.palette = classes > 1 ? classPalette(scale, classes) : valuePalette(scale);
    this.paletteKey = key;
    this.picture.paint(classes > 1 ? confidenceBytes(map, classes, n * n) : map, n, /** @type {Uint8Array} */ (this.palette));
  }

  /**
   * The points of one side, drawn once until they change: a thousand take milliseconds.
   * @param {number} index @param {Side} side @param {import("../../web/plane.js").Plane} plane
   * @param {import("./plane_panel.js").Place} place @param {import("../../web/palette.js").Scale} scale @param {import("../../web/theme.js").Theme} theme
   */
  layer(index, side, plane, place, scale, theme) {
    const ratio = (window.devicePixelRatio || 1) * theme.scale;
    const key = [side, place.size, ratio, theme, String([plane.x1, plane.x2, scale.target, scale.colors])];
    const known = this.layers[index];
    if (known && key.every((part, i) => part === known.key[i])) return known.canvas;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.round(place.size * ratio);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.scale(ratio, ratio);
    drawSide(context, side, place, scale, theme);
    this.layers[index] = { key, canvas };
    return canvas;
  }

  resize() {
    this.grid.resize();
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {Side} side @param {import("./plane_panel.js").Place} place
 * @param {import("../../web/palette.js").Scale} scale @param {import("../../web/theme.js").Theme} theme
 */
function drawSide(context, { X, y, truth }, place, scale, theme) {
  const regression = scale.task === "regression";
  const colors = scale.colors.map(css);
  const color = regression
    ? (/** @type {number} */ i) => css(colorOf({ ...scale, neutral: LIGHT, strength: 1 }, y.data[i]))
    : (/** @type {number} */ i) => colors[y.data[i] % colors.length];
  drawPoints(context, place, X, color, (i) => (regression ? 0 : y.data[i]), regression && !theme.dark ? theme.muted : theme.halo);
  if (truth && !regression) drawRings(context, place, X, (i) => y.data[i] !== truth.data[i], theme.text);
}
