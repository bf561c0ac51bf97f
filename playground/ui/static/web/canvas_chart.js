// A canvas with axes, for what is drawn while networks train.
import { h } from "./dom.js";

/** @typedef {{left: number, top: number, width: number, height: number}} Area  px of the plot within its axes */
/** @typedef {import("./theme.js").Theme} Theme */

export class Chart {
  /** @param {string} testid @param {{move: (x: number, y: number) => void, leave: () => void, click: () => void}} pointer px */
  constructor(testid, { move, leave, click }) {
    this.canvas = h("canvas", { role: "img", class: "kp-chart-canvas", "aria-label": "A chart that is being drawn", data: { testid } });
    this.node = h("div", {
      class: "kp-chart",
      onpointermove: (/** @type {PointerEvent} */ event) => {
        const box = this.canvas.getBoundingClientRect();
        move(event.clientX - box.left, event.clientY - box.top);
      },
      onpointerleave: leave, onclick: click,
    }, this.canvas);
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.width = this.height = 0;
  }

  /** What it shows, for who does not see it. @param {string} words */
  describe(words) {
    if (this.canvas.getAttribute("aria-label") !== words) this.canvas.setAttribute("aria-label", words);
  }

  /** Clear it, as large as its box is now. @returns {boolean} whether there is room to draw */
  begin() {
    const [width, height, ratio] = [this.node.clientWidth, this.node.clientHeight, Math.min(3, window.devicePixelRatio || 1)];
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across || this.canvas.height !== down) Object.assign(this.canvas, { width: across, height: down });
    [this.width, this.height] = [width, height];
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, width, height);
    return width > 60 && height > 60;
  }

  /** @param {Theme} theme @param {number} [size] px */
  font(theme, size = 11) {
    this.pen.font = `${size}px ${theme.font}`;
  }

  /** @param {string} text @param {number} x @param {number} y @param {{color: string, align?: CanvasTextAlign, base?: CanvasTextBaseline, most?: number}} how */
  text(text, x, y, { color, align = "left", base = "middle", most }) {
    Object.assign(this.pen, { fillStyle: color, textAlign: align, textBaseline: base });
    this.pen.fillText(most === undefined ? text : this.cut(text, most), x, y);
  }

  /** As much of a text as has room. @param {string} text @param {number} most px */
  cut(text, most) {
    if (this.pen.measureText(text).width <= most) return text;
    let end = text.length - 1;
    while (end > 1 && this.pen.measureText(`${text.slice(0, end)}…`).width > most) end -= 1;
    return `${text.slice(0, end)}…`;
  }

  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {string} color */
  rule(x0, y0, x1, y1, color) {
    const { pen } = this;
    pen.strokeStyle = color;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
    pen.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
    pen.stroke();
  }

  /** @param {Area} area @param {import("./axis_scale.js").AxisScale} scale @param {Theme} theme @param {(value: number) => string} [format] */
  axisUp(area, scale, theme, format) {
    for (const { value, text } of scale.ticks(Math.max(2, area.height / 44))) {
      const y = area.top + area.height * (1 - scale.at(value));
      this.rule(area.left, y, area.left + area.width, y, theme.border);
      this.text(format?.(value) ?? text, area.left - 6, y, { color: theme.muted, align: "right" });
    }
  }

  /** @param {Area} area @param {import("./axis_scale.js").AxisScale} scale @param {Theme} theme @param {string} title */
  axisAcross(area, scale, theme, title) {
    const base = area.top + area.height;
    for (const { value, text } of scale.ticks(Math.max(2, area.width / 70))) {
      const x = area.left + area.width * scale.at(value);
      this.rule(x, base, x, base + 4, theme.muted);
      this.text(text, x, base + 7, { color: theme.muted, align: "center", base: "top" });
    }
    this.text(title, area.left + area.width, base + 20, { color: theme.muted, align: "right", base: "top" });
  }

  /** The number of a pick. @param {number} number @param {string} color @param {number} x @param {number} y @param {Theme} theme */
  badge(number, color, x, y, theme) {
    const { pen } = this;
    pen.beginPath();
    pen.arc(x, y, 8, 0, 2 * Math.PI);
    pen.fillStyle = color;
    pen.fill();
    this.font(theme, 10);
    this.text(String(number), x, y + 0.5, { color: theme.background, align: "center" });
    this.font(theme);
  }
}
