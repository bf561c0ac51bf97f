// What the menu beside "Copy link" offers besides; each is fetched when it is chosen first.

/** @typedef {{open: (byHand: boolean) => void, receive?: (message: import("../web/decode.js").Message) => void, destroy: () => void}} Part */

const LOADS = {
  qr: async () => (await import("./sharing/qr.js")).QrCode,
  embed: async () => (await import("./sharing/embed.js")).Embed,
  present: async () => (await import("./sharing/present.js")).Present,
};

export class ShareMenu {
  /** @type {Map<string, Part>} */
  parts = new Map();
  offers = [
    { text: "QR code", hint: "The link as a code to be scanned from the screen", act: () => this.open("qr") },
    { text: "Embed…", hint: "The code that shows this experiment in another page", act: () => this.open("embed") },
    { text: "Present", hint: "For a projector, in large type: Space plays, arrows step, Home rewinds, Escape ends", act: () => this.open("present") },
  ];

  /** @param {import("./stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
  }

  /** @param {keyof typeof LOADS} name @param {boolean} byHand and not by a link */
  async open(name, byHand = true) {
    const part = await this.load(name).catch(() => undefined);
    if (this.stage.destroyed) part?.destroy();
    else if (part) part.open(byHand);
    else this.stage.say("This could not be loaded. Choose it again, or reload the page.");
  }

  /** @param {keyof typeof LOADS} name */
  async load(name) {
    const Kind = await LOADS[name]();
    /** @type {Part} */
    const part = this.parts.get(name) ?? new Kind(this.stage);
    this.parts.set(name, part);
    return part;
  }

  /** @param {import("../web/decode.js").Message} message a part of a file */
  receive(message) {
    for (const part of this.parts.values()) part.receive?.(message);
  }

  destroy() {
    for (const part of this.parts.values()) part.destroy();
  }
}
