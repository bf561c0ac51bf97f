// The suggested rates to choose from: each with its mark, its rate and what it looks for.
import { h, swatch } from "../web/dom.js";
import { formatRate } from "../web/format.js";
import { RULES } from "./rules.js";

export class Suggestions {
  /** @param {(name: string) => void} choose */
  constructor(choose) {
    this.rows = RULES.map((rule, i) => {
      const input = h("input", { type: "radio", name: "kp-rate", value: rule.name, checked: i === 0, onchange: () => choose(rule.name) });
      const rate = h("span", { class: "kp-rate" }, "–");
      const node = h("label", { class: "kp-suggestion", data: { testid: `suggested-${rule.name}`, rate: "" } },
        input, h("span", { class: "kp-rule" }, swatch(rule.shape, "currentColor", "currentColor"), h("strong", {}, rule.title)),
        rate, h("span", { class: "kp-rule-text" }, rule.text));
      return { name: rule.name, node, rate, input };
    });
    this.node = h("fieldset", { class: "kp-suggestions" }, h("legend", {}, "Suggested rates"), ...this.rows.map(({ node }) => node));
  }

  /** @param {Record<string, number>} suggested none yet is none that could be used @param {string} chosen */
  show(suggested, chosen) {
    for (const { name, node, rate, input } of this.rows) {
      const text = name in suggested ? formatRate(suggested[name]) : "–";
      if (rate.textContent !== text) rate.textContent = text;
      node.dataset.rate = name in suggested ? String(suggested[name]) : "";
      input.checked = name === chosen;
    }
  }
}
