// The two panels and everything in them that is not a chart: headings, switches, legend, notice.
import { h, setHidden, swatch } from "./dom.js";
import { formatCoordinate } from "./format.js";
import { classColors, SYMBOLS } from "./palette.js";
import { css } from "./theme.js";

/** @param {string} text @param {(on: boolean) => void} onchange */
function toggle(text, onchange) {
  const box = h("input", { type: "checkbox", onchange: () => onchange(box.checked) });
  const words = h("span", {}, text);
  return { text: words, label: h("label", { class: "kp-check" }, box, words) };
}

export class BoundaryPanel {
  /** @param {{discrete: (on: boolean) => void, test: (on: boolean) => void, rings: (on: boolean) => void}} actions */
  constructor(actions) {
    this.title = h("h2", { class: "kp-title" }, "Decision boundary");
    this.summary = h("p", { class: "kp-summary" });
    const option = (/** @type {string} */ text, /** @type {boolean} */ discrete, /** @type {string} */ title) => h("button", {
      type: "button", class: "kp-segment", title, "aria-pressed": String(!discrete),
      onclick: () => {
        this.select(discrete);
        actions.discrete(discrete);
      },
    }, text);
    this.options = [
      option("Confidence", false, "The stronger the colour, the surer the network"),
      option("Classes", true, "One colour a class, however sure the network is"),
    ];
    this.show = h("div", { class: "kp-segments", role: "group", "aria-label": "Show" }, ...this.options);
    const test = toggle("Test points", actions.test);
    this.testText = test.text;
    test.label.title = "Also draw the points held back from training, hollow";
    const rings = toggle("Mistakes", actions.rings);
    this.rings = rings.label;
    rings.label.title = "Ring the points that the network puts into the wrong class";
    this.chart = h("div", { class: "kp-plot", data: { testid: "boundary-chart" } });
    this.legend = h("div", { class: "kp-legend" });
    this.notice = new Notice();
    this.plot = h("div", { class: "kp-plot-area" }, this.chart, this.notice.node);
    this.node = h("section", { class: "kp-panel kp-boundary", "aria-label": "Decision boundary" },
      h("header", { class: "kp-panel-head" }, h("div", { class: "kp-heading" }, this.title, this.summary), this.show),
      this.plot, h("footer", { class: "kp-panel-foot" }, this.legend, h("span", { class: "kp-checks" }, test.label, rings.label)));
  }

  /** @param {boolean} discrete */
  select(discrete) {
    this.options.forEach((button, i) => button.setAttribute("aria-pressed", String((i === 1) === discrete)));
  }

  /**
   * @param {Record<string, any>} header of the hello
   * @param {import("./boundary_chart.js").BoundaryChart | null} chart
   * @param {import("./theme.js").Theme} theme
   */
  showRun(header, chart, theme) {
    const { task, n_classes: classes, n_train: train, n_test: test } = header.experiment;
    const regression = task === "regression";
    this.rings.hidden = regression;
    this.run = header;
    this.title.textContent = regression ? "Network output" : "Decision boundary";
    this.summary.textContent = header.summary ?? "";
    this.summary.title = this.summary.textContent;
    this.show.hidden = regression;
    const items = regression ? [] : classItems(classes, theme);
    if (chart && regression) items.push(...scaleItems(chart));
    if (chart && classes === 2 && !regression) items.splice(1, 0, bar(chart));
    if (!regression) items.push(h("span", { class: "kp-key" }, h("i", { class: "kp-line" }), classes === 2 ? "p = 0.5" : "boundary"));
    items.push(h("span", { class: "kp-key" }, swatch("circle", theme.muted, "none"), `training${part(header.shown_train, train)}`));
    this.testText.textContent = `Test points${part(header.shown_test, test)}`;
    this.legend.replaceChildren(...items);
  }

  /** Whose map is shown. @param {{layer: number, unit: number} | null} neuron */
  showFocus(neuron) {
    const regression = this.run?.experiment.task === "regression";
    this.title.textContent = neuron ? neuronName(neuron, this.run?.experiment ?? {}) : regression ? "Network output" : "Decision boundary";
    this.node.toggleAttribute("data-focus", Boolean(neuron));
  }
}

/**
 * What a neuron is called, also in the diagram.
 * @param {{layer: number, unit: number}} neuron @param {Record<string, any>} experiment
 */
export function neuronName({ layer, unit }, experiment) {
  if (layer === 0) return `Input ${FEATURE_NAMES[unit] ?? unit + 1}`;
  if (layer > (experiment.hidden ?? []).length) return `Output ${unit}`;
  return `Layer ${layer}, neuron ${unit + 1}`;
}

export const FEATURE_NAMES = ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"];

/** @param {number} classes @param {import("./theme.js").Theme} theme */
function classItems(classes, theme) {
  return classColors(classes).map((color, k) =>
    h("span", { class: "kp-key" }, swatch(SYMBOLS[k % SYMBOLS.length], css(color), theme.halo),
      classes > 3 ? String(k) : `class ${k}`));
}

/** @param {import("./boundary_chart.js").BoundaryChart} chart */
const bar = (chart) => h("i", { class: "kp-bar", style: `background: ${chart.gradient}` });

/** @param {import("./boundary_chart.js").BoundaryChart} chart */
function scaleItems(chart) {
  const [lo, hi] = chart.scale().target;
  return [formatCoordinate(lo), bar(chart), formatCoordinate(hi)].map((item) => h("span", { class: "kp-key" }, item));
}

/** How many are drawn, said only where it is not all. @param {number | undefined} shown @param {number} all */
const part = (shown, all) => (shown !== undefined && shown < all ? ` (${shown} of ${all})` : "");

/** A line over the chart that says what is going on, with at most one thing to press. */
export class Notice {
  constructor() {
    this.text = h("span");
    this.button = h("button", { type: "button", class: "kp-button kp-notice-button", hidden: true, onclick: () => this.action?.() });
    this.spinner = h("i", { class: "kp-spinner", "aria-hidden": "true" });
    this.node = h("div", { class: "kp-notice", hidden: true, data: { testid: "stage-notice" } }, this.spinner, this.text, this.button);
  }

  /**
   * @param {{text: string, kind?: "quiet" | "busy" | "alarm", button?: string, action?: () => void} | null} content
   */
  show(content) {
    setHidden(this.node, !content);
    if (!content) return;
    const { text, kind = "quiet", button = "", action } = content;
    if (this.text.textContent !== text) this.text.textContent = text;
    if (this.node.dataset.kind !== kind) this.node.dataset.kind = kind;
    setHidden(this.spinner, kind !== "busy");
    setHidden(this.button, !button);
    if (this.button.textContent !== button) this.button.textContent = button;
    this.action = action;
  }
}

export class CurvesPanel {
  /** @param {{log: (on: boolean) => void}} actions */
  constructor(actions) {
    const log = toggle("Log scale", actions.log);
    this.title = h("h2", { class: "kp-title" }, "Loss and accuracy");
    this.note = h("p", { class: "kp-summary" });
    this.chart = h("div", { class: "kp-plot", data: { testid: "curves-chart" } });
    log.label.title = "Logarithmic axis for the loss";
    this.node = h("section", { class: "kp-panel kp-curves", "aria-label": "Loss and accuracy" },
      h("header", { class: "kp-panel-head" }, h("div", { class: "kp-heading" }, this.title, this.note), log.label),
      h("div", { class: "kp-plot-area" }, this.chart));
  }

  /** @param {boolean} classification */
  showTask(classification) {
    this.title.textContent = classification ? "Loss and accuracy" : "Loss";
    this.note.textContent = classification ? "" : "Accuracy is not defined for regression.";
  }
}
