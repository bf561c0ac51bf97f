// The button that opens what can be taken away; what that takes is fetched when it is pressed first.
import { iconButton } from "./transport.js";

const NOT_LOADED = "Nothing can be taken away: this could not be loaded. Press the button again, or reload the page.";

/**
 * @typedef {object} Giving   where it comes from
 * @property {(message: import("./messages.js").PageMessage) => void} send
 * @property {(sentence: string) => void} say
 * @property {() => string} epoch   that is shown, in words
 * @property {() => string} link   a whole one that gives it again
 * @property {() => Promise<import("./taking/taking.js").Group[]>} groups   what can be taken away
 */

export class TakeButton {
  /** @type {import("./taking/taking.js").Taking | undefined} */
  taking = undefined;

  /** @param {Giving} giving @param {string} hint */
  constructor(giving, hint) {
    this.giving = giving;
    this.node = iconButton("take", "Take away", () => this.press(), hint);
    this.node.classList.add("kp-take");
    this.node.ariaHasPopup = "dialog";
  }

  async press() {
    const taking = await this.load().catch(() => undefined);
    if (taking) taking.open();
    else this.giving.say(NOT_LOADED);
  }

  async load() {
    const [{ Taking }, groups] = await Promise.all([import("./taking/taking.js"), this.giving.groups()]);
    if (!this.taking) {
      this.taking = new Taking(this.giving, groups);
      this.node.closest(".kp-stage")?.append(this.taking.node);
    }
    return this.taking;
  }

  /** @param {import("./decode.js").Message} message a part of a file */
  receive(message) {
    this.taking?.receive(message);
  }

  /** Another frame is shown. */
  follow() {
    if (this.taking?.node.open) this.taking.showEpoch();
  }

  /** Another connection, or another run: what was on its way does not come. */
  lost() {
    this.taking?.lost();
  }

  destroy() {
    this.taking?.destroy();
  }
}
