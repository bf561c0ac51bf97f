// The button that begins drawing points; what that takes is fetched when it is pressed first.
import { h, setHidden } from "../web/dom.js";
import { guide } from "../web/guide.js";

const NOT_LOADED = "Points cannot be drawn: this could not be loaded. Press the button again, or reload the page.";

export class DrawButton {
  /** @type {import("./drawing/drawing.js").Drawing | undefined} */
  drawing = undefined;
  /** @type {Parameters<import("./drawing/drawing.js").Drawing["setRun"]> | undefined} */
  run = undefined;
  /** @type {import("../web/theme.js").Theme | undefined} */
  theme = undefined;
  gone = false;
  possible = false; // to draw on the points of this run

  /**
   * @param {import("./drawing/drawing.js").Plane} plane
   * @param {(drawing: import("./drawing/drawing.js").Drawing) => void} take   its tools and its sheet into the page
   */
  constructor(plane, take) {
    this.plane = plane;
    this.take = take;
    this.node = h("button", {
      type: "button", class: "kp-button kp-small-button kp-draw-button", hidden: true, data: { testid: "draw-points" }, onclick: () => this.press(),
    });
    this.stopListening = guide.listen((topic) => topic === "free" && this.show());
  }

  /** The run on the stage. @param {import("../web/decode.js").Message} hello @param {string} link that gives it again */
  setRun(hello, link) {
    const { task, dataset, uses_features: inPlane } = hello.header.experiment;
    const own = dataset === "drawn";
    this.run = [hello, link];
    this.node.textContent = own ? "Draw" : "Edit";
    this.node.ariaLabel = own ? "Draw points" : "Edit these points";
    this.node.title = own ? "Draw, move and erase points on the chart" : "Make these points drawn ones: move and erase them, and draw more";
    this.possible = task !== "regression" && inPlane;
    this.drawing?.setRun(hello, link);
    this.show(); // after drawing, which may have ended with this run
  }

  show() {
    setHidden(this.node, Boolean(this.drawing?.on) || !this.possible || !guide.allows("dataset") || guide.locked.has("points"));
  }

  async press() {
    const drawing = await this.load().catch(() => undefined);
    if (this.gone) return;
    if (drawing) drawing.begin();
    else this.plane.say(NOT_LOADED);
  }

  async load() {
    if (this.drawing) return this.drawing;
    const { Drawing } = await import("./drawing/drawing.js");
    if (this.drawing || this.gone) return this.drawing;
    this.drawing = new Drawing(this.plane, this.node);
    this.take(this.drawing);
    if (this.theme) this.drawing.setTheme(this.theme);
    if (this.run) this.drawing.setRun(...this.run);
    return this.drawing;
  }

  /** The run cannot begin anew by itself with what was drawn. */
  askPython() {
    this.drawing?.askPython();
  }

  /** The sheet lies where the axes are. */
  place() {
    this.drawing?.place();
  }

  /** @param {import("../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.drawing?.setTheme(theme);
  }

  destroy() {
    this.gone = true;
    this.stopListening();
    this.drawing?.destroy();
  }
}
