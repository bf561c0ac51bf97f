// Small planes side by side, as large as the panel lets them be.
import { h } from "../../web/dom.js";
import { axesInWords, isPlain } from "../../web/given_names.js";
import { scaleOf } from "../../web/theme.js";
import { HEAD, marginOf, PlanePanel, ROOMY } from "./plane_panel.js";

const GAP = 6;
const SMALLEST = 40;

/**
 * The number of columns that leaves the most room to each of so many squares.
 * @param {number} count @param {number} width @param {number} height @param {boolean} named whether their axes are x₁ and x₂
 */
function arrange(count, width, height, named) {
  let best = { columns: 1, size: SMALLEST };
  for (let columns = 1; columns <= count; columns += 1) {
    const across = (width - GAP * (columns - 1)) / columns;
    const rows = Math.ceil(count / columns);
    const size = sizeIn(across, (height - GAP * (rows - 1)) / rows, named);
    if (size > best.size) best = { columns, size };
  }
  return best;
}

/** Size of the axes' box in a cell: wide margins only where they leave it large. @param {number} across @param {number} down @param {boolean} named */
function sizeIn(across, down, named) {
  const fitting = (/** @type {number} */ size) => {
    const { left, right, top, bottom } = marginOf(size, named);
    return Math.floor(Math.min(across - left - right, down - HEAD - top - bottom));
  };
  const roomy = fitting(Infinity);
  return roomy >= ROOMY ? roomy : Math.min(fitting(0), ROOMY - 1);
}

export class PlaneGrid {
  constructor() {
    this.box = h("div", { class: "kp-planes" });
    this.axes = h("p", { class: "kp-plane-axes", hidden: true, data: { testid: "plane-axes" } });
    this.node = h("div", { class: "kp-planes-column" }, this.box, this.axes);
    this.named = true;
    /** @type {PlanePanel[]} */
    this.panels = [];
  }

  /** So many panels from now on. @param {number} count */
  setCount(count) {
    if (count === this.panels.length) return;
    this.panels = Array.from({ length: count }, () => new PlanePanel());
    this.nameAll();
    this.box.replaceChildren(...this.panels.map((panel) => panel.node));
    this.resize();
  }

  /** x₁ and x₂ are named at each panel; names of a table are longer than a panel and stand under all. @param {Record<string, any> | undefined} experiment */
  nameAxes(experiment) {
    this.named = isPlain(experiment);
    this.axes.textContent = this.named ? "" : axesInWords(experiment?.axes);
    this.axes.hidden = this.named;
    this.nameAll();
    this.resize();
  }

  nameAll() {
    for (const panel of this.panels) panel.named = this.named;
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height || !this.panels.length) return;
    const scale = scaleOf(this.box);
    const { columns, size } = arrange(this.panels.length, width / scale, height / scale, this.named);
    this.box.style.gridTemplateColumns = `repeat(${columns}, max-content)`;
    for (const panel of this.panels) panel.resize(size, scale);
  }
}
