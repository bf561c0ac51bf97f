// The panel of the curves: heading and switch.
import { checkbox } from "../web/controls.js";
import { h, setHidden } from "../web/dom.js";
import { turnsInWords } from "./curve_turns.js";

const WORDS = "kp-curves-words";

export class CurvesPanel {
  /** @param {{log: (on: boolean) => void, whole: (on: boolean) => void}} actions */
  constructor(actions) {
    const log = checkbox("Log scale", actions.log);
    this.title = h("h2", { class: "kp-title" }, "Loss and accuracy");
    this.note = h("p", { class: "kp-summary" });
    this.chart = h("div", { class: "kp-plot", data: { testid: "curves-chart" } });
    /** @type {HTMLInputElement} */
    this.log = log.firstElementChild;
    log.title = "Logarithmic axis for the loss";
    this.whole = checkbox("All values", actions.whole);
    this.whole.title = "The loss axis also holds the value that lies far above all others";
    this.whole.hidden = true;
    this.words = h("p", { class: "kp-hidden", id: WORDS, data: { testid: "curves-words" } });
    this.node = h("section", { class: "kp-panel kp-curves", "aria-label": "Loss and accuracy", "aria-describedby": WORDS },
      h("header", { class: "kp-panel-head" }, h("div", { class: "kp-heading" }, this.title, this.note), this.whole, log),
      this.words, h("div", { class: "kp-plot-area" }, this.chart));
  }

  /** Where rates change, in words. @param {import("../web/messages.js").Turn[]} turns */
  showTurns(turns) {
    this.words.textContent = turnsInWords(turns);
  }

  /** Whether a loss lies so far above the others that the axis leaves it out. @param {boolean} cut */
  showCut(cut) {
    setHidden(this.whole, !cut);
  }

  /** @param {boolean} classification */
  showTask(classification) {
    this.title.textContent = classification ? "Loss and accuracy" : "Loss";
    this.note.textContent = classification ? "" : "Accuracy is not defined for regression.";
  }
}
