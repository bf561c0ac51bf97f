// The wall of seats: tiles that keep their places while somebody looks at one; one is reached by Tab, the others by arrow keys.
import { h, setHidden } from "../../web/dom.js";
import { NextPicture } from "../../web/next_picture.js";
import { SeatPictures, tilesOf } from "../seats/seat_pictures.js";
import { tilesIn } from "../seats/tile_layout.js";
import { between, shownSeats } from "./seat_order.js";
import { SeatTile } from "./seat_tile.js";
import { sentTo } from "./seat_words.js";

const SETTLED = 2000; // ms between two sortings that nobody asked for
export const LIMITS = { least: 112, most: 340, words: 76, beside: 10, picture: 50, gap: 6 };

/**
 * @typedef {object} WallActions
 * @property {(seat: number) => void} open
 * @property {(seat: number) => void} admit
 * @property {() => void} selected   which are selected has changed
 */

export class SeatWall {
  /** @type {Map<number, SeatTile>} */
  tiles = new Map();
  /** @type {Map<number, import("../messages.js").TileFacts>} */
  facts = new Map();
  /** @type {Set<number>} */
  chosen = new Set();
  /** @type {number[]} */
  order = [];
  wanted = { sort: "seat", filter: "all", text: "" };
  choosing = false; // a click selects
  current = 0; // the seat that Tab reaches
  anchor = 0; // from which Shift selects
  columns = 1;
  last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /** @param {HTMLElement} root @param {WallActions} actions */
  constructor(root, actions) {
    this.actions = actions;
    this.pictures = new SeatPictures(root);
    this.table = h("div", {
      class: "kp-seats", role: "grid", "aria-label": "Learners", "aria-multiselectable": "true", data: { testid: "seats" },
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      onclick: (/** @type {MouseEvent} */ event) => this.click(event),
      onfocusin: (/** @type {Event} */ event) => this.reach(this.seatOf(event)),
      onfocusout: () => this.settle(),
      onpointerleave: () => this.settle(),
    });
    this.empty = h("p", { class: "kp-seats-empty" });
    this.node = h("div", { class: "kp-seats-box" }, this.empty, this.table);
    this.placing = new NextPicture(() => this.place());
    this.boxes = new ResizeObserver(() => this.placing.request());
    this.boxes.observe(this.node);
  }

  // ---------------------------------------------------------------- what the server says

  /** @param {import("../messages.js").RoomView} view */
  room({ seats = [], history = [], projected }) {
    const there = new Set(seats.map(({ seat }) => seat));
    for (const seat of this.tiles.keys()) if (!there.has(seat)) this.drop(seat);
    for (const view of seats) {
      const tile = this.tiles.get(view.seat) ?? this.add(view);
      tile.show(view, sentTo(history, view.seat), (projected?.pins.indexOf(view.seat) ?? -1) + 1);
    }
    this.settle();
  }

  /** @param {import("../messages.js").TilesMessage} message */
  show(message) {
    const tiles = tilesOf(message);
    this.pictures.show(tiles);
    for (const { facts } of tiles) {
      this.facts.set(facts.seat, facts);
      this.tiles.get(facts.seat)?.showFacts(facts);
    }
    this.settle();
  }

  /** @param {import("../messages.js").SeatView} view */
  add(view) {
    const tile = new SeatTile(view, this.pictures.canvasOf(view.seat), () => this.actions.admit(view.seat));
    const facts = this.facts.get(view.seat);
    if (facts) tile.showFacts(facts);
    this.tiles.set(view.seat, tile);
    this.last = -Infinity; // it is to be seen at once
    return tile;
  }

  /** Whoever was there is there no longer; the keyboard goes to who stood beside. @param {number} seat */
  drop(seat) {
    const tile = /** @type {SeatTile} */ (this.tiles.get(seat));
    const focused = tile.row.contains(document.activeElement);
    const at = this.order.indexOf(seat);
    this.tiles.delete(seat);
    this.facts.delete(seat);
    this.pictures.forget(seat);
    this.order = this.order.filter((each) => each !== seat);
    tile.row.remove();
    if (this.chosen.delete(seat)) this.actions.selected();
    if (this.current === seat) this.reach(this.order[Math.min(at, this.order.length - 1)] ?? 0);
    if (focused) this.focus(this.current);
    this.placing.request();
  }

  /** The page is light or dark now. */
  retheme() {
    return this.pictures.retheme();
  }

  // ---------------------------------------------------------------- order

  /** What the teacher has chosen holds at once. @param {Partial<SeatWall["wanted"]>} wanted */
  want(wanted) {
    Object.assign(this.wanted, wanted);
    this.sort();
  }

  /** Somebody looks at a tile: it stays where it is. */
  get busy() {
    return this.table.matches(":hover, :focus-within");
  }

  /** Sort now and then. Who has come stands last until then. */
  settle() {
    if (this.busy && this.order.length) return this.append();
    const wait = this.last + SETTLED - performance.now();
    if (wait <= 0) return this.sort();
    this.append();
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.settle();
    }, wait);
  }

  append() {
    const late = this.wantedNow().filter((seat) => !this.order.includes(seat));
    if (!late.length) return;
    this.table.append(...late.map((seat) => /** @type {SeatTile} */ (this.tiles.get(seat)).row));
    this.order.push(...late);
    this.arranged();
  }

  wantedNow() {
    return shownSeats([...this.tiles.values()].map(({ view, facts, sent }) => ({ view, facts, sent })), this.wanted);
  }

  sort() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.last = performance.now();
    const order = this.wantedNow();
    if (order.join() !== this.order.join()) this.arrange(order);
    this.arranged();
  }

  /** @param {number[]} order */
  arrange(order) {
    const focused = this.table.contains(document.activeElement) ? this.current : 0;
    this.order = order;
    this.table.replaceChildren(...order.map((seat) => /** @type {SeatTile} */ (this.tiles.get(seat)).row));
    if (focused && order.includes(focused)) this.focus(focused);
  }

  arranged() {
    const { order, tiles, wanted } = this;
    if (!order.includes(this.current)) this.reach(order[0] ?? 0);
    setHidden(this.empty, order.length > 0);
    setHidden(this.table, !order.length);
    const words = tiles.size ? "Nobody is so now." : "Nobody is here yet. Learners join by the code above.";
    if (this.empty.textContent !== words) this.empty.textContent = words;
    if (this.table.dataset.sort !== wanted.sort) this.table.dataset.sort = wanted.sort;
    this.placing.request();
  }

  /** As large as all have room. */
  place() {
    const { clientWidth, clientHeight } = this.node;
    if (!clientWidth) return;
    const { columns, width, picture } = tilesIn({ width: clientWidth - 8, height: clientHeight - 8 }, this.order.length, LIMITS);
    this.columns = columns;
    const style = this.table.style;
    const across = `repeat(${columns}, ${width}px)`;
    if (style.gridTemplateColumns !== across) style.gridTemplateColumns = across;
    if (style.getPropertyValue("--kp-picture") !== `${picture}px`) style.setProperty("--kp-picture", `${picture}px`);
  }

  // ---------------------------------------------------------------- keyboard and pointer

  /** @param {Event} event */
  seatOf({ target }) {
    const cell = target instanceof Element ? target.closest("[data-testid=seat]") : null;
    return Number(cell?.getAttribute("data-seat") ?? 0);
  }

  /** @param {number} seat */
  reach(seat) {
    if (!seat || seat === this.current) return;
    const before = this.tiles.get(this.current);
    if (before) before.cell.tabIndex = -1;
    this.current = seat;
    const now = this.tiles.get(seat);
    if (now) now.cell.tabIndex = 0;
  }

  /** @param {number} seat */
  focus(seat) {
    this.tiles.get(seat)?.cell.focus({ preventScroll: false });
  }

  /** @param {MouseEvent} event */
  click(event) {
    const seat = this.seatOf(event);
    if (!seat || (event.target instanceof Element && event.target.closest("button"))) return;
    if (event.shiftKey) return this.choose(between(this.order, this.anchor || seat, seat), true);
    this.anchor = seat;
    if (event.ctrlKey || event.metaKey || this.choosing) return this.toggle(seat);
    this.actions.open(seat);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.target instanceof HTMLButtonElement || event.altKey) return;
    const { order, current, columns } = this;
    const at = order.indexOf(current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns, Home: 0, End: order.length - 1 }[event.key];
    if (to !== undefined) this.go(order[to], event);
    else if (event.key === "Enter") this.actions.open(current);
    else if (event.key === " ") this.toggle(current);
    else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) this.choose(order, true);
    else if (event.key === "Escape" && this.chosen.size) this.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number | undefined} seat @param {KeyboardEvent} event */
  go(seat, event) {
    if (seat === undefined) return;
    if (event.shiftKey) this.choose([this.current, seat], true);
    else this.anchor = seat;
    this.focus(seat);
  }

  // ---------------------------------------------------------------- selection

  /** @param {number} seat */
  toggle(seat) {
    this.anchor = seat;
    this.choose([seat], !this.chosen.has(seat));
  }

  /** @param {number[]} seats @param {boolean} on */
  choose(seats, on) {
    for (const seat of seats) {
      if (on) this.chosen.add(seat);
      else this.chosen.delete(seat);
      this.tiles.get(seat)?.select(on);
    }
    this.actions.selected();
  }

  clear() {
    this.choose([...this.chosen], false);
  }

  destroy() {
    clearTimeout(this.timer);
    this.placing.cancel();
    this.boxes.disconnect();
  }
}
