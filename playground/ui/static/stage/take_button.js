// The button that opens what can be taken away; what that takes is fetched when it is pressed first.
import { iconButton } from "../web/transport.js";

const NOT_LOADED = "Nothing can be taken away: this could not be loaded. Press the button again, or reload the page.";

/**
 * @typedef {object} Giving   where it comes from
 * @property {(message: import("../web/messages.js").PageMessage) => void} send
 * @property {(sentence: string) => void} say
 * @property {() => string} epoch   that is shown, in words
 * @property {() => string} link   a whole one that gives the run again
 */

export class TakeButton {
  /** @type {import("./taking/taking.js").Taking | undefined} */
  taking = undefined;

  /** @param {Giving} giving */
  constructor(giving) {
    this.giving = giving;
    this.node = iconButton("take", "Take away", () => this.press(), "Take away: code, model, figures and pictures of the epoch shown");
    this.node.classList.add("kp-take");
    this.node.ariaHasPopup = "dialog";
  }

  async press() {
    const taking = await this.load().catch(() => undefined);
    if (taking) taking.open();
    else this.giving.say(NOT_LOADED);
  }

  async load() {
    const { Taking } = await import("./taking/taking.js");
    if (!this.taking) {
      this.taking = new Taking(this.giving);
      this.node.closest("[data-testid=stage]")?.append(this.taking.node);
    }
    return this.taking;
  }

  /** @param {import("../web/decode.js").Message} message a part of a file */
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
