// What differs between the runs of a comparison, in words, under the grid.
import { h, setHidden } from "../web/dom.js";
import { changeOf } from "./differences.js";
import { lower } from "../web/format.js";

export class DifferLine {
  constructor() {
    this.node = h("p", { class: "kp-winner kp-differ", hidden: true, data: { testid: "differ" } });
  }

  /** @param {import("./plan.js").Plan} plan */
  show(plan) {
    const words = wordsOf(plan);
    setHidden(this.node, !words);
    if (this.node.textContent !== words) Object.assign(this.node, { textContent: words, title: words });
  }
}

/** Of two what becomes what, of more what is not the same; empty for a wall, whose axes say it. @param {import("./plan.js").Plan} plan */
export function wordsOf(plan) {
  if (!plan.isComparison) return "";
  if (plan.cells.length === 2) return changeOf(plan, 0, 1);
  const knobs = plan.knobAxes.map((axis) => lower(plan.titleOf(axis)));
  return `They differ in ${knobs.join(", ")}`;
}
