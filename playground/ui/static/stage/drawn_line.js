// A boundary that a learner draws over the plane before the network finds its own. It stays there to be compared.
import { h } from "../web/dom.js";
import { guide } from "../web/guide.js";
import { withPoint } from "../web/stroke.js";

const NEAR = 4; // px between two points that are kept
const WIDTH = 3.5;
const HALO = 7;

export class DrawnLine {
  /** @type {import("./boundary_picture.js").Frame | undefined} */
  frame = undefined;
  colors = { line: "#20242c", halo: "#ffffff" };
  pressed = false;
  ratio = 1;
  /** @type {[number, number]} */
  last = [-Infinity, -Infinity];

  constructor() {
    this.canvas = h("canvas", { class: "kp-drawn-canvas", "aria-hidden": "true" });
    this.node = h("div", {
      class: "kp-drawn", hidden: true, data: { testid: "drawn-line", points: 0 },
      onpointerdown: (/** @type {PointerEvent} */ event) => this.press(event),
      onpointermove: (/** @type {PointerEvent} */ event) => this.move(event),
      onpointerup: () => this.lift(),
      onpointercancel: () => this.lift(),
    }, this.canvas);
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.stopListening = guide.listen((topic) => topic === "stroke" && this.show());
    this.show();
  }

  /** The axes lie elsewhere or show another range. @param {import("./boundary_picture.js").Frame} frame */
  place(frame) {
    this.frame = frame;
    if (this.node.hidden) return;
    const { left, top, width, height } = frame;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    Object.assign(this.node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    const [across, up] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across) this.canvas.width = across;
    if (this.canvas.height !== up) this.canvas.height = up;
    this.ratio = ratio;
    this.draw();
  }

  /** @param {{line: string, halo: string}} colors */
  setColors(colors) {
    this.colors = colors;
    this.draw();
  }

  show() {
    const there = guide.drawing || guide.stroke.length > 0;
    const came = there && this.node.hidden;
    this.node.hidden = !there;
    this.node.toggleAttribute("data-drawing", guide.drawing);
    this.node.dataset.points = String(guide.stroke.length);
    if (came && this.frame) this.place(this.frame);
    else this.draw();
  }

  // ---------------------------------------------------------------- the pointer

  /** @param {PointerEvent} event */
  press(event) {
    if (!guide.drawing || event.button > 0) return;
    event.preventDefault();
    this.node.setPointerCapture(event.pointerId);
    this.pressed = true;
    this.last = [-Infinity, -Infinity];
    this.move(event);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { frame, last } = this;
    if (!this.pressed || !frame) return;
    const box = this.node.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((value, i) => Math.max(0, Math.min(value, i ? box.height : box.width)));
    if (Math.hypot(x - last[0], y - last[1]) < NEAR) return;
    this.last = [x, y];
    const [s, t] = [x / box.width, y / box.height];
    this.add([round(frame.x1[0] + s * (frame.x1[1] - frame.x1[0])), round(frame.x2[1] - t * (frame.x2[1] - frame.x2[0]))]);
  }

  /** @param {import("../web/stroke.js").StrokePoint} point */
  add(point) {
    if (guide.drawing) guide.setStroke(withPoint(guide.stroke, point), true);
  }

  lift() {
    if (this.pressed) this.add(null);
    this.pressed = false;
  }

  // ---------------------------------------------------------------- the line

  draw() {
    const { pen, canvas, frame, ratio, colors } = this;
    if (!frame || this.node.hidden) return;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineCap = pen.lineJoin = "round";
    for (const [color, width, dash] of /** @type {[string, number, number[]][]} */ ([[colors.halo, HALO, []], [colors.line, WIDTH, [10, 7]]])) {
      pen.strokeStyle = color;
      pen.lineWidth = width * ratio;
      pen.setLineDash(dash.map((each) => each * ratio));
      pen.beginPath();
      let drawing = false;
      for (const point of guide.stroke) {
        if (point) {
          const x = ((point[0] - frame.x1[0]) / (frame.x1[1] - frame.x1[0])) * canvas.width;
          const y = ((frame.x2[1] - point[1]) / (frame.x2[1] - frame.x2[0])) * canvas.height;
          if (drawing) pen.lineTo(x, y);
          else pen.moveTo(x, y);
        }
        drawing = point !== null;
      }
      pen.stroke();
    }
  }

  destroy() {
    this.stopListening();
    this.node.remove();
  }
}

/** @param {number} value */
const round = (value) => Number(value.toFixed(3));
