// The lines of the curves on a canvas of their own: drawing them costs a tenth of what Plotly needs for it.

/**
 * @typedef {object} Line
 * @property {{x: ArrayLike<number>, y: ArrayLike<number>}} points
 * @property {string} color
 * @property {number} width
 * @property {boolean} dashed
 * @property {any} xaxis   Plotly's full axes: where they lie, and their range
 * @property {any} yaxis
 */

export class CurvesCanvas {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "kp-curves-lines";
    this.canvas.dataset.testid = "curves-lines";
    this.canvas.setAttribute("aria-hidden", "true");
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.ratio = 1;
    this.size = "";
  }

  /** Above the grid and below labels, where Plotly keeps a place for canvases. @param {HTMLElement} chart */
  putInto(chart) {
    const place = chart.querySelector(".svg-container > .gl-container");
    if (place && place.previousElementSibling !== this.canvas) place.before(this.canvas);
  }

  /** @param {number} width @param {number} height in px */
  resize(width, height) {
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const size = `${width} ${height} ${ratio}`;
    if (size === this.size) return;
    this.size = size;
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
  }

  /** @param {Line[]} lines */
  draw(lines) {
    const { pen, canvas, ratio } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.scale(ratio, ratio);
    for (const line of lines) drawLine(pen, line);
  }
}

/** @param {CanvasRenderingContext2D} pen @param {Line} line */
function drawLine(pen, { points, color, width, dashed, xaxis, yaxis }) {
  const x = along(xaxis, 1);
  const y = along(yaxis, -1);
  pen.save();
  pen.beginPath();
  pen.rect(xaxis._offset, yaxis._offset, xaxis._length, yaxis._length);
  pen.clip();
  pen.beginPath();
  let drawing = false;
  for (let i = 0; i < points.x.length; i += 1) {
    const [px, py] = [x(points.x[i]), y(points.y[i])];
    const there = Number.isFinite(px + py);
    if (there && drawing) pen.lineTo(px, py);
    else if (there) pen.moveTo(px, py);
    drawing = there;
  }
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  // Plotly's own dash
  pen.setLineDash(dashed ? [Math.max(3, 3 * width), Math.max(3, 3 * width)] : []);
  pen.stroke();
  pen.restore();
}

/** From a value to px along an axis. @param {any} axis @param {1 | -1} direction */
function along({ _offset: offset, _length: length, range, type }, direction) {
  const [lo, hi] = range.map(Number);
  const start = direction > 0 ? offset : offset + length;
  const scale = (direction * length) / (hi - lo);
  return type === "log"
    ? (/** @type {number} */ value) => start + (Math.log10(value) - lo) * scale
    : (/** @type {number} */ value) => start + (value - lo) * scale;
}
