// Precision, recall and F1 of each class and their means, as a table.
import { h } from "../../web/dom.js";
import { shortClassName } from "../../web/given_names.js";

const COLUMNS = [["precision", "Precision", "Of the points called this class, the share that is"],
  ["recall", "Recall", "Of the points of this class, the share that is called so"],
  ["f1", "F1", "Harmonic mean of precision and recall"],
  ["support", "Points", "Points of this class"]];

/** @param {number} share */
const digits = (share) => share.toFixed(3);

export class ScoreTable {
  constructor() {
    this.body = h("tbody");
    this.node = h("table", { class: "kp-scores", data: { testid: "scores" } },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Class"),
        ...COLUMNS.map(([, text, hint]) => h("th", { scope: "col", title: hint }, text)))),
      this.body);
  }

  /** @param {Record<string, any>} header of a view with scores @param {Record<string, any>} [experiment] */
  show(header, experiment) {
    const { support } = header;
    const rows = support.map((/** @type {number} */ points, /** @type {number} */ k) =>
      row(shortClassName({ ...experiment, n_classes: support.length + 4 }, k), header.precision[k], header.recall[k], header.f1[k], points));
    const all = support.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0);
    const macro = row("Mean", header.macro_precision, header.macro_recall, header.macro_f1, all);
    macro.title = "The plain mean over the classes, also called macro average";
    this.body.replaceChildren(...rows, macro);
  }
}

/** @param {string} name @param {number} precision @param {number} recall @param {number} f1 @param {number} points */
function row(name, precision, recall, f1, points) {
  return h("tr", {}, h("th", { scope: "row" }, name),
    ...[...[precision, recall, f1].map(digits), String(points)].map((text) => h("td", {}, text)));
}
