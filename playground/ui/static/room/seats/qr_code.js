// A link as a QR code; the server draws it.
import { h } from "../../web/dom.js";

const ASK_AGAIN = 3000; // ms; what is said while the connection is lost is not heard

export class QrCode {
  link = "";
  label = "";
  asked = -Infinity;

  /** @param {(message: import("../messages.js").Said) => void} say */
  constructor(say) {
    this.say = say;
    this.node = h("div", { class: "kp-qr-code" });
  }

  /** Show a link's; may be called again and again. @param {string} link @param {string} label */
  show(link, label) {
    const now = performance.now();
    if (link === this.link && (this.node.firstChild || now - this.asked < ASK_AGAIN)) return;
    Object.assign(this, { link, label, asked: now });
    this.node.replaceChildren();
    this.say({ type: "draw_link", link });
  }

  /** @param {import("../messages.js").LinkDrawn} drawn */
  heard({ link, svg }) {
    if (link !== this.link) return;
    this.node.replaceChildren(h("img", { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt: this.label }));
  }
}
