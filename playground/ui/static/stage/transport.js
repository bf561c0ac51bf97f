// The bar that runs a run: New weights besides, whether weights were changed by hand, and the current figures.
import { h, LiveText } from "../web/dom.js";
import { formatLoss, formatRate, formatShare } from "../web/format.js";
import { iconButton, Transport } from "../web/transport.js";

/** @typedef {import("../web/transport.js").TransportActions & {newWeights: () => void, notes: HTMLElement[], offers: {text: string, hint: string, act: () => void}[]}} RunActions */

/** @type {Record<string, (value: number | null | undefined) => string>} */
const FORMATS = {
  loss: formatLoss, val_loss: formatLoss, accuracy: formatShare, val_accuracy: formatShare, learning_rate: formatRate,
};
const LINK = {
  hint: "Copy the link to this experiment",
  choices: [
    { text: "The experiment", hint: "Every knob; whoever opens it starts at epoch 0" },
    { text: "As I see it now", hint: "Besides the knobs: tab, speed, points, colours, log scale and the epoch shown, to which it trains" },
  ],
};

export class RunTransport extends Transport {
  /** @type {Record<string, LiveText>} */
  texts;
  /** @type {Record<string, HTMLElement>} */
  cells;
  /** @type {Text} */
  watched;

  /** @param {RunActions} actions */
  constructor(actions) {
    const weights = iconButton("weights", "New weights", actions.newWeights, "Start again from other initial weights");
    weights.classList.add("kp-weights");
    const edited = h("span", { class: "kp-edited", hidden: true, data: { testid: "edited" }, title: "Weights of this run were changed by hand. Its link says so, and does not hold them." }, "edited");
    super(actions, { buttons: [weights], notes: [edited, ...actions.notes], link: { ...LINK, offers: actions.offers } });
    this.weightsButton = weights;
    this.edited = edited;
    this.buildFigures();
  }

  buildFigures() {
    /** @type {Record<string, LiveText>} */
    this.texts = Object.fromEntries(["loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"].map((name) => [name, new LiveText("–")]));
    const cell = (/** @type {string} */ name, more = {}) =>
      h("td", { data: { figure: name }, ...more }, h("span", { class: "kp-value" }, this.texts[name].node));
    this.cells = Object.fromEntries(["loss", "accuracy", "val_loss", "val_accuracy"].map((name) => [name, cell(name)]));
    this.rate = cell("learning_rate", { rowspan: 2, class: "kp-rate" });
    this.watched = document.createTextNode("Test");
    const head = (/** @type {string} */ text) => h("th", { scope: "col" }, text);
    const row = (/** @type {string | Node} */ text, /** @type {string} */ kind, /** @type {Node[]} */ cells) =>
      h("tr", {}, h("th", { scope: "row" }, h("span", { class: `kp-dash kp-dash-${kind}`, "aria-hidden": "true" }), text),
        ...cells);
    this.accuracyHead = head("Accuracy");
    this.figures = h("table", { class: "kp-figures" },
      h("thead", {}, h("tr", {}, h("td", {}), head("Loss"), this.accuracyHead, head("Rate"))),
      h("tbody", {},
        row("Training", "train", [this.cells.loss, this.cells.accuracy, this.rate]),
        row(this.watched, "test", [this.cells.val_loss, this.cells.val_accuracy])));
    this.figures.tHead.rows[0].cells[3].title = "Learning rate";
  }

  /** @param {Record<string, any>} header of the frame on screen @param {boolean} holdScrubber */
  showFrame(header, holdScrubber) {
    for (const [name, text] of Object.entries(this.texts)) text.write(FORMATS[name](header[name]));
    super.showFrame(header, holdScrubber);
  }

  /** @param {boolean} edited weights were changed by hand */
  showEdited(edited) {
    this.edited.hidden = !edited;
  }

  /** @param {boolean} classification @param {string} watched the part beside training @param {number} epochs after which training ends */
  showTask(classification, watched, epochs) {
    this.showEnd(epochs);
    this.watched.data = watched;
    for (const cell of [this.accuracyHead, this.cells.accuracy, this.cells.val_accuracy]) cell.hidden = !classification;
  }
}
