// Small planes side by side, as large as the panel lets them be.
import { h } from "../../web/dom.js";
import { HEAD, marginOf, PlanePanel, ROOMY } from "./plane_panel.js";

const GAP = 6;
const SMALLEST = 40;

/**
 * The number of columns that leaves the most room to each of so many squares.
 * @param {number} count @param {number} width @param {number} height
 */
export function arrange(count, width, height) {
  let best = { columns: 1, size: SMALLEST };
  for (let columns = 1; columns <= count; columns += 1) {
    const across = (width - GAP * (columns - 1)) / columns;
    const rows = Math.ceil(count / columns);
    const size = sizeIn(across, (height - GAP * (rows - 1)) / rows);
    if (size > best.size) best = { columns, size };
  }
  return best;
}

/** Size of the axes' box in a cell: wide margins only where they leave it large. @param {number} across @param {number} down */
function sizeIn(across, down) {
  const fitting = (/** @type {number} */ size) => {
    const { left, right, top, bottom } = marginOf(size);
    return Math.floor(Math.min(across - left - right, down - HEAD - top - bottom));
  };
  const roomy = fitting(Infinity);
  return marginOf(roomy).left === marginOf(Infinity).left ? roomy : Math.min(fitting(0), ROOMY - 1);
}

export class PlaneGrid {
  constructor() {
    this.node = h("div", { class: "kp-planes" });
    this.named = true;
    /** @type {PlanePanel[]} */
    this.panels = [];
  }

  /** So many panels from now on. @param {number} count */
  setCount(count) {
    if (count === this.panels.length) return;
    this.panels = Array.from({ length: count }, () => new PlanePanel());
    this.setNamed(this.named);
    this.node.replaceChildren(...this.panels.map((panel) => panel.node));
    this.resize();
  }

  /** Whether the axes have the names x₁ and x₂. @param {boolean} named */
  setNamed(named) {
    this.named = named;
    for (const panel of this.panels) panel.named = named;
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.node;
    if (!width || !height || !this.panels.length) return;
    const { columns, size } = arrange(this.panels.length, width, height);
    this.node.style.gridTemplateColumns = `repeat(${columns}, max-content)`;
    for (const panel of this.panels) panel.resize(size);
  }
}
