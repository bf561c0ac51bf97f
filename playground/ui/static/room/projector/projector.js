// The window on the projector: the code, and what the teacher chose to show. Nothing private comes here, and nothing names anybody.
import { h, LiveText, setHidden } from "../../web/dom.js";
import { markTheme } from "../../web/theme.js";
import { AnswerBars } from "../seats/answer_bars.js";
import { chosenBars, titleOf } from "../seats/bar_rows.js";
import { Countdown } from "../countdown.js";
import { QrCode } from "../seats/qr_code.js";
import { SeatPictures, tilesOf } from "../seats/seat_pictures.js";
import { loadStyle } from "../../web/late_style.js";
import { ProjectedRun } from "./projected_run.js";
import { ProjectedWall } from "./projected_wall.js";

/** @typedef {import("../messages.js").RoomView} RoomView */

export class Projector {
  /** @type {RoomView | null} */
  view = null;
  /** @type {Map<number, import("../messages.js").TileFacts>} */
  facts = new Map();
  /** @type {Map<number, ProjectedRun>} */
  runs = new Map();
  shown = "";
  /** @type {LiveText} */
  count;
  /** @type {Countdown} */
  countdown;
  /** @type {LiveText} */
  line;
  /** @type {HTMLElement} */
  lineNode;
  /** @type {ProjectedWall} */
  wall;
  /** @type {HTMLElement} */
  pins;
  /** @type {LiveText} */
  question;
  /** @type {AnswerBars} */
  bars;
  /** @type {HTMLElement} */
  answers;
  /** @type {HTMLElement} */
  join;
  /** @type {HTMLElement} */
  screen;
  /** @type {any} */
  node;
  said = "";

  /** @param {HTMLElement} root @param {{code: string, say: (message: import("../messages.js").Said) => void, links: {join: string, teacher: string, projector: string}}} shell */
  constructor(root, { code, say, links }) {
    this.link = links.join;
    this.qrCode = new QrCode(say);
    this.node = h("main", { class: "kp-stage kp-projector", popover: "manual", data: { testid: "projector" } });
    root.append(this.node);
    markTheme(this.node);
    this.pictures = new SeatPictures(this.node);
    this.build(code, links.join);
    this.node.style.visibility = "hidden"; // until its rules are there
    loadStyle(new URL("./projector.css", import.meta.url).href).catch(() => {}).then(() => {
      this.node.style.visibility = "";
      this.cover();
    });
  }

  /** @param {string} code @param {string} join */
  build(code, join) {
    this.count = new LiveText("");
    this.countdown = new Countdown();
    this.line = new LiveText("");
    this.lineNode = h("p", { class: "kp-projected-line", role: "status", hidden: true, data: { testid: "projected-line" } }, this.line.node);
    this.wall = new ProjectedWall(this.pictures);
    this.pins = h("div", { class: "kp-projected-pins", hidden: true, data: { testid: "projected-pins" } });
    this.question = new LiveText("");
    this.bars = new AnswerBars();
    this.answers = h("div", { class: "kp-projected-answers", tabindex: 0, role: "region", "aria-label": "Answers", hidden: true, data: { testid: "projected-answers" } }, h("h2", { dir: "auto" }, this.question.node), this.bars.node);
    const place = new URL(join, document.baseURI);
    this.join = h("div", { class: "kp-projected-join" },
      h("div", { class: "kp-projected-words" }, h("p", {}, "Join at ", h("strong", {}, `${place.host}${place.pathname}`)),
        h("div", { class: "kp-projected-code", "aria-label": `Code ${[...code].join(" ")}`, role: "img", data: { testid: "projected-code" } }, code)),
      this.qrCode.node);
    this.screen = h("button", { type: "button", class: "kp-projected-button", onclick: () => this.fill() }, "Whole screen");
    setHidden(this.screen, !this.node.requestFullscreen);
    this.node.append(h("header", { class: "kp-projected-head" }, this.join,
      h("div", { class: "kp-projected-facts" }, h("span", { data: { testid: "projected-count" } }, this.count.node), this.countdown.node, this.screen)),
    this.lineNode, h("div", { class: "kp-projected-body" }, this.wall.node, this.pins, this.answers));
  }

  /** Above everything else of the page, where the browser has a layer for that. */
  cover() {
    if (this.node.isConnected && this.node.showPopover && !this.node.matches(":popover-open")) this.node.showPopover();
  }

  fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.node.requestFullscreen().catch(() => {});
  }

  /** The connection is lost, or is there again. @param {boolean} lost */
  lost(lost) {
    this.said = lost ? "Connection lost. Reconnecting…" : "";
    this.write();
  }

  // ---------------------------------------------------------------- what the server says

  /** @param {RoomView} view */
  room(view) {
    this.view = view;
    this.qrCode.show(this.link, "QR code of the join link");
    const before = this.node.dataset.theme;
    markTheme(this.node);
    if (before !== this.node.dataset.theme) this.pictures.retheme();
    this.count.write(view.learners === 1 ? "1 learner" : `${view.learners} learners`);
    this.countdown.show(view.timer_in);
    this.write();
    this.project(view);
  }

  write() {
    const { view, line, lineNode } = this;
    const sentence = this.said || { open: "", paused: "The class is paused.", closed: "The room is closed." }[view?.state ?? "open"];
    line.write(sentence);
    setHidden(lineNode, !sentence);
  }

  /** @param {RoomView} view */
  project({ state, projected, bars = [] }) {
    const { what = "wall", code = true } = projected ?? {};
    const chosen = what === "answers" ? chosenBars(bars) : null;
    if (this.node.dataset.shows !== what) this.node.dataset.shows = what;
    if (this.node.dataset.code !== String(code)) this.node.dataset.code = String(code);
    setHidden(this.join, !code || state === "closed");
    setHidden(this.wall.node, what !== "wall");
    setHidden(this.pins, what !== "pins");
    setHidden(this.answers, what !== "answers");
    if (what === "wall") this.wall.hang();
    if (what === "pins") this.showPins(projected?.pins ?? [], projected?.shown ?? 0);
    if (what === "answers") this.question.write(chosen ? titleOf(chosen) : "No question was asked yet.");
    if (chosen) this.bars.show(chosen);
    setHidden(this.bars.node, !chosen);
  }

  /** @param {number[]} pins @param {number} shown from 1; 0 is all side by side */
  showPins(pins, shown) {
    const seen = shown ? pins.slice(shown - 1, shown) : pins;
    const runs = seen.map((seat) => {
      const run = this.runs.get(seat) ?? new ProjectedRun(this.pictures.canvasOf(seat));
      this.runs.set(seat, run);
      const canvas = this.pictures.canvasOf(seat);
      if (canvas.parentNode !== run.place) run.place.append(canvas);
      run.show(pins.indexOf(seat) + 1, this.facts.get(seat));
      return run.node;
    });
    const key = `${pins.join()} ${shown}`;
    if (key !== this.shown) this.pins.replaceChildren(...runs);
    this.shown = key;
    const columns = Math.max(1, Math.ceil(Math.sqrt(seen.length * 1.6)));
    this.pins.style.setProperty("--kp-columns", String(Math.min(seen.length || 1, columns)));
    this.pins.style.setProperty("--kp-rows", String(Math.max(1, Math.ceil(seen.length / Math.min(seen.length || 1, columns)))));
  }

  /** @param {import("../../web/decode.js").Message} message */
  heard(message) {
    if (message.header.type === "link_drawn") this.qrCode.heard(/** @type {any} */ (message.header));
    if (message.header.type !== "tiles") return;
    const tiles = tilesOf(/** @type {any} */ (message));
    const { whole } = message.header;
    this.pictures.show(tiles);
    if (whole) this.facts.clear(); // who is not told of has left
    for (const { facts } of tiles) this.facts.set(facts.seat, facts);
    this.wall.show(tiles, whole);
    if (this.view) this.project(this.view);
  }

  destroy() {
    this.countdown.stop();
    this.wall.destroy();
    this.node.remove();
  }
}
