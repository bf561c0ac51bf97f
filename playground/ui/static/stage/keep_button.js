// The button that keeps the run on screen; what that takes is fetched when it is pressed first.
import { Announcer } from "../web/announce.js";
import { h } from "../web/dom.js";
import { iconButton } from "../web/transport.js";

const NOT_LOADED = "Not kept: this could not be loaded. Press Keep again, or reload the page.";

/**
 * What is on screen.
 * @typedef {object} Seen
 * @property {string} link   of the run
 * @property {Record<string, any> | null} frame   header of the frame that is shown
 * @property {import("../web/plane.js").Shades | null} answer   the plane
 */

export class KeepButton {
  /** @type {Promise<import("./keep.js").Keep> | undefined} */
  keep = undefined;

  /** @param {() => Seen} seen @param {(sentence: string) => void} say that it failed */
  constructor(seen, say) {
    this.say = say;
    this.button = iconButton("keep", "Keep", () => this.press(seen()), "Keep this run on the shelf, to compare it later");
    this.announcer = new Announcer("kept-summary"); // from the start: what is said by a new one nobody hears
    this.node = h("div", { class: "kp-keep" }, this.button, this.announcer.node);
  }

  /** @param {Seen} seen when it was pressed */
  async press(seen) {
    this.keep ??= import("./keep.js").then(({ Keep }) => new Keep(this));
    const keep = await this.keep.catch(() => undefined);
    if (keep) return keep.take(seen);
    this.keep = undefined; // the next press tries again
    this.say(NOT_LOADED);
  }

  destroy() {
    this.keep?.then((keep) => keep.hide(), () => {});
  }
}
