// From the input through every layer to the output: a slider with a mark for each, and Play.
import { h, icon } from "../../web/dom.js";
import { Motion } from "./motion.js";

const PULL = 0.16; // let go so near a layer, the slider goes there
const THUMB = 16;
const GAP = 8; // px between two names

export class StageSlider {
  /** @param {(position: number) => void} onMove */
  constructor(onMove) {
    this.onMove = onMove;
    this.position = 0;
    /** @type {string[]} */
    this.names = [];
    this.motion = new Motion((position) => this.put(position), () => this.showPlaying());
    this.playIcon = h("span", { class: "kp-play-icon" });
    this.play = h("button", { type: "button", class: "kp-icon-button kp-layers-play", onclick: () => this.toggle() }, this.playIcon);
    this.range = h("input", {
      type: "range", class: "kp-scrubber", min: 0, max: 1, step: 0.01, value: 0, "aria-label": "Stage, from input to output",
      oninput: () => this.dragged(), onchange: () => this.released(), onkeydown: (/** @type {KeyboardEvent} */ event) => this.keyed(event),
    });
    this.marks = h("div", { class: "kp-layers-marks", "aria-hidden": "true" });
    this.node = h("div", { class: "kp-layers-slider" }, this.play, h("div", { class: "kp-layers-track" }, this.range, this.marks));
    this.pen = document.createElement("canvas").getContext("2d");
    this.showPlaying();
  }

  get last() {
    return Math.max(1, this.names.length - 1);
  }

  /** @param {string[]} names of the stages */
  setStages(names) {
    if (names.join("\n") === this.names.join("\n")) return;
    this.motion.stop();
    this.showPlaying();
    this.names = names;
    this.range.max = String(this.last);
    this.label();
  }

  /** @param {number} position */
  put(position) {
    this.position = Math.max(0, Math.min(this.last, position));
    this.range.value = String(this.position);
    this.range.style.setProperty("--kp-fill", `${(100 * this.position) / this.last}%`);
    this.range.setAttribute("aria-valuetext", nameAt(this.names, this.position));
    this.onMove(this.position);
  }

  // ---------------------------------------------------------------- moves

  toggle() {
    if (this.motion.moving) this.motion.stop();
    else this.motion.walk(this.position > this.last - 0.01 ? 0 : this.position, this.last);
    this.showPlaying();
  }

  dragged() {
    this.motion.stop();
    this.showPlaying();
    this.put(Number(this.range.value));
  }

  released() {
    const near = Math.round(this.position);
    if (near !== this.position && Math.abs(near - this.position) <= PULL) this.glide(near);
  }

  /** Arrows go from layer to layer; with Shift in small steps. @param {KeyboardEvent} event */
  keyed(event) {
    const by = { ArrowRight: 1, ArrowUp: 1, PageUp: 1, ArrowLeft: -1, ArrowDown: -1, PageDown: -1 }[event.key];
    const end = { Home: 0, End: this.last }[event.key];
    if (by === undefined && end === undefined) return;
    event.preventDefault();
    if (by && event.shiftKey) {
      this.motion.stop();
      return this.put(Math.round(20 * this.position + by) / 20);
    }
    const from = this.target ?? this.position;
    const next = by ? (by > 0 ? Math.floor(from + 1e-6) + 1 : Math.ceil(from - 1e-6) - 1) : /** @type {number} */ (end);
    this.glide(Math.max(0, Math.min(this.last, next)));
  }

  /** Where it is going. */
  get target() {
    return this.motion.moving ? this.going : undefined;
  }

  /** @param {number} to */
  glide(to) {
    this.going = to;
    this.motion.glide(this.position, to);
    this.showPlaying(false);
  }

  showPlaying(playing = this.motion.moving) {
    this.playIcon.replaceChildren(icon(playing ? "pause" : "play"));
    const says = playing ? "Pause the morph" : "Play: from the input through every layer to the output";
    this.play.setAttribute("aria-label", playing ? "Pause the morph" : "Play the morph");
    this.play.title = says;
  }

  // ---------------------------------------------------------------- marks

  /** The longest names that fit. */
  label() {
    const room = this.range.clientWidth - THUMB;
    if (room <= 0) return;
    const words = [inWords, byNumber, shortest].map((naming) => this.names.map(naming));
    const chosen = words.find((texts) => this.fit(texts, room / this.last)) ?? words[2];
    this.marks.replaceChildren(...chosen.map((text, i) => {
      const mark = h("span", { class: "kp-layers-mark", title: this.names[i], onclick: () => this.glide(i) }, text);
      mark.style.left = `calc(${THUMB / 2}px + (100% - ${THUMB}px) * ${i / this.last})`;
      return mark;
    }));
  }

  /** @param {string[]} texts @param {number} spacing */
  fit(texts, spacing) {
    const { pen } = this;
    if (!pen) return false;
    pen.font = `11px ${getComputedStyle(this.node).fontFamily}`;
    const widths = texts.map((text) => pen.measureText(text).width);
    return widths.every((width, i) => !i || (width + widths[i - 1]) / 2 + GAP <= spacing);
  }

  destroy() {
    this.motion.stop();
  }
}

/** What is shown at a position. @param {string[]} names @param {number} position */
export function nameAt(names, position) {
  const from = Math.floor(position + 1e-6);
  if (position - from < 0.005 || from + 1 >= names.length) return names[Math.min(from, names.length - 1)] ?? "";
  return `${byNumber(names[from])} → ${byNumber(names[from + 1])}`;
}

/** layer 2: 4 tanh → 2: 4 tanh, and output: 1 sigmoid → output @param {string} name */
const inWords = (name) => (name.startsWith("layer ") ? name.slice(6) : byNumber(name));

/** layer 2: 4 tanh → layer 2 @param {string} name */
const byNumber = (name) => name.split(": ")[0];

/** layer 2: 4 tanh → 2 @param {string} name */
const shortest = (name) => byNumber(name).replace("layer ", "");
