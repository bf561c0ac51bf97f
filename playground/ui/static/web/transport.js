// The bar that runs the training: buttons, speed and timeline.
import { CopyLink } from "./copy_link.js";
import { h, icon, LiveText, setHidden } from "./dom.js";
import { SPEEDS } from "./facts.js";
import { formatEpoch } from "./format.js";
import { guide } from "./guide.js";

const PLAY_HINT = "Play or pause (space bar)";
const FOLLOW = 150; // ms between two places of the scrubber while a network trains

/**
 * @typedef {object} TransportActions
 * @property {() => void} toggle
 * @property {() => void} [step]      what has none of these has no epochs to go through
 * @property {() => void} rewind
 * @property {(epochsPerFrame: number) => void} [speed]
 * @property {(epoch: number) => void} [scrub]
 * @property {(asSeen: boolean) => Promise<boolean>} copyLink
 * @property {HTMLElement} settings   the button that opens them, where they are folded away
 */

/** @param {Parameters<typeof icon>[0]} name @param {string} label @param {() => void} onclick @param {string} [hint] */
export function iconButton(name, label, onclick, hint) {
  const text = h("span", { class: "kp-button-text" }, label);
  return h("button", { type: "button", class: "kp-button", title: hint ?? label, onclick }, icon(name), text);
}

export class Transport {
  enabled = false;
  /** @type {LiveText} */
  epoch;
  /** @type {LiveText} */
  total;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  placing;
  /** @type {number | undefined} */
  last;

  /**
   * @param {TransportActions} actions
   * @param {{buttons?: HTMLElement[], notes?: HTMLElement[], link: ConstructorParameters<typeof CopyLink>[1], rewind?: string}} more  beside Rewind, before the link, and what Rewind does
   */
  constructor(actions, { buttons = [], notes = [], link, rewind = "Back to epoch 0 with the same initial weights" }) {
    this.actions = actions;
    this.copyLink = new CopyLink(actions.copyLink, link);
    this.buildButtons(buttons, notes, rewind);
    this.buildTimeline();
    this.stopListening = guide.listen((topic) => topic === "hold" && this.showHold());
    this.showHold();
  }

  /** @param {HTMLElement[]} more @param {HTMLElement[]} notes @param {string} rewind */
  buildButtons(more, notes, rewind) {
    const { actions } = this;
    this.playText = h("span", {}, "Play");
    this.playIcon = h("span", { class: "kp-play-icon" }, icon("play"));
    this.playButton = h("button", {
      type: "button", class: "kp-button kp-primary", title: PLAY_HINT, "aria-describedby": "kp-held", onclick: () => actions.toggle(),
    }, this.playIcon, this.playText);
    this.stepButton = iconButton("step", "Step", () => actions.step?.(), "Train one epoch");
    this.rewindButton = iconButton("rewind", "Rewind", actions.rewind, rewind);
    this.stepButton.dataset.button = "step";
    this.rewindButton.dataset.button = "rewind";
    this.held = h("span", { class: "kp-held", id: "kp-held", hidden: true, data: { testid: "held" } });
    this.speed = h("select", { class: "kp-select", "aria-label": "Speed", onchange: () => actions.speed?.(Number(this.speed.value)) },
      ...SPEEDS.map(({ epochs, text }) => h("option", { value: epochs }, text)));
    this.buttons = h("div", { class: "kp-transport", role: "group", "aria-label": "Training" },
      this.playButton, this.held, ...(actions.step ? [this.stepButton] : []), this.rewindButton, ...more, actions.settings,
      ...(actions.speed ? [h("label", { class: "kp-speed", title: "How many epochs are trained between two pictures" }, h("span", {}, "Speed"), this.speed)] : []),
      ...notes, this.copyLink.node);
  }

  buildTimeline() {
    this.total = new LiveText("");
    this.epoch = new LiveText("0"); // no <output>: it would be read out every frame
    this.scrubber = h("input", {
      type: "range", min: 0, max: 0, value: 0, step: 1, class: "kp-scrubber", "aria-label": "Epoch shown",
      title: "Look back: shows the network as it was after any epoch",
      oninput: () => this.scrub(),
    });
    this.timeline = h("div", { class: "kp-timeline" },
      h("div", { class: "kp-epoch-box" }, h("span", { class: "kp-small" }, "Epoch", this.total.node), h("span", { class: "kp-epoch" }, this.epoch.node)),
      this.scrubber);
  }

  scrub() {
    clearTimeout(this.placing);
    this.placing = this.newest = undefined;
    this.following = false;
    this.showEpoch(Number(this.scrubber.value));
    this.actions.scrub?.(Number(this.scrubber.value));
  }

  /** @param {number} epochsPerFrame one of those that can be chosen */
  chooseSpeed(epochsPerFrame) {
    this.speed.value = String(epochsPerFrame);
    this.actions.speed?.(epochsPerFrame);
  }

  /**
   * @param {{playing: boolean, enabled: boolean, lastEpoch: number}} state
   */
  showState({ playing, enabled, lastEpoch }) {
    const name = playing ? "Pause" : "Play";
    if (this.playText.textContent !== name) {
      this.playText.textContent = name;
      this.playIcon.replaceChildren(icon(playing ? "pause" : "play"));
    }
    this.enabled = enabled;
    if (this.rewindButton.disabled === enabled) this.rewindButton.disabled = !enabled;
    this.showHold();
    if (this.following && !playing) {
      this.following = false;
      this.place();
    }
    if (!this.following) this.setMax(lastEpoch);
  }

  /** A lesson may want something before anything is trained. */
  showHold() {
    const { hold } = guide;
    setHidden(this.held, !hold);
    if (this.held.textContent !== hold) this.held.textContent = hold;
    if (this.playButton.disabled !== Boolean(hold)) {
      this.playButton.disabled = Boolean(hold);
      this.playButton.title = hold || PLAY_HINT;
    }
    const still = Boolean(hold) || !this.enabled;
    if (this.stepButton.disabled !== still) this.stepButton.disabled = still;
  }

  /** What there is to scrub through. @param {number} lastEpoch */
  setMax(lastEpoch) {
    if (this.last === lastEpoch) return;
    this.last = lastEpoch;
    this.scrubber.max = String(lastEpoch);
    this.scrubber.disabled = lastEpoch === 0;
    this.fill();
  }

  /** @param {number} epoch */
  showEpoch(epoch) {
    this.epoch.write(formatEpoch(epoch));
    this.scrubber.setAttribute("aria-valuetext", `Epoch ${epoch} of ${this.last ?? 0}`);
  }

  /** @param {Record<string, any>} header of the frame on screen @param {boolean} holdScrubber */
  showFrame(header, holdScrubber) {
    if (holdScrubber) return;
    this.newest = header;
    this.following = header.state === "playing";
    if (!this.following) return this.place();
    this.epoch.write(formatEpoch(header.epoch));
    this.placing ??= setTimeout(() => this.place(), FOLLOW);
  }

  /** The scrubber goes to the newest frame: at once, or a few times a second while a network trains. */
  place() {
    clearTimeout(this.placing);
    this.placing = undefined;
    const { newest } = this;
    if (!newest) return;
    this.setMax(newest.last_epoch);
    this.scrubber.value = String(newest.epoch);
    this.showEpoch(newest.epoch);
    this.fill();
  }

  /** The track left of the thumb is coloured. */
  fill() {
    const share = this.last ? (100 * Number(this.scrubber.value)) / this.last : 0;
    this.scrubber.style.setProperty("--kp-fill", `${share.toFixed(1)}%`);
  }

  destroy() {
    this.stopListening();
    clearTimeout(this.placing);
    this.copyLink.destroy();
  }

  /** @param {number} epochs after which training ends */
  showEnd(epochs) {
    this.total.write(` of ${formatEpoch(epochs)}`);
  }
}
