// One cell of the grid: its picture, framed by the metric's colour, and its figures.
import { h, LiveText, setHidden } from "../web/dom.js";
import { MapPicture } from "../web/map_picture.js";
import { swatch, tint } from "./swatch.js";

export class Cell {
  /** @param {number} index @param {string} link @param {string[]} heading  lines, where no header says it @param {boolean} isRun  whether it has a colour of its own */
  constructor(index, link, heading, isRun) {
    this.index = index;
    this.picture = new MapPicture();
    this.picture.canvas.setAttribute("aria-hidden", "true");
    this.lines = [new LiveText(""), new LiveText("")];
    this.note = new LiveText("");
    this.label = new LiveText("");
    this.noteNode = h("span", { class: "kp-cell-note", hidden: true, "aria-hidden": "true" }, this.note.node);
    this.isRun = isRun;
    this.swatch = swatch(index);
    this.badge = h("span", { class: "kp-badge", hidden: true, "aria-hidden": "true" });
    this.frame = h("div", { class: "kp-cell-frame" }, this.picture.canvas, this.noteNode, this.badge);
    this.node = h("div", {
      class: "kp-cell", role: "gridcell", tabindex: -1, "aria-selected": "false", data: { testid: "cell", link, cell: index },
    },
    h("span", { class: "kp-hidden", data: { testid: "cell-name" } }, this.label.node),
    ...heading.map((line, i) => h("div", { class: i ? "kp-cell-heading kp-cell-own" : "kp-cell-heading", title: line, "aria-hidden": "true" }, ...(isRun && !i ? [this.swatch] : []), line)),
    this.frame,
    h("div", { class: "kp-cell-figures", "aria-hidden": "true" }, ...this.lines.map(({ node }) => h("div", {}, node))));
    /** @type {string | undefined} */
    this.color = undefined;
    this.pick = "";
  }

  /** @param {string} color of the metric, empty for a cell that is not on its scale */
  showColor(color) {
    if (color === this.color) return;
    this.color = color;
    this.frame.style.backgroundColor = color;
    this.node.dataset.onscale = String(Boolean(color));
  }

  /** The colour of its line in the curves. @param {boolean} dark */
  showRun(dark) {
    if (this.isRun) tint(this.swatch, this.index, dark);
  }

  /** @param {string} note why it has no figures, or only of some seeds @param {boolean} lost whether no network is left */
  showNote(note, lost) {
    this.note.write(note);
    setHidden(this.noteNode, !note);
    if (this.node.hasAttribute("data-diverged") !== lost) this.node.toggleAttribute("data-diverged", lost);
  }

  /** @param {string[]} figures a line each */
  showFigures(figures) {
    this.lines.forEach((line, i) => line.write(figures[i] ?? ""));
  }

  /** @param {string} label what is read out, instead of what is seen */
  name(label) {
    this.label.write(label);
  }

  /** @param {number | undefined} number of the pick @param {string} color */
  showPick(number, color) {
    const pick = `${number} ${color}`;
    if (pick === this.pick) return;
    this.pick = pick;
    const picked = number !== undefined;
    this.node.setAttribute("aria-selected", String(picked));
    setHidden(this.badge, !picked);
    if (!picked) return;
    this.badge.textContent = String(number);
    this.node.style.setProperty("--kp-pick", color);
  }
}
