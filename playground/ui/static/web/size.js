// A component fills the window below its own top edge; how much room that is decides how its parts lie.
import { NextPicture } from "./next_picture.js";

const BELOW = 12; // px that the page keeps free below it
const TWO_COLUMNS = 700; // px of width from which on two panels lie side by side
const TWO_LOW_COLUMNS = 540; // the same where all has to be small
const LOW = 520; // px of height below which there is no room for two panels one above the other
const LEAST = 290; // px of height that all takes at its smallest

/**
 * Which layout suits a room, and how high it is then: "wide" and "low" are one screen, a "column" scrolls.
 * @param {number} width @param {number} room px from its top edge to the end of the window
 * @returns {{layout: "column" | "wide" | "low", height: number}}
 */
export function layoutIn(width, room) {
  if (room < LOW && width >= TWO_LOW_COLUMNS) return { layout: "low", height: Math.max(LEAST, room) };
  if (width < TWO_COLUMNS) return { layout: "column", height: room };
  return { layout: "wide", height: room };
}

export class Size {
  /**
   * @param {HTMLElement} root @param {Element[]} boxes
   * @param {() => void} onResize a box has another size; at most once a frame
   * @param {(layout: string) => void} onLayout at first too
   */
  constructor(root, boxes, onResize, onLayout) {
    this.root = root;
    this.onLayout = onLayout;
    this.fit = this.fit.bind(this);
    this.fit();
    window.addEventListener("resize", this.fit);
    this.resizing = new NextPicture(onResize);
    this.boxes = new ResizeObserver(() => this.resizing.request());
    for (const box of boxes) this.boxes.observe(box);
    // A notice above it pushes it down; the sidebar takes its room and gives it back. What is fitted changes the page's own
    // height: within the same picture the browser would complain of a loop.
    this.fitting = new NextPicture(this.fit);
    this.page = new ResizeObserver(() => this.fitting.request());
    const page = root.closest("[data-testid=stMainBlockContainer]");
    if (page) this.page.observe(page);
  }

  fit() {
    const scrolled = this.root.closest("[data-testid=stMain]")?.scrollTop ?? window.scrollY;
    const { top, width } = this.root.getBoundingClientRect();
    const { layout, height } = layoutIn(width, window.innerHeight - top - scrolled - BELOW);
    this.root.style.setProperty("--kp-height", `${Math.floor(height)}px`);
    if (this.root.dataset.layout === layout) return;
    this.root.dataset.layout = layout;
    this.onLayout(layout);
  }

  destroy() {
    this.boxes.disconnect();
    this.page.disconnect();
    window.removeEventListener("resize", this.fit);
    this.resizing.cancel();
    this.fitting.cancel();
  }
}
