// The network diagram.
import { h } from "./dom.js";

export class NetworkView {
  /** @param {import("./view_host.js").ViewContext} context */
  constructor(context) {
    this.context = context;
    this.node = h("div", {});
  }

  setRun() {}

  frame() {}

  setTheme() {}

  resize() {}

  destroy() {}
}
