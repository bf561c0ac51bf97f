// Points at one part of the page: a frame round it, drawn by a rule of style, so that it does not matter when that part comes.
import { h } from "../web/dom.js";

/** Each part that a step may point at, by the name that a lesson file has for it. @type {Record<string, string>} */
export const PARTS = {
  boundary: ".kp-boundary",
  legend: ".kp-boundary .kp-panel-foot",
  network: ".kp-stage:not([data-view=none]) .kp-views",
  curves: ".kp-curves",
  play: ".kp-transport > .kp-primary",
  step: ".kp-transport > [data-button=step]",
  rewind: ".kp-transport > [data-button=rewind]",
  new_weights: ".kp-transport > .kp-weights",
  speed: ".kp-transport .kp-speed",
  scrubber: ".kp-timeline .kp-scrubber",
  epoch: ".kp-timeline .kp-epoch-box",
  tabs: ".kp-views .kp-views-head",
  settings: ".st-key-free_knobs, .kp-settings",
};

const LOOK = "{ outline: 3px solid var(--kp-spot, #d48806) !important; outline-offset: 2px; border-radius: 6px; "
  + "box-shadow: 0 0 0 7px color-mix(in srgb, var(--kp-spot, #d48806) 22%, transparent) !important; }";
export class Spotlight {
  style = h("style", { data: { spotlight: "" } });
  part = "";

  /** @param {string | null} part none where nothing is pointed at */
  pointAt(part) {
    const wanted = part && part in PARTS ? part : "";
    if (wanted === this.part) return;
    this.part = wanted;
    this.style.remove();
    if (!wanted) return;
    this.style.textContent = `:is(${PARTS[wanted]}) ${LOOK}`;
    this.style.dataset.spotlight = wanted;
    document.head.append(this.style);
  }

  /** Bring the part into view, where all is not on one screen. */
  bring() {
    if (!this.part) return;
    const parts = [...document.querySelectorAll(PARTS[this.part])];
    const node = parts.find((each) => each.checkVisibility({ visibilityProperty: true })); // and not in a closed drawer
    node?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  }

  destroy() {
    this.pointAt(null);
  }
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
