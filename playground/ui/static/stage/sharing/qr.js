// The link as a QR code, as large as the window allows; the server draws it.
import { h, setHidden } from "../../web/dom.js";
import { LONGEST_SCANNED } from "../../web/facts.js";
import { stageDialog } from "../../web/dialog.js";
import { loadStyle } from "./style.js";
import { save } from "../../web/taking/file.js";

const WHAT = "qr"; // as the server calls the file
const QUIET = 15_000; // ms without a word after which it does not come any more
const LOST = "The code did not come. Close this and choose it again.";

export class QrCode {
  /** @type {BlobPart[]} */
  parts = [];
  file = "qr.svg";
  address = "";
  link = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  quiet = undefined;

  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.image = h("img", { class: "kp-qr-image", alt: "QR code of the link below", hidden: true });
    this.line = h("p", { class: "kp-taking-line", role: "status" });
    this.text = h("p", { class: "kp-qr-link" });
    this.saveButton = h("button", { type: "button", class: "kp-button kp-small-button", title: "The code as an SVG, sharp at every size", onclick: () => this.save() }, "Download");
    this.node = stageDialog("qr", "QR code", [this.image, this.line, h("div", { class: "kp-qr-foot" }, this.text, this.saveButton)], () => this.close());
    stage.root.append(this.node);
  }

  async open() {
    await loadStyle("sharing.css").catch(() => {});
    this.link = this.stage.wholeLink();
    this.text.textContent = this.link;
    this.show(false);
    this.node.showModal();
    if (this.link.length > LONGEST_SCANNED) {
      return this.say(`A QR code holds a link of at most ${LONGEST_SCANNED.toLocaleString("en")} characters. Got ${this.link.length.toLocaleString("en")}: this experiment's data are in its link. Download it as a file instead.`);
    }
    this.say("The code is being drawn.");
    this.parts = [];
    this.stage.session.send({ type: "export", what: WHAT, link: this.link });
    this.quiet = setTimeout(() => this.say(LOST), QUIET);
  }

  /** @param {import("../../web/decode.js").Message} message a part of the file */
  receive({ header, arrays }) {
    if (header.what !== WHAT || !this.node.open || !this.image.hidden) return;
    if (header.refusal) return this.say(header.refusal);
    if (arrays.content) this.parts.push(/** @type {any} */ (arrays.content.data).slice());
    if (!header.last) return;
    this.file = header.file;
    URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(new Blob(this.parts, { type: header.mime }));
    this.image.src = this.address;
    this.say("");
    this.show(true);
  }

  save() {
    save(this.parts, "image/svg+xml", this.file);
  }

  /** @param {boolean} there the code */
  show(there) {
    setHidden(this.image, !there);
    setHidden(this.saveButton, !there);
  }

  /** @param {string} sentence */
  say(sentence) {
    clearTimeout(this.quiet);
    this.line.textContent = sentence;
    setHidden(this.line, !sentence);
  }

  close() {
    clearTimeout(this.quiet);
    this.stage.transport.copyLink.more.focus({ preventScroll: true });
  }

  destroy() {
    clearTimeout(this.quiet);
    URL.revokeObjectURL(this.address);
    this.node.remove();
  }
}
