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
  /** @type {string | undefined} */
  kinds;
  /** @type {HTMLElement[]} */
  figures = [];

  /** @param {import("../view_host.js").ViewContext} context */
  constructor(context) {
    this.context = context;
    this.line = h("p", { class: "kp-view-line", data: { testid: "diagnosis-line" } });
    this.list = h("div", { class: "kp-findings", "aria-live": "polite" });
    this.rest = h("p", { class: "kp-view-line" });
    this.looked = h("table", { class: "kp-looked", data: { testid: "looked-at" } });
    this.node = h("div", { class: "kp-view-column kp-diagnosis", tabindex: 0, role: "group", "aria-label": "Diagnosis", data: { testid: "diagnosis" } },
      this.line, this.list, this.rest, this.looked);
  }

  /** @param {import("../../web/decode.js").Message} hello */
  setRun({ header }) {
    if (header.run === this.run) return;
    this.run = header.run;
    this.key = undefined;
    this.line.textContent = "";
    this.rest.textContent = "";
    this.list.replaceChildren();
    this.looked.replaceChildren();
    this.kinds = undefined;
  }

  /** @param {import("../../web/decode.js").Message} message */
  show({ header }) {
    const { findings, looked, epoch } = header;
    this.node.dataset.kinds = findings.map((/** @type {any} */ finding) => finding.kind).join(" ");
    this.line.textContent = opening(findings.length, epoch);
    this.showLooked(epoch === 0 ? [] : looked, findings.length > 0);
    const key = JSON.stringify(findings);
    if (key === this.key) return; // what has the focus keeps it
    this.key = key;
    this.list.replaceChildren(...findings.map((/** @type {any} */ finding) => this.finding(finding)));
  }

  /** What else was looked at. Rows keep their buttons, and with them the focus. @param {Record<string, any>[]} looked @param {boolean} beside whether there are findings */
  showLooked(looked, beside) {
    this.rest.textContent = !looked.length ? "" : beside ? "Looked at besides:" : "Looked at, and fine:";
    const kinds = looked.map(({ kind }) => kind).join();
    if (kinds !== this.kinds) {
      this.kinds = kinds;
      this.figures = looked.map(() => h("td", {}));
      this.looked.replaceChildren(...looked.map(({ kind, subject, chart }, i) => h("tr", { data: { kind } },
        h("th", { scope: "row" }, subject), this.figures[i], h("td", {}, ...[this.button(chart)].filter(Boolean)))));
    }
    looked.forEach(({ figure }, i) => {
      if (this.figures[i].textContent !== figure) this.figures[i].textContent = figure;
    });
  }

  /** Leads to where something can be seen, if that is not on screen anyway. @param {string} chart */
  button(chart) {
    const place = CHARTS[chart];
    return place && h("button", { type: "button", class: "kp-button kp-finding-button", onclick: () => this.context.open(place.view, place.options) }, place.text);
  }

  /** @param {Record<string, any>} finding */
  finding({ kind, sentence, figure, advice, chart, change }) {
    const see = this.button(chart);
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
    this.context.change({ change, at: Date.now() });
  }

  setTheme() {}

  resize() {}

  destroy() {}
}

/** @param {number} count @param {number} epoch */
function opening(count, epoch) {
  const at = `At epoch ${formatEpoch(epoch)}`;
  if (epoch === 0 && !count) return "Nothing has been trained yet. What goes wrong then is said here.";
  if (!count) return `${at} nothing seems wrong.`;
  return count === 1 ? `${at} one thing stands out.` : `${at} ${count} things stand out, the most important first.`;
}
