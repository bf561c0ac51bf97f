// A link to be given on: to learners with its code as a picture, to teachers this once.
import { stageDialog } from "../../web/dialog.js";
import { h } from "../../web/dom.js";
import { copyButton } from "./controls.js";

export class LinkDialog {
  /** @param {string} name @param {string} title @param {string} hint @param {() => void} closed @param {import("../seats/qr_code.js").QrCode | null} code where it is shown as one */
  constructor(name, title, hint, closed, code = null) {
    this.code = code;
    this.picture = h("div", { class: "kp-link-picture" }, ...(code ? [code.node] : []));
    this.text = h("input", { class: "kp-input", readonly: true, "aria-label": title, onfocus: () => this.text.select() });
    this.node = stageDialog(name, title, [this.picture, h("p", { class: "kp-field-hint" }, hint), h("div", { class: "kp-taking-items kp-link-line" }, this.text, copyButton("Copy", () => this.text.value))], closed);
  }

  /** @param {string} link */
  open(link) {
    this.text.value = link;
    this.code?.show(link, `QR code of ${link}`);
    if (!this.node.open) this.node.showModal();
  }
}
