// The wall on the projector: everyone's picture, and nobody's name.
import { h, setHidden } from "../../web/dom.js";
import { NextPicture } from "../../web/next_picture.js";
import { tilesIn } from "../seats/tile_layout.js";

const LIMITS = { least: 56, most: 360, words: 0, beside: 0, picture: 56, gap: 10 };

export class ProjectedWall {
  /** @type {Map<number, HTMLElement>} */
  tiles = new Map();

  /** @param {import("../seats/seat_pictures.js").SeatPictures} pictures */
  constructor(pictures) {
    this.pictures = pictures;
    this.grid = h("div", { class: "kp-projected-grid", role: "img", "aria-label": "Everyone's networks" });
    this.empty = h("p", { class: "kp-projected-words" }, "The networks of the class come here.");
    this.node = h("div", { class: "kp-projected-wall" }, this.empty, this.grid);
    this.placing = new NextPicture(() => this.place());
    this.boxes = new ResizeObserver(() => this.placing.request());
    this.boxes.observe(this.node);
  }

  /** Only runs that have a picture; who has none any more has left. @param {import("../seats/seat_pictures.js").Tile[]} tiles @param {boolean} whole  whether there are no others */
  show(tiles, whole) {
    const told = new Set(tiles.map(({ facts }) => facts.seat));
    for (const seat of whole ? this.tiles.keys() : []) if (!told.has(seat)) this.drop(seat);
    for (const { facts } of tiles) {
      if (!facts.cells) this.drop(facts.seat);
      else if (!this.tiles.has(facts.seat)) this.add(facts.seat);
      const tile = this.tiles.get(facts.seat);
      if (!tile) continue;
      const data = { epoch: String(facts.epoch), accuracy: facts.accuracy === null ? "" : facts.accuracy.toFixed(4) };
      for (const [name, value] of Object.entries(data)) if (tile.dataset[name] !== value) tile.dataset[name] = value;
    }
  }

  /** @param {number} seat */
  add(seat) {
    const tile = h("div", { class: "kp-projected-tile", data: { testid: "seat" } });
    this.tiles.set(seat, tile);
    this.grid.append(tile);
    setHidden(this.empty, true);
    this.placing.request();
  }

  /** @param {number} seat */
  drop(seat) {
    this.tiles.get(seat)?.remove();
    this.tiles.delete(seat);
    setHidden(this.empty, this.tiles.size > 0);
    this.placing.request();
  }

  /** The pictures hang here while the wall is shown. */
  hang() {
    for (const [seat, tile] of this.tiles) {
      const canvas = this.pictures.canvasOf(seat);
      if (canvas.parentNode !== tile) tile.append(canvas);
    }
  }

  place() {
    const { clientWidth: width, clientHeight: height } = this.node;
    if (!width || !this.tiles.size) return;
    const { columns, picture } = tilesIn({ width, height }, this.tiles.size, LIMITS);
    this.grid.style.gridTemplateColumns = `repeat(${columns}, ${picture}px)`;
    this.grid.style.setProperty("--kp-picture", `${picture}px`);
  }

  destroy() {
    this.placing.cancel();
    this.boxes.disconnect();
  }
}
