// The panel of the curves: heading and switch.
import { checkbox } from "../web/controls.js";
import { h } from "../web/dom.js";

export class CurvesPanel {
  /** @param {{log: (on: boolean) => void}} actions */
  constructor(actions) {
    const log = checkbox("Log scale", actions.log);
    this.title = h("h2", { class: "kp-title" }, "Loss and accuracy");
    this.note = h("p", { class: "kp-summary" });
    this.chart = h("div", { class: "kp-plot", data: { testid: "curves-chart" } });
    /** @type {HTMLInputElement} */
    this.log = log.firstElementChild;
    log.title = "Logarithmic axis for the loss";
    this.node = h("section", { class: "kp-panel kp-curves", "aria-label": "Loss and accuracy" },
      h("header", { class: "kp-panel-head" }, h("div", { class: "kp-heading" }, this.title, this.note), log),
      h("div", { class: "kp-plot-area" }, this.chart));
  }

  /** @param {boolean} classification */
  showTask(classification) {
    this.title.textContent = classification ? "Loss and accuracy" : "Loss";
    this.note.textContent = classification ? "" : "Accuracy is not defined for regression.";
  }
}
