// The end of the pipe in the page: it shows nothing.
import { mounting } from "../web/mounting.js";
import { pipe } from "../web/pipe.js";

class PipeEnd {
  /** @param {import("../web/pipe.js").Component} component */
  constructor(component) {
    this.update(component);
  }

  /** @param {import("../web/pipe.js").Component} component */
  update(component) {
    pipe.attach(this, component);
  }

  destroy() {
    pipe.detach(this);
  }
}

export const { mount, unmount } = mounting("pipe", PipeEnd, []);
