// What is kept about a learner: seen, taken along, deleted.
import { keptRows } from "./kept_rows.js";
import { h, setHidden } from "../../web/dom.js";
import { stageDialog } from "../../web/dialog.js";
import { save } from "../../web/taking/file.js";

export class KeptDialog {
  document = "";

  /** @param {{show: () => void, forget: () => void}} on */
  constructor(on) {
    this.on = on;
    this.until = h("p", { class: "kp-taking-line" });
    this.list = h("dl", { class: "kp-kept-list", tabindex: 0, "aria-label": "What is kept" });
    this.take = h("button", { type: "button", class: "kp-button", disabled: true, onclick: () => save([this.document], "application/json", "kept_about_me.json") }, "Download as JSON");
    this.remove = h("button", { type: "button", class: "kp-button", onclick: () => this.ask(true) }, "Delete it and leave");
    this.sure = h("button", { type: "button", class: "kp-button kp-primary", onclick: () => this.forget() }, "Delete it now");
    this.keep = h("button", { type: "button", class: "kp-button", onclick: () => this.ask(false) }, "Keep it");
    this.question = h("div", { class: "kp-kept-sure", hidden: true }, h("p", {}, "Your seat, your answers and your results in this room are deleted for good."), h("div", { class: "kp-room-row" }, this.sure, this.keep));
    this.node = stageDialog("kept-about-me", "What is kept about me", [this.until, this.list, h("div", { class: "kp-taking-foot" }, this.take, this.remove), this.question]);
  }

  open() {
    this.until.textContent = "The server is asked…";
    this.ask(false);
    this.node.showModal();
    this.on.show();
  }

  /** @param {import("../messages.js").KeptAboutYou} kept */
  show({ document, until }) {
    this.document = document;
    this.until.textContent = `By itself it is deleted on ${until}.`;
    this.take.disabled = false;
    this.list.replaceChildren(...keptRows(document).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  }

  /** @param {boolean} whether it is really to be deleted */
  ask(whether) {
    setHidden(this.question, !whether);
    setHidden(this.remove, whether);
    if (whether) this.keep.focus();
  }

  forget() {
    this.node.close();
    this.on.forget();
  }
}
