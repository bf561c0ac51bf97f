// The sheet that lies over the plane while points are drawn: what is drawn is on it at once.
import { h } from "../../web/dom.js";
import { formatCoordinate } from "../../web/format.js";
import { outline } from "../../web/outlines.js";
import { DRAWN, SYMBOLS } from "../../web/facts.js";
import { classColors } from "../../web/palette.js";
import { sizeOf } from "../point_traces.js";
import { css } from "../../web/theme.js";
import { SPRAY_EVERY } from "./sketch.js";

const TOUCHED = { mouse: 6, pen: 10, touch: 14 }; // px from a point at which it is taken up
const SLIP = 4; // px that a press may slip without moving the point
const ON_TOP = 3; // px from a point within which another could not be seen
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const STEP = 0.25; // of the cursor, units of the axes
const FINE = 0.05; // with Shift

/** @typedef {import("../boundary_picture.js").Frame} Frame */

export class Sheet {
  /** @type {Frame | undefined} */
  frame;
  /** @type {{kind: "move" | "draw" | "erase", index: number, x1: number, x2: number, left: number, moved: boolean} | null} */
  stroke = null;
  cursor = { x1: 0, x2: 0, shown: false };

  /**
   * @param {import("./sketch.js").Sketch} sketch
   * @param {{tool: () => string, chosen: () => number, changed: () => void, ended: () => void, key: (event: KeyboardEvent) => boolean}} actions
   */
  constructor(sketch, actions) {
    this.sketch = sketch;
    this.actions = actions;
    this.node = h("canvas", {
      class: "kp-sheet", hidden: true, tabindex: 0, role: "application", "aria-roledescription": "drawing",
      "aria-label": "Plane to draw on: arrow keys move the cursor, Enter adds a point, Delete erases, 1 to 6 choose the class, Escape ends drawing",
      data: { testid: "drawing-sheet" },
      onpointerdown: (/** @type {PointerEvent} */ event) => this.down(event),
      onpointermove: (/** @type {PointerEvent} */ event) => this.move(event),
      onpointerup: (/** @type {PointerEvent} */ event) => this.up(event),
      onpointercancel: () => this.end(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      onblur: () => this.showCursor(false),
    });
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.node.getContext("2d"));
  }

  /** @param {Frame} frame where the axes are @param {import("../../web/theme.js").Theme} theme */
  place(frame, theme) {
    this.frame = frame;
    this.theme = theme;
    const { left, top, width, height } = frame;
    Object.assign(this.node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    this.ratio = Math.min(3, window.devicePixelRatio || 1);
    [this.node.width, this.node.height] = [width, height].map((px) => Math.round(px * (this.ratio ?? 1)));
    this.paint();
  }

  // ---------------------------------------------------------------- painting

  paint() {
    const { frame, pen, theme, ratio = 1, sketch } = this;
    if (!frame || !theme || this.node.hidden) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, frame.width, frame.height);
    const radius = (sizeOf(sketch.points.length) * theme.scale) / 2;
    const colors = classColors(DRAWN.classes).map(css);
    const outlines = SYMBOLS.map((symbol) => outline(symbol, radius));
    pen.strokeStyle = theme.halo;
    pen.lineWidth = 1;
    for (const [x1, x2, k] of sketch.points) {
      const [x, y] = this.px(x1, x2);
      pen.setTransform(ratio, 0, 0, ratio, x * ratio, y * ratio);
      pen.fillStyle = colors[k];
      pen.fill(outlines[k]);
      pen.stroke(outlines[k]);
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.cursor.shown) this.paintCursor(theme);
  }

  /** @param {import("../../web/theme.js").Theme} theme */
  paintCursor({ text, background }) {
    const [x, y] = this.px(this.cursor.x1, this.cursor.x2);
    for (const [color, width] of /** @type {[string, number][]} */ ([[background, 4], [text, 1.5]])) {
      this.pen.strokeStyle = color;
      this.pen.lineWidth = width;
      this.pen.beginPath();
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        this.pen.moveTo(x + 5 * dx, y + 5 * dy);
        this.pen.lineTo(x + 12 * dx, y + 12 * dy);
      }
      this.pen.stroke();
    }
  }

  /** @param {number} x1 @param {number} x2 */
  px(x1, x2) {
    const { width, height, x1: [left, right], x2: [low, high] } = /** @type {Frame} */ (this.frame);
    return [((x1 - left) / (right - left)) * width, ((high - x2) / (high - low)) * height];
  }

  // ---------------------------------------------------------------- pointer

  /** @param {PointerEvent} event */
  at(event) {
    const { width, height, x1: [left, right], x2: [low, high] } = /** @type {Frame} */ (this.frame);
    const box = this.node.getBoundingClientRect();
    const [s, t] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    return { x1: left + (right - left) * s, x2: high - (high - low) * t, unit: Math.min(width / (right - left), height / (high - low)) };
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (!this.frame || event.button > 0 || !event.isPrimary) return;
    event.preventDefault();
    this.node.focus({ preventScroll: true });
    this.node.setPointerCapture(event.pointerId);
    this.cursor.shown = false;
    const { x1, x2, unit } = this.at(event);
    const { sketch } = this;
    const touched = TOUCHED[/** @type {keyof typeof TOUCHED} */ (event.pointerType)] ?? TOUCHED.mouse;
    const index = sketch.nearest(x1, x2, touched / unit);
    sketch.begin();
    const kind = this.actions.tool() === "erase" ? "erase" : index >= 0 ? "move" : "draw";
    this.stroke = { kind, index, x1, x2, left: SPRAY_EVERY, moved: false };
    if (kind === "erase") sketch.erase(x1, x2);
    else if (kind === "draw") sketch.add(x1, x2, this.actions.chosen());
    this.changed();
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.stroke || !event.isPrimary) return;
    // Between two pictures the browser gathers what the pointer did.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) this.go(this.at(each));
    this.changed();
  }

  /** @param {{x1: number, x2: number, unit: number}} to */
  go(to) {
    const { stroke, sketch } = this;
    if (!stroke) return;
    const way = Math.hypot(to.x1 - stroke.x1, to.x2 - stroke.x2);
    if (stroke.kind === "move") {
      stroke.moved ||= way * to.unit > SLIP;
      if (stroke.moved) sketch.move(stroke.index, to.x1, to.x2);
      return;
    }
    for (let gone = stroke.left; gone <= way; gone += SPRAY_EVERY) this.dab(stroke, to, gone / way);
    stroke.left = stroke.left > way ? stroke.left - way : SPRAY_EVERY - ((way - stroke.left) % SPRAY_EVERY);
    Object.assign(stroke, { x1: to.x1, x2: to.x2 });
  }

  /** @param {{kind: string, x1: number, x2: number}} from @param {{x1: number, x2: number}} to @param {number} share of the way */
  dab({ kind, x1, x2 }, to, share) {
    const [a, b] = [x1 + (to.x1 - x1) * share, x2 + (to.x2 - x2) * share];
    if (kind === "erase") this.sketch.erase(a, b);
    else this.sketch.spray(a, b, this.actions.chosen());
  }

  /** What took up a point and did not move it was meant for a point of its own, as close as it is. @param {PointerEvent} event */
  up(event) {
    const { stroke, sketch } = this;
    if (stroke?.kind === "move" && !stroke.moved && sketch.nearest(stroke.x1, stroke.x2, ON_TOP / this.at(event).unit) < 0) {
      sketch.add(stroke.x1, stroke.x2, this.actions.chosen());
      this.changed();
    }
    this.end();
  }

  end() {
    if (!this.stroke) return;
    this.stroke = null;
    if (this.sketch.end()) this.actions.ended();
  }

  changed() {
    this.paint();
    this.actions.changed();
  }

  // ---------------------------------------------------------------- keyboard

  /** @param {KeyboardEvent} event */
  key(event) {
    const { key } = event;
    const way = KEYS[/** @type {keyof typeof KEYS} */ (key)];
    const cursor = this.cursor;
    if (way && !event.ctrlKey && !event.metaKey && !event.altKey) this.walk(way, event.shiftKey ? FINE : STEP);
    else if (key === "Enter") this.edit(() => this.sketch.add(cursor.x1, cursor.x2, this.actions.chosen()));
    else if (key === "Delete" || key === "Backspace") this.edit(() => this.sketch.erase(cursor.x1, cursor.x2));
    else if (!this.actions.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number[]} way @param {number} step */
  walk([right, up], step) {
    const within = (/** @type {number} */ x) => Math.max(-DRAWN.reach, Math.min(DRAWN.reach, Math.round(100 * x) / 100));
    const { x1, x2 } = this.cursor;
    this.cursor = { x1: within(x1 + step * right), x2: within(x2 + step * up), shown: true };
    this.paint();
    this.actions.changed();
  }

  /** @param {() => void} act */
  edit(act) {
    this.cursor.shown = true;
    this.sketch.begin();
    act();
    this.changed();
    if (this.sketch.end()) this.actions.ended();
  }

  /** @param {boolean} shown */
  showCursor(shown) {
    this.cursor.shown = shown;
    this.paint();
  }

  /** Where the cursor is, in words; nothing while it is not shown. */
  get where() {
    const { x1, x2, shown } = this.cursor;
    return shown ? `x\u2081\u00a0${formatCoordinate(x1)},\u00a0x\u2082\u00a0${formatCoordinate(x2)}` : "";
  }
}
