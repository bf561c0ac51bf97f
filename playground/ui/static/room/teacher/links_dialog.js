// A link to be given on: to learners with its code as a picture, to teachers this once.
import { stageDialog } from "../../web/dialog.js";
import { h } from "../../web/dom.js";
import { qrPicture } from "../seats/qr_code.js";
import { copyButton } from "./controls.js";

export class LinkDialog {
  /** @param {string} name @param {string} title @param {string} hint @param {boolean} pictured whether it is shown as a QR code @param {() => void} closed */
  constructor(name, title, hint, pictured, closed) {
    this.pictured = pictured;
    this.picture = h("div", { class: "kp-link-picture" });
    this.text = h("input", { class: "kp-input", readonly: true, "aria-label": title, onfocus: () => this.text.select() });
    this.node = stageDialog(name, title, [this.picture, h("p", { class: "kp-field-hint" }, hint), h("div", { class: "kp-taking-items kp-link-line" }, this.text, copyButton("Copy", () => this.text.value))], closed);
  }

  /** @param {string} link */
  open(link) {
    this.text.value = link;
    const picture = this.pictured ? qrPicture(link, `QR code of ${link}`) : null;
    this.picture.replaceChildren(...(picture ? [picture] : []));
    if (!this.node.open) this.node.showModal();
  }
}
