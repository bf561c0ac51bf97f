// Where the network is wrong and how often: tables, curves, and points on the plane.
import { h } from "../../web/dom.js";
import { formatEpoch, formatShare } from "../../web/format.js";
import { Choice, Segments } from "../../web/controls.js";
import { CONFIG, themed } from "../../web/figure_theme.js";
import { PlanePoints } from "./plane_points.js";
import { ScoreTable } from "./score_table.js";

/** @typedef {import("../../web/decode.js").Message} Message */

const OPTIONS = /** @type {Record<string, [string, string][]>} */ ({
  classification: [["matrix", "Confusion matrix"], ["roc", "ROC curve"], ["calibration", "Calibration"],
    ["parts", "Training beside test"], ["truth", "True beside predicted"]],
  regression: [["residuals", "Residuals"], ["truth", "True beside predicted"]],
});
const PARTS = { train: "Training", validation: "Validation", test: "Test" };
const ON_PLANE = ["parts", "truth"];

export const TAB = { order: 4, title: "Errors", hint: "Where the network is wrong, and how often" };

export default class ErrorsView {
  /** @type {unknown} */
  sidesKey;

  /** @param {import("../view_host.js").ViewContext} context */
  constructor(context) {
    this.context = context;
    this.theme = context.theme;
    this.option = "matrix";
    /** @type {keyof typeof PARTS} */
    this.part = "test";
    this.first = { chart: this.option, part: this.part };
    this.parts = new Segments("Points", (part) => this.choose({ part }));
    this.options = new Choice("Errors shown as", (option) => this.choose({ option }));
    this.head = h("div", { class: "kp-view-switches" }, this.options.node, this.parts.node);
    this.line = h("p", { class: "kp-view-line kp-error-line", data: { testid: "error-line" } });
    this.figure = h("div", { class: "kp-figure", data: { testid: "error-figure" } });
    this.table = new ScoreTable();
    this.planes = new PlanePoints();
    this.main = h("div", { class: "kp-errors" }, this.figure, this.table.node, this.planes.node);
    this.node = h("div", { class: "kp-view-column", data: { testid: "errors" } }, this.line, this.main);
    this.showSwitches();
  }

  get task() {
    return this.hello?.header.experiment.task === "regression" ? "regression" : "classification";
  }

  // ---------------------------------------------------------------- what is wanted

  /** @param {{option?: string, part?: any}} change */
  choose(change) {
    Object.assign(this, change);
    this.message = undefined;
    this.showSwitches();
    this.context.want({ chart: this.option, part: this.part });
    this.redraw();
  }

  showSwitches() {
    const facts = this.hello?.header.experiment ?? {};
    const there = /** @type {(keyof typeof PARTS)[]} */ (["train", ...(facts.n_validation ? ["validation"] : []), "test"]);
    this.parts.show(there.map((part) => [part, PARTS[part], `Judge the ${PARTS[part].toLowerCase()} points`]), this.part);
    this.parts.node.hidden = this.option === "parts" && there.length === 2; // both are shown
    this.options.show(OPTIONS[this.task], this.option);
    this.node.dataset.option = this.option;
    this.table.node.hidden = true;
    this.figure.hidden = ON_PLANE.includes(this.option);
    this.planes.node.hidden = !this.figure.hidden;
  }

  // ---------------------------------------------------------------- news

  /** @param {Message} hello */
  setRun(hello) {
    if (hello.header.run !== this.hello?.header.run) this.message = this.lastFrame = undefined;
    this.hello = hello;
    this.planes.grid.nameAxes(hello.header.experiment);
    const known = OPTIONS[this.task].some(([option]) => option === this.option);
    const there = this.part !== "validation" || hello.header.experiment.n_validation;
    if (known && there) this.showSwitches();
    else this.choose({ option: known ? this.option : OPTIONS[this.task][0][0], part: there ? this.part : "test" });
  }

  /** @param {Message} frame */
  frame(frame) {
    this.lastFrame = frame;
    if (ON_PLANE.includes(this.option)) this.redraw();
  }

  /** @param {Message} message */
  show(message) {
    const { chart, part } = message.header.view;
    if (chart !== this.option || part !== this.part) return;
    this.message = message;
    this.redraw();
  }

  // ---------------------------------------------------------------- drawing

  redraw() {
    const { message } = this;
    if (this.option !== "parts") this.line.textContent = message ? sentence(message.header) : "";
    if (ON_PLANE.includes(this.option)) return this.drawPlanes();
    const drawable = Boolean(message?.arrays.figure);
    this.figure.style.visibility = drawable ? "visible" : "hidden";
    this.table.node.hidden = !(drawable && this.option === "matrix");
    if (drawable && message) this.drawFigure(message);
  }

  /** @param {Message} message */
  drawFigure({ header, arrays }) {
    const Plotly = this.context.plotly();
    if (this.option === "matrix") this.table.show(header, this.hello?.header.experiment);
    const { clientWidth: width, clientHeight: height } = this.figure;
    if (!Plotly || !width || !height) return;
    const figure = JSON.parse(new TextDecoder().decode(/** @type {Uint8Array} */ (arrays.figure.data)));
    const { data, layout } = themed(figure, this.theme, { width, height });
    Plotly.react(this.figure, data, layout, CONFIG);
    this.drawn = true;
  }

  drawPlanes() {
    if (this.option === "parts" && this.lastFrame && this.hello) this.line.textContent = accuracies(this.lastFrame.header, this.hello.header);
    const scale = this.context.chart()?.scale();
    const sides = this.option === "parts" ? this.sidesOfParts() : this.sidesOfTruth();
    if (!scale || !this.lastFrame || !sides) return;
    this.planes.setSides(sides);
    this.planes.draw(this.lastFrame, scale, this.theme);
  }

  /** Training points beside the part that is held back. */
  sidesOfParts() {
    if (!this.hello) return null;
    const { arrays } = this.hello;
    const other = this.part === "train" ? "test" : this.part;
    const parts = /** @type {(keyof typeof PARTS)[]} */ (["train", arrays[`${other}_x`] ? other : "test"]);
    const key = `${this.hello.header.run}${parts}`;
    if (this.sidesKey !== key) {
      this.sidesKey = key;
      this.sides = parts.map((part) => ({ title: `${PARTS[part]} points`, short: PARTS[part], X: arrays[`${part}_x`], y: arrays[`${part}_y`] }));
    }
    return this.sides;
  }

  /** What is true beside what the network says, of the points the server has judged. */
  sidesOfTruth() {
    if (!this.message?.arrays.X) return null;
    if (this.sidesKey !== this.message) {
      this.sidesKey = this.message;
      const { X, y, says } = this.message.arrays;
      const words = this.task === "regression" ? ["Targets", "Outputs"] : ["True classes", "Predicted classes"];
      this.sides = [{ title: words[0], short: "True", X, y }, { title: words[1], short: "Predicted", X, y: says, truth: y }];
    }
    return this.sides;
  }

  /** @param {import("../../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.redraw();
  }

  resize() {
    this.planes.resize();
    this.redraw();
  }

  destroy() {
    if (this.drawn) this.context.plotly()?.purge(this.figure);
  }
}

/** The figures of a view in words. @param {Record<string, any>} header */
function sentence(header) {
  const { part, points, of } = header;
  const name = PARTS[/** @type {keyof typeof PARTS} */ (part)].toLowerCase();
  const which = points < of ? `first ${formatEpoch(points)} of ${formatEpoch(of)} ${name} points` : `${formatEpoch(points)} ${name} points`;
  if (header.note) return header.note;
  const drawn = header.drawn < points ? `, ${formatEpoch(header.drawn)} drawn` : "";
  return `${figuresOf(header)}${which}${drawn}`;
}

/** @param {Record<string, any>} frame @param {Record<string, any>} hello */
function accuracies(frame, hello) {
  const watched = hello.experiment.n_validation ? "validation" : "test";
  return `Training accuracy ${formatShare(frame.accuracy)} · ${watched} accuracy ${formatShare(frame.val_accuracy)}`;
}

/** @param {Record<string, any>} header */
function figuresOf({ chart: option, accuracy, auc, mae, r2, wrong, bins }) {
  if (option === "matrix") return `Accuracy ${formatShare(accuracy)} · `;
  if (option === "roc") return `AUC ${auc.toFixed(4)} · `;
  if (option === "calibration") return `${bins} bin${bins === 1 ? "" : "s"} of 0.1 with points · `;
  if (wrong !== undefined) return `${formatEpoch(wrong)} wrong of `;
  return `MAE ${mae.toPrecision(3)} · R² ${r2 == null ? "–" : r2.toFixed(3)} · `.replaceAll("-", "\u2212");
}
