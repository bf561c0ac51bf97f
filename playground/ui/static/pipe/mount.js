// The end of the pipe in the page: it shows nothing.
import { mounting } from "../web/mounting.js";
import { way } from "../web/way.js";

class PipeEnd {
  /** @param {import("../web/way.js").Component} component */
  constructor(component) {
    this.update(component);
  }

  /** @param {import("../web/way.js").Component} component */
  update(component) {
    way.attach(this, component);
  }

  destroy() {
    way.detach(this);
  }
}

export const { mount, unmount } = mounting("pipe", PipeEnd, []);
