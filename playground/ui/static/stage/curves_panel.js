// The panel of the curves: heading and switch.
import { checkbox } from "../web/controls.js";
import { h } from "../web/dom.js";
import { turnsInWords } from "./curve_turns.js";

const WORDS = "kp-curves-words";

export class CurvesPanel {
  /** @param {{log: (on: boolean) => void}} actions */
  constructor(actions) {
    const log = checkbox("Log scale", actions.log);
    this.title = h("h2", { class: "kp-title" }, "Loss and accuracy");
    this.note = h("p", { class: "kp-summary" });
    this.chart = h("div", { class: "kp-plot", data: { testid: "curves-chart" } });
    log.title = "Logarithmic axis for the loss";
    this.words = h("p", { class: "kp-hidden", id: WORDS, data: { testid: "curves-words" } });
    this.node = h("section", { class: "kp-panel kp-curves", "aria-label": "Loss and accuracy", "aria-describedby": WORDS },
      h("header", { class: "kp-panel-head" }, h("div", { class: "kp-heading" }, this.title, this.note), log),
      this.words, h("div", { class: "kp-plot-area" }, this.chart));
  }

  /** Where rates change, in words. @param {import("../web/messages.js").Turn[]} turns */
  showTurns(turns) {
    this.words.textContent = turnsInWords(turns);
  }

  /** @param {boolean} classification */
  showTask(classification) {
    this.title.textContent = classification ? "Loss and accuracy" : "Loss";
    this.note.textContent = classification ? "" : "Accuracy is not defined for regression.";
  }
}
