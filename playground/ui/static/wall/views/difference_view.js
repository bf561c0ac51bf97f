// A map of where two networks disagree, with the borders that each draws.
import { Choice } from "../../web/controls.js";
import { h, LiveText, setHidden } from "../../web/dom.js";
import { formatLoss } from "../../web/format.js";
import { MapPicture } from "../../web/map_picture.js";
import { classColors, packed } from "../../web/palette.js";
import { css, mix, rgb } from "../../web/theme.js";
import { bordersOf, classesOf, differenceOf, finer, whyNone } from "../difference.js";
import { runColor } from "../run_colors.js";
import { shareOf } from "../sentences.js";

/** @typedef {import("../look.js").Look} Look */
/** @typedef {[number, number]} Pair   of cells */

const FAINT = 0.3; // of the class colours where they agree
const DISAGREE = 255; // of the palette
const FINE = 192; // points a side of the picture

export default class DifferenceView {
  /** @type {Pair | null} */
  chosen = null; // by the lists; picks that are another pair outweigh it
  run = "";
  picks = "";
  /** @type {Look | undefined} */
  look;

  /** @param {import("../views.js").ViewContext} context */
  constructor({ selection }) {
    this.selection = selection;
    this.choices = [new Choice("First network", (value) => this.choose(0, Number(value))), new Choice("Second network", (value) => this.choose(1, Number(value)))];
    this.keys = [h("i", { class: "kp-border-key", "aria-hidden": "true" }), h("i", { class: "kp-border-key", "aria-hidden": "true", data: { dashed: "true" } })];
    this.head = h("div", { class: "kp-view-switches kp-difference-head" },
      h("span", { class: "kp-difference-choice" }, this.keys[0], this.choices[0].node), h("span", { class: "kp-difference-choice" }, this.keys[1], this.choices[1].node));
    this.words = new LiveText("");
    this.hatched = h("span", { class: "kp-difference-key" }, h("i", { class: "kp-hatch kp-disagree-key", "aria-hidden": "true" }), "they call another class");
    this.scale = h("span", { class: "kp-difference-key" }, "0", h("i", { class: "kp-scale-bar kp-apart-key", "aria-hidden": "true" }), this.most = h("span"));
    this.key = h("div", {}, this.hatched, this.scale);
    this.picture = new MapPicture();
    this.picture.canvas.setAttribute("aria-hidden", "true");
    this.lines = h("canvas", { "aria-hidden": "true" });
    this.map = h("div", { class: "kp-difference-map", role: "img", "aria-label": "Map of where two networks disagree", data: { testid: "difference-map" } }, this.picture.canvas, this.lines);
    this.node = h("div", { class: "kp-difference" },
      h("p", { class: "kp-difference-words", data: { testid: "difference-words" } }, this.words.node), this.key, h("div", { class: "kp-difference-area" }, this.map));
  }

  /** @param {number} side @param {number} cell */
  choose(side, cell) {
    if (!this.look) return;
    const before = this.pair(this.look);
    const other = before[1 - side] === cell ? before[side] : before[1 - side];
    this.chosen = side ? [other, cell] : [cell, other];
    this.draw(this.look);
  }

  /** The two that were chosen last: in the lists, or the first two that are picked. @param {Look} look @returns {Pair} */
  pair({ plan }) {
    const picked = [...this.selection.picked.keys()].slice(0, 2);
    const picks = picked.join();
    if (plan.hello.run !== this.run || (picks !== this.picks && picked.length === 2)) this.chosen = null;
    [this.run, this.picks] = [plan.hello.run, picks];
    if (this.chosen) return this.chosen;
    if (picked.length === 2) return /** @type {Pair} */ (picked);
    return [0, 1];
  }

  /** @param {Look} look */
  draw(look) {
    this.look = look;
    const { plan } = look;
    const alone = plan.cells.length < 2;
    setHidden(this.head, alone);
    if (alone) return this.say("There is one cell: nothing that it could disagree with.");
    const pair = this.pair(look);
    const items = /** @type {[string, string][]} */ (plan.cells.map((_, cell) => [String(cell), plan.nameOf(cell)]));
    this.choices.forEach((choice, side) => choice.show(items, String(pair[side])));
    this.keys.forEach((key, side) => key.style.setProperty("--kp-run", colorOf(side, pair, look)));
    const why = this.whyNot(pair, look);
    if (why) this.say(why);
    else this.paint(pair, look);
  }

  /** @param {Pair} pair @param {Look} look */
  whyNot(pair, { plan, results }) {
    const lost = pair.find((cell) => results.isLost(cell));
    if (lost !== undefined) return `${plan.nameOf(lost)}: ${results.noteOf(lost)}, so that it says nothing of the plane.`;
    return whyNone(plan.cells[pair[0]], plan.cells[pair[1]]);
  }

  /** A sentence in place of the map. @param {string} sentence */
  say(sentence) {
    this.words.write(sentence);
    setHidden(this.map, true);
    setHidden(this.key, true);
  }

  /** @param {Pair} pair @param {Look} look */
  paint(pair, look) {
    const { plan, frame } = look;
    const points = frame.arrays.maps.shape[2];
    const seen = pair.map((cell) => seenOf(cell, look));
    const found = differenceOf(seen[0], seen[1], points);
    const regression = seen[0].cell.task === "regression";
    this.words.write(regression ? apartWords(found) : shareWords(found.share));
    this.map.setAttribute("aria-label", `Map of where ${plan.nameOf(pair[0])} and ${plan.nameOf(pair[1])} ${regression ? "are apart" : "disagree"}`);
    this.most.textContent = formatLoss(found.most);
    setHidden(this.hatched, regression);
    setHidden(this.scale, !regression);
    this.key.style.setProperty("--kp-disagree", css(strongest(look, regression)));
    this.key.style.setProperty("--kp-agree", css(look.theme.neutral));
    setHidden(this.map, false);
    setHidden(this.key, false);
    if (regression) {
      this.picture.paint(found.marks, points, palette(look, seen[0].cell, true));
      return this.borders(pair, [], points, look);
    }
    const times = Math.max(1, Math.round(FINE / points));
    const n = points * times;
    const [first, second] = seen.map((each) => classesOf({ ...each, map: finer(each.map, points, times) }, n * n));
    const bytes = first.map((k, i) => (k === second[i] ? k : DISAGREE));
    this.picture.paint(bytes, n, palette(look, seen[0].cell, false), { marks: bytes, from: DISAGREE, word: hatchWord(look) });
    this.borders(pair, [first, second], n, look);
  }

  /** @param {Pair} pair @param {Uint8Array[]} classes @param {number} n @param {Look} look */
  borders(pair, classes, n, look) {
    const { lines } = this;
    const size = Math.round(this.map.clientWidth * Math.min(3, window.devicePixelRatio || 1));
    if (lines.width !== size) lines.width = lines.height = size;
    const pen = /** @type {CanvasRenderingContext2D} */ (lines.getContext("2d"));
    pen.clearRect(0, 0, size, size);
    pen.lineWidth = Math.max(2, size / 160);
    classes.forEach((each, side) => {
      const at = bordersOf(each, n);
      pen.strokeStyle = colorOf(side, pair, look);
      pen.setLineDash(side ? [size / 45, size / 60] : []);
      pen.beginPath();
      for (const [x0, y0, x1, y1] of joined(at)) {
        pen.moveTo((x0 / n) * size, (1 - y0 / n) * size);
        pen.lineTo((x1 / n) * size, (1 - y1 / n) * size);
      }
      pen.stroke();
    });
  }
}

/** Segments by fours. @param {number[]} flat */
const joined = (flat) => Array.from({ length: flat.length / 4 }, (_, i) => flat.slice(4 * i, 4 * i + 4));

/** In a comparison each run has its own colour; else the two are told apart. @param {number} side @param {Pair} pair @param {Look} look */
const colorOf = (side, pair, { plan, dark }) => runColor(plan.isComparison ? pair[side] : side, dark);

/** @param {number} cell @param {Look} look @returns {import("../difference.js").Seen} */
function seenOf(cell, { plan, frame }) {
  const { maps, ranges } = frame.arrays;
  const each = maps.shape[1] * maps.shape[2] * maps.shape[3];
  return { map: maps.data.subarray(cell * each, (cell + 1) * each), lo: ranges.data[2 * cell], hi: ranges.data[2 * cell + 1], cell: plan.cells[cell] };
}

/** @param {number} share */
const shareWords = (share) => (share ? `They disagree on ${shareOf(share)} of the plane.` : "They agree everywhere on this part of the plane.");

/** @param {import("../difference.js").Difference} difference */
const apartWords = ({ mean, most }) => `They are ${formatLoss(mean)} apart on average, and at most ${formatLoss(most)}.`;

/** Where they disagree, a colour that no class and no run has. @param {Look} look @param {boolean} regression */
const strongest = ({ theme }, regression) => rgb(regression ? theme.test : theme.line);

/** @param {Look} look @param {import("../../web/messages.js").WallCell} cell @param {boolean} regression */
function palette(look, { n_classes: classes }, regression) {
  const { theme } = look;
  const colors = new Uint8Array(768);
  const strong = strongest(look, regression);
  if (regression) for (let byte = 0; byte < 256; byte += 1) colors.set(mix(theme.neutral, strong, byte / 255), 3 * byte);
  else classColors(classes).forEach((color, k) => colors.set(mix(theme.neutral, color, FAINT), 3 * k));
  if (!regression) colors.set(strong, 3 * DISAGREE);
  return colors;
}

/** @param {Look} look */
const hatchWord = ({ theme }) => packed(Uint8Array.from([...rgb(theme.background), ...new Array(765).fill(0)]))[0];
