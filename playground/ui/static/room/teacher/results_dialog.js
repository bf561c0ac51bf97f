// What is taken home: the results as a table and as a file, a summary to print, and the plan to open such a room again.
import { downloadCsv } from "../../web/csv.js";
import { stageDialog } from "../../web/dialog.js";
import { h, setHidden } from "../../web/dom.js";
import { save } from "../../web/taking/file.js";
import { button } from "./controls.js";
import { addressOf, LINK, linksFirst, rowsOf, withWholeLinks } from "./csv_rows.js";
import { Refusal } from "./saying.js";

export class ResultsDialog {
  /** @type {import("../messages.js").Results | null} */
  results = null;

  /** @param {import("./saying.js").Saying} saying @param {string} code @param {() => void} closed */
  constructor(saying, code, closed) {
    this.saying = saying;
    this.refusal = new Refusal();
    this.line = h("p", { class: "kp-taking-line", role: "status" });
    this.table = h("div", { class: "kp-table-box kp-results-table", tabindex: 0, role: "region", "aria-label": "Results as a table" });
    // No script of it runs: what learners wrote stands in it.
    this.summary = h("iframe", { class: "kp-summary", title: "Summary", sandbox: "allow-same-origin allow-modals", hidden: true });
    this.buttons = [
      button("Download CSV", () => downloadCsv(withWholeLinks(this.results?.csv ?? "", document.baseURI), `class_${code}.csv`)),
      button("Summary", () => this.showSummary(true)),
      button("Table", () => this.showSummary(false)),
      button("Print the summary", () => this.print()),
      button("Download the plan", () => save([this.results?.plan ?? ""], "application/json", `class_${code}_plan.json`)),
    ];
    this.node = stageDialog("results", "Results", [this.line, this.table, this.summary, h("div", { class: "kp-taking-items" }, ...this.buttons), h("p", { class: "kp-field-hint" }, "The plan holds what was sent, the questions and the rules, and no learner: open it when you open the next room."), this.refusal.node], closed);
  }

  open() {
    this.line.textContent = "The results are being gathered.";
    setHidden(this.line, false);
    for (const each of this.buttons) each.disabled = true;
    this.saying.say({ type: "show_results" }, this.refusal);
    this.showSummary(false);
    this.node.showModal();
  }

  /** @param {import("../messages.js").Results} results */
  show(results) {
    this.results = results;
    setHidden(this.line, true);
    for (const each of this.buttons) each.disabled = false;
    this.summary.srcdoc = results.summary;
    const [head = [], ...rows] = linksFirst(rowsOf(results.csv.replace(/^\ufeff/, "")));
    this.table.replaceChildren(h("table", { class: "kp-table" },
      h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((text, i) => (head[i] === LINK && text ? linkOf(text) : h("td", { dir: "auto" }, text))))))));
  }

  /** @param {boolean} on */
  showSummary(on) {
    setHidden(this.summary, !on);
    setHidden(this.table, on);
    setHidden(this.buttons[1], on);
    setHidden(this.buttons[2], !on);
  }

  print() {
    this.showSummary(true);
    this.summary.contentWindow?.focus();
    this.summary.contentWindow?.print();
  }
}

/** A run is opened again on Play. @param {string} text whole, or its query */
function linkOf(text) {
  const address = addressOf(text, document.baseURI);
  return h("td", {}, address ? h("a", { href: address, target: "_blank", rel: "noopener" }, "open") : text);
}
