// What seems to be wrong with this run, the figure that says so, and one thing to try.
import { h } from "../../web/dom.js";
import { formatEpoch } from "../../web/format.js";

/** Where a finding can be seen: a tab and its option, or the charts that are always there. */
const CHARTS = /** @type {Record<string, {view: string, options?: Record<string, unknown>, text: string}>} */ ({
  gradient_norms: { view: "signals", options: { chart: "gradients" }, text: "See the gradients" },
  update_ratios: { view: "signals", options: { chart: "updates" }, text: "See the movement" },
  dead: { view: "signals", options: { chart: "dead" }, text: "See the dead units" },
  saturated: { view: "signals", options: { chart: "saturated" }, text: "See the saturated units" },
  probabilities: { view: "probabilities", text: "See the probabilities" },
});

export const TAB = { order: 6, title: "Diagnosis", hint: "What seems to be wrong with this run, and what to try" };

export default class DiagnosisView {
  /** @type {string | undefined} */
  key;

  /** @param {import("../view_host.js").ViewContext} context */
  constructor(context) {
    this.context = context;
    this.line = h("p", { class: "kp-view-line", data: { testid: "diagnosis-line" } });
    this.list = h("div", { class: "kp-findings", "aria-live": "polite" });
    this.node = h("div", { class: "kp-view-column kp-diagnosis", data: { testid: "diagnosis" } }, this.line, this.list);
  }

  /** @param {import("../../web/decode.js").Message} hello */
  setRun({ header }) {
    if (header.run === this.run) return;
    this.run = header.run;
    this.key = undefined;
    this.line.textContent = "";
    this.list.replaceChildren();
  }

  /** @param {import("../../web/decode.js").Message} message */
  show({ header }) {
    const { findings, epoch } = header;
    this.node.dataset.kinds = findings.map((/** @type {any} */ finding) => finding.kind).join(" ");
    this.line.textContent = opening(findings.length, epoch);
    const key = JSON.stringify(findings);
    if (key === this.key) return; // what has the focus keeps it
    this.key = key;
    this.list.replaceChildren(...findings.map((/** @type {any} */ finding) => this.finding(finding)));
  }

  /** @param {Record<string, any>} finding */
  finding({ kind, sentence, figure, advice, chart, change }) {
    const place = CHARTS[chart];
    const see = place && h("button", { type: "button", class: "kp-button kp-finding-button", onclick: () => this.context.open(place.view, place.options) }, place.text);
    const names = Object.keys(change ?? {});
    const attempt = names.length > 0 && h("button", {
      type: "button", class: "kp-button kp-finding-button", title: "Start again at epoch 0 with this change",
      onclick: () => this.attempt(change),
    }, `Try ${names.map((name) => `${name} = ${change[name]}`).join(", ")}`);
    return h("article", { class: "kp-finding", data: { kind } },
      h("h3", { class: "kp-finding-title" }, sentence),
      h("p", { class: "kp-finding-figure" }, figure),
      h("p", { class: "kp-finding-advice" }, h("strong", {}, "Try: "), advice),
      h("div", { class: "kp-finding-buttons" }, ...[see, attempt].filter(Boolean)));
  }

  /** Rates change without a new run, and what went wrong with the old ones would stay. @param {Record<string, string>} change */
  attempt(change) {
    this.context.rewind();
    this.context.trigger("network", { change, at: Date.now() });
  }

  setTheme() {}

  resize() {}

  destroy() {}
}

/** @param {number} count @param {number} epoch */
function opening(count, epoch) {
  const at = `At epoch ${formatEpoch(epoch)}`;
  if (epoch === 0 && !count) return "Nothing has been trained yet. Press Play: what goes wrong is said here.";
  if (!count) return `${at} nothing seems wrong.`;
  return count === 1 ? `${at} one thing stands out.` : `${at} ${count} things stand out, the most important first.`;
}
