// Which line is which run, over the curves of a comparison; a click picks it.
import { h, setHidden } from "../web/dom.js";
import { swatch, tint } from "./swatch.js";

export class RunLegend {
  key = "";

  /** @param {import("../web/selection.js").Selection} selection */
  constructor(selection) {
    this.selection = selection;
    this.node = h("ul", { class: "kp-run-legend", "aria-label": "Runs", hidden: true, data: { testid: "run-legend" } });
  }

  /** @param {import("./look.js").Look} look */
  show({ plan, dark }) {
    setHidden(this.node, !plan.isComparison);
    if (!plan.isComparison) return;
    const key = `${plan.hello.run} ${plan.columns?.labels} ${dark}`;
    if (key !== this.key) this.build(plan, dark);
    this.key = key;
    this.buttons().forEach((button, cell) => {
      button.setAttribute("aria-pressed", String(this.selection.picked.has(cell)));
      button.toggleAttribute("data-pointed", this.selection.pointed === cell);
    });
  }

  /** @param {import("./plan.js").Plan} plan @param {boolean} dark */
  build(plan, dark) {
    this.node.replaceChildren(...plan.cells.map((_, cell) => {
      const line = swatch(cell);
      tint(line, cell, dark);
      return h("li", {}, h("button", {
        type: "button", class: "kp-run-key", title: plan.nameOf(cell), onclick: () => this.selection.toggle(cell),
        onpointerenter: () => this.selection.point(cell), onpointerleave: () => this.selection.point(null),
      }, line, h("span", {}, plan.nameOf(cell))));
    }));
  }

  buttons() {
    return [...this.node.querySelectorAll("button")];
  }
}
