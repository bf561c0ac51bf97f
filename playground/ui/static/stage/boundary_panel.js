// The panel of the boundary and everything in it that is not a chart: heading, switches, legend.
import { checkbox } from "../web/controls.js";
import { h } from "../web/dom.js";
import { formatCoordinate } from "../web/format.js";
import { classKeys, key, mistakeMarks, testMarks, trainingMarks } from "./boundary_legend.js";
import { neuronName } from "./names.js";
import { Notice } from "../web/notice.js";

export class BoundaryPanel {
  /** @param {{discrete: (on: boolean) => void, test: (on: boolean) => void, rings: (on: boolean) => void, reset: () => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.discrete = false;
    this.title = h("h2", { class: "kp-title" }, "Decision boundary");
    this.summary = h("p", { class: "kp-summary" });
    const option = (/** @type {string} */ text, /** @type {boolean} */ discrete, /** @type {string} */ title) => h("button", {
      type: "button", class: "kp-segment", title, "aria-pressed": String(!discrete),
      onclick: () => this.choose(discrete),
    }, text);
    this.options = [
      option("Confidence", false, "The stronger the colour, the surer the network"),
      option("Classes", true, "One colour a class, however sure the network is"),
    ];
    this.show = h("div", { class: "kp-segments", role: "group", "aria-label": "Show" }, ...this.options);
    const test = checkbox("Test points", actions.test);
    /** @type {HTMLInputElement} */
    this.test = test.firstElementChild;
    this.testText = test.lastElementChild;
    test.title = "Also draw the points held back from training, hollow";
    this.takeTest = actions.test;
    const rings = checkbox("Mistakes", actions.rings);
    this.rings = rings;
    /** @type {HTMLInputElement} */
    this.mistakes = rings.firstElementChild;
    rings.title = "Ring the points that the network puts into the wrong class";
    this.testMark = h("span", { class: "kp-mark" });
    this.mistakeMark = h("span", { class: "kp-mark" });
    test.lastElementChild.before(this.testMark);
    rings.lastElementChild.before(this.mistakeMark);
    this.resetButton = h("button", {
      type: "button", class: "kp-button kp-small-button kp-reset", hidden: true, title: "Show the whole plane again", onclick: () => actions.reset(),
    }, "Reset zoom");
    this.chart = h("div", { class: "kp-plot", data: { testid: "boundary-chart" } });
    this.legend = h("div", { class: "kp-legend" });
    this.held = h("p", { class: "kp-fixed", hidden: true, data: { testid: "fixed" } });
    this.notice = new Notice("stage-notice");
    this.plot = h("div", { class: "kp-plot-area" }, this.chart, this.resetButton, this.notice.node);
    this.node = h("section", { class: "kp-panel kp-boundary", "aria-label": "Decision boundary" },
      h("header", { class: "kp-panel-head" }, h("div", { class: "kp-heading" }, this.title, this.summary), this.show),
      this.plot, this.held, h("footer", { class: "kp-panel-foot" }, this.legend, this.checks = h("span", { class: "kp-checks" }, test, rings)));
  }

  /** Where points are drawn. @param {import("./drawing/drawing.js").Drawing} drawing */
  takeDrawing({ tools, sheet }) {
    this.plot.before(tools.node);
    this.chart.after(sheet.node);
  }

  /** Classes or confidence. @param {boolean} discrete */
  choose(discrete) {
    this.discrete = discrete;
    this.actions.discrete(discrete);
    this.options.forEach((button, i) => button.setAttribute("aria-pressed", String((i === 1) === discrete)));
  }

  /**
   * @param {Record<string, any>} header of the hello
   * @param {import("./boundary_chart.js").BoundaryChart | null} chart
   * @param {import("../web/theme.js").Theme} theme
   */
  showRun(header, chart, theme) {
    const { task, n_classes: classes, n_train: train, n_test: test } = header.experiment;
    const regression = task === "regression";
    this.rings.hidden = regression;
    this.run = header;
    this.title.textContent = regression ? "Network output" : "Decision boundary";
    this.summary.textContent = header.summary ?? "";
    this.summary.title = this.summary.textContent;
    const { target, held } = header.experiment;
    this.held.textContent = [target && `Learns ${target}.`, held].filter(Boolean).join(" ");
    this.held.title = this.held.textContent;
    this.held.hidden = !this.held.textContent;
    this.show.hidden = regression;
    const shown = { task, classes, scale: chart?.scale() ?? null };
    const items = regression ? [] : classKeys(header.experiment, theme);
    if (chart && regression) items.push(...scaleItems(chart));
    if (chart && classes === 2 && !regression) items.splice(1, 0, bar(chart));
    if (!regression) items.push(key(h("i", { class: "kp-line" }), classes === 2 ? "p = 0.5" : "boundary"));
    items.push(key(trainingMarks(shown, theme), `training${part(header.shown_train, train)}`));
    this.testMark.replaceChildren(testMarks(shown, theme));
    this.mistakeMark.replaceChildren(mistakeMarks(shown, theme));
    this.testText.textContent = `Test points${part(header.shown_test, test)}`;
    this.legend.replaceChildren(...items);
  }

  /** Draw the test points, or do not, as if it had been clicked. @param {boolean} on */
  setTest(on) {
    this.test.checked = on;
    this.takeTest(on);
  }

  get showsTest() {
    return this.test.checked;
  }

  /** Whose map is shown. @param {{layer: number, unit: number} | null} neuron */
  showFocus(neuron) {
    const regression = this.run?.experiment.task === "regression";
    this.title.textContent = neuron ? neuronName(neuron, this.run?.experiment ?? {}) : regression ? "Network output" : "Decision boundary";
    this.node.toggleAttribute("data-focus", Boolean(neuron));
  }
}

/** @param {import("./boundary_chart.js").BoundaryChart} chart */
const bar = (chart) => h("i", { class: "kp-bar", style: `background: ${chart.gradient}` });

/** @param {import("./boundary_chart.js").BoundaryChart} chart */
function scaleItems(chart) {
  const [lo, hi] = chart.scale().target;
  return [formatCoordinate(lo), bar(chart), formatCoordinate(hi)].map((item) => key(item));
}

/** How many are drawn, said only where it is not all. @param {number | undefined} shown @param {number} all */
const part = (shown, all) => (shown !== undefined && shown < all ? ` (${shown} of ${all})` : "");
