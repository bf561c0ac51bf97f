// The stage fills the window below its own top edge, and its charts follow their boxes.

const TALLEST = 900;
const SHORTEST = 500;

export class Size {
  /** @param {HTMLElement} root @param {Element[]} boxes @param {() => void} onResize a box has another size; at most once a frame */
  constructor(root, boxes, onResize) {
    this.root = root;
    this.fit = this.fit.bind(this);
    this.fit();
    window.addEventListener("resize", this.fit);
    /** @type {number | undefined} */
    this.resizing = undefined;
    this.boxes = new ResizeObserver(() => {
      this.resizing ??= requestAnimationFrame(() => {
        this.resizing = undefined;
        onResize();
      });
    });
    for (const box of boxes) this.boxes.observe(box);
    // A notice above the stage pushes it down.
    this.page = new ResizeObserver(this.fit);
    const page = root.closest("[data-testid=stMainBlockContainer]");
    if (page) this.page.observe(page);
  }

  fit() {
    const scrolled = this.root.closest("[data-testid=stMain]")?.scrollTop ?? window.scrollY;
    const room = window.innerHeight - this.root.getBoundingClientRect().top - scrolled - 16;
    this.root.style.setProperty("--kp-height", `${Math.round(Math.min(TALLEST, Math.max(SHORTEST, room)))}px`);
  }

  destroy() {
    this.boxes.disconnect();
    this.page.disconnect();
    window.removeEventListener("resize", this.fit);
    if (this.resizing !== undefined) cancelAnimationFrame(this.resizing);
  }
}
