// Drawing points on the plane. What is drawn is seen at once; at the end of each stroke the run begins anew with it.
import { setHidden } from "../../web/dom.js";
import { DRAWN } from "../../web/facts.js";
import { enough, pack, pointsOf, pointsOfRun, TOO_FEW, tooMany, unpack } from "./drawn_points.js";
import { Sheet } from "./sheet.js";
import { Sketch } from "./sketch.js";
import { DrawingTools } from "./tools.js";

const BETWEEN = 350; // ms between two wishes: each begins a run
const ASK_AGAIN = 2500; // ms; what is asked while Streamlit is busy may be lost
const ASK_PYTHON = 1000; // ms that the run may take to begin anew by itself
const TRIES = 3;
/** @type {[number, number]} */
const SIDE = [-DRAWN.reach, DRAWN.reach];

/**
 * @typedef {object} Plane   what is drawn on
 * @property {() => import("../boundary_chart.js").BoundaryChart | undefined} chart
 * @property {(points: string) => boolean} redraw   the run on the stage with these points; false where that cannot be
 * @property {(points: string) => void} ask   Python for a run with these points
 * @property {(sentence: string) => void} say
 * @property {(on: boolean) => void} changed   drawing begins or ends
 */

export class Drawing {
  on = false;
  /** @type {string | undefined} */
  wished = undefined; // what was asked for last, until it comes,
  /** @type {string | undefined} */
  of = undefined; // and the dataset on the stage when it was
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  later = undefined; // when it is asked for what was drawn since
  asked = -Infinity;

  /** @param {Plane} plane @param {HTMLButtonElement} button that begins it, and is hidden while points are drawn */
  constructor(plane, button) {
    this.plane = plane;
    this.button = button;
    this.sketch = new Sketch();
    this.tools = new DrawingTools({
      undo: () => this.step("undo"), redo: () => this.step("redo"), clear: () => this.clear(), done: () => this.end(),
      key: (event) => this.key(event),
    });
    this.sheet = new Sheet(this.sketch, {
      tool: () => this.tools.tool, chosen: () => this.tools.chosen, changed: () => this.show(), ended: () => this.wish(),
      key: (event) => this.key(event),
    });
  }

  /** The run on the stage. @param {import("../../web/decode.js").Message} hello @param {string} link that gives it again */
  setRun(hello, link) {
    this.hello = hello;
    const { dataset } = hello.header.experiment;
    this.own = dataset === "drawn";
    if (!this.own && dataset !== this.of) this.settled(); // chosen since points were asked for
    if (this.on && !this.own && this.wished === undefined) this.end(); // another dataset was chosen
    if (this.own) this.follow(pointsOf(link));
    this.place();
  }

  /** The points of the run, unless others are on their way. @param {string} packed */
  follow(packed) {
    if (this.wished === packed) return this.settled();
    if (this.wished !== undefined || this.later !== undefined || this.sheet.stroke) return;
    if (packed === pack(this.sketch.points)) return;
    if (this.on && !enough(this.sketch.points)) return; // what is begun is not lost
    this.sketch.take(unpack(packed));
    this.show();
  }

  begin() {
    const { hello } = this;
    if (!hello) return;
    if (!this.own) {
      const { points, refusal } = pointsOfRun(hello);
      if (refusal) return this.plane.say(refusal);
      this.sketch.take(points);
    }
    this.turn(true);
    if (!this.own) this.wish();
    this.sheet.node.focus({ preventScroll: true });
  }

  end() {
    const { focused } = this;
    this.turn(false);
    if (focused) this.button.focus({ preventScroll: true });
  }

  /** Whether the keyboard is at what goes away when drawing ends. */
  get focused() {
    return [this.tools.node, this.sheet.node].some((node) => node.contains(document.activeElement));
  }

  /** @param {boolean} on */
  turn(on) {
    this.on = on;
    setHidden(this.button, on);
    setHidden(this.tools.node, !on);
    setHidden(this.sheet.node, !on);
    this.plane.changed(on);
    if (on) this.plane.chart()?.show({ x1: SIDE, x2: SIDE });
    this.place();
    this.show();
  }

  /** The sheet lies where the axes are. */
  place() {
    const chart = this.plane.chart();
    const { frame } = chart?.picture ?? {};
    if (!this.on || !chart || !frame) return;
    this.tools.setTheme(chart.theme);
    this.sheet.place(frame, chart.theme);
  }

  show() {
    if (!this.on) return;
    const { sketch } = this;
    this.sheet.paint();
    const hint = sketch.full ? tooMany(sketch.points.length + 1) : enough(sketch.points) ? "" : TOO_FEW;
    if (this.tools.show(sketch, hint, this.sheet.where)) this.sheet.node.focus({ preventScroll: true });
  }

  // ---------------------------------------------------------------- the way back

  /** @param {"undo" | "redo"} way */
  step(way) {
    if (!this.sketch[way]()) return;
    this.show();
    this.wish();
  }

  clear() {
    this.sketch.begin();
    this.sketch.clear();
    this.sketch.end();
    this.show();
    this.wish();
  }

  /** Keys that are no cursor's. @param {KeyboardEvent} event @returns {boolean} whether it was one of these */
  key(event) {
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const k = Number(event.key) - 1;
    if (control && key === "z") this.step(event.shiftKey ? "redo" : "undo");
    else if (control && key === "y") this.step("redo");
    else if (event.key === "Escape") this.end();
    else if (!control && Number.isInteger(k) && k >= 0 && k < DRAWN.classes) this.tools.choose(k);
    else if (!control && key === "e") this.tools.take(this.tools.tool === "erase" ? "draw" : "erase");
    else return false;
    return true;
  }

  // ---------------------------------------------------------------- the run

  /** Ask for what is drawn: at once, but not more often than runs can begin. */
  wish() {
    if (!enough(this.sketch.points)) return;
    clearTimeout(this.later);
    const wait = this.asked + BETWEEN - performance.now();
    if (wait > 0) this.later = setTimeout(() => this.redraw(), wait);
    else this.redraw();
  }

  /** By the run itself, which is sooner, else by Python. */
  redraw() {
    if (!this.take()) return;
    if (!this.plane.redraw(/** @type {string} */ (this.wished))) return this.ask(TRIES);
    this.again = setTimeout(() => this.askPython(), ASK_PYTHON);
  }

  /** The run cannot begin anew by itself with what was drawn. */
  askPython() {
    if (this.wished !== undefined) this.ask(TRIES);
  }

  /** @param {number} tries */
  ask(tries) {
    if (!this.take()) return;
    this.plane.ask(/** @type {string} */ (this.wished));
    this.again = setTimeout(() => (tries > 1 ? this.ask(tries - 1) : this.settled()), ASK_AGAIN);
  }

  /** What is drawn by now is wished for. @returns {boolean} whether a run can learn from it */
  take() {
    clearTimeout(this.again);
    clearTimeout(this.later);
    this.later = undefined;
    const { points } = this.sketch;
    if (!enough(points)) return false;
    this.wished = pack(points);
    this.of = this.hello?.header.experiment.dataset;
    this.asked = performance.now();
    return true;
  }

  settled() {
    this.wished = undefined;
    clearTimeout(this.again);
  }

  /** @param {import("../../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.tools.setTheme(theme);
    this.place();
  }

  destroy() {
    clearTimeout(this.again);
    clearTimeout(this.later);
  }
}
