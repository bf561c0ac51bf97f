// What changes with every frame, on canvases of their own below the axes: the picture of the plane and its line.
// A frame touches these two and no SVG, so nothing else is laid out or painted again.
import { h } from "../web/dom.js";
import { MapPicture } from "../web/map_picture.js";
import { placement } from "../web/plane.js";

const LINE_WIDTH = 2;
const FADED = 0.45;
const BEHIND_A_NEURON = 0.35; // the line, while one neuron's map is shown

/**
 * @typedef {object} Frame        where the axes are
 * @property {number} left        px
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {[number, number]} x1   visible range
 * @property {[number, number]} x2
 */

export class BoundaryPicture {
  /** @type {number | undefined} */
  ratio;
  /** @type {Float32Array} */
  lines;

  constructor() {
    this.map = new MapPicture();
    this.line = document.createElement("canvas");
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.line.getContext("2d"));
    this.map.canvas.dataset.testid = "boundary-map";
    this.line.dataset.testid = "boundary-line";
    this.node = h("div", { class: "kp-picture", "aria-hidden": "true", data: { testid: "boundary-picture" } }, this.map.canvas, this.line);
    this.lines = new Float32Array();
    this.color = "";
    this.weight = 1; // of the line, more on a projector
    this.transform = "";
    /** @type {Frame | undefined} */
    this.frame = undefined;
    /** @type {{x1: [number, number], x2: [number, number], n: number} | undefined} */
    this.plane = undefined;
  }

  /** The axes lie elsewhere or show another range. @param {Frame} frame */
  place(frame) {
    const { left, top, width, height } = frame;
    const before = this.frame;
    this.frame = frame;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    if (!before || ratio !== this.ratio || [left, top, width, height].join() !== [before.left, before.top, before.width, before.height].join()) {
      Object.assign(this.node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
      this.ratio = ratio;
      this.line.width = Math.round(width * ratio);
      this.line.height = Math.round(height * ratio);
    }
    this.placeMap();
    this.drawLine();
  }

  /** @param {{neutral: string, line: string}} colors */
  setColors({ neutral, line }) {
    this.node.style.background = neutral;
    this.color = line;
    this.drawLine();
  }

  /**
   * @param {{x1: [number, number], x2: [number, number]}} plane
   * @param {{bytes: Uint8Array, n: number, palette: Uint8Array}} content  n may be a multiple of the plane's own cells
   * @param {number} cells of the plane
   */
  showMap({ x1, x2 }, { bytes, n, palette }, cells) {
    this.map.paint(bytes, n, palette);
    this.plane = { x1, x2, n: cells };
    this.placeMap();
  }

  /** @param {Float32Array} lines (m, 2), polylines separated by NaN rows */
  showLine(lines) {
    this.lines = lines;
    this.drawLine();
  }

  /** The picture is that of the run before. @param {boolean} faded */
  fade(faded) {
    put(this.map.canvas.style, faded ? String(FADED) : "");
  }

  /** @param {boolean} behind a neuron's map is shown instead of the answer */
  dimLine(behind) {
    put(this.line.style, behind ? String(BEHIND_A_NEURON) : "");
  }

  /** As large as the plane is in the visible range, and moved with it. */
  placeMap() {
    const { frame, plane, map } = this;
    if (!frame || !plane) return;
    const { x, y, sizex, sizey } = placement(plane);
    const [across, up] = [frame.width / (frame.x1[1] - frame.x1[0]), frame.height / (frame.x2[1] - frame.x2[0])];
    const transform = `translate(${(x - frame.x1[0]) * across}px, ${(frame.x2[1] - y) * up}px) `
      + `scale(${(sizex * across) / map.n}, ${(sizey * up) / map.n})`;
    if (transform === this.transform) return;
    this.transform = transform;
    map.canvas.style.transform = transform;
  }

  drawLine() {
    const { pen, frame, lines, line } = this;
    if (!frame) return;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, line.width, line.height);
    if (!lines.length) return;
    const [across, up] = [line.width / (frame.x1[1] - frame.x1[0]), line.height / (frame.x2[1] - frame.x2[0])];
    const [left, top] = [frame.x1[0], frame.x2[1]];
    pen.beginPath();
    let drawing = false;
    for (let i = 0; i < lines.length; i += 2) {
      const [x, y] = [(lines[i] - left) * across, (top - lines[i + 1]) * up];
      const gap = x !== x || y !== y;
      if (!gap && drawing) pen.lineTo(x, y);
      else if (!gap) pen.moveTo(x, y);
      drawing = !gap;
    }
    pen.strokeStyle = this.color;
    pen.lineWidth = LINE_WIDTH * this.weight * (this.ratio ?? 1);
    pen.miterLimit = 4;
    pen.stroke();
  }
}

/** @param {CSSStyleDeclaration} style @param {string} opacity */
function put(style, opacity) {
  if (style.opacity !== opacity) style.opacity = opacity;
}
