// The small pictures of seats' networks, in the colours of the stage.
import { MapPicture } from "../../web/map_picture.js";
import { readTheme } from "../../web/theme.js";
import { paintCell, Palettes } from "../../wall/cell_picture.js";

/** @typedef {import("../messages.js").TileFacts} TileFacts */
/** @typedef {import("../messages.js").TilesMessage} TilesMessage */
/** @typedef {{facts: TileFacts, map: Uint8Array}} Tile   the map is empty where there is none yet */

/** The tiles of a message, each with its own map. @param {TilesMessage} message @returns {Tile[]} */
export function tilesOf({ header, arrays }) {
  let at = 0;
  return header.tiles.map((facts) => {
    const length = facts.values * facts.cells * facts.cells;
    at += length;
    return { facts, map: arrays.maps.data.subarray(at - length, at) };
  });
}

/** Paints tiles, each onto a canvas of its own; remembers what it has painted, for another theme. */
export class SeatPictures {
  /** @type {Map<number, {tile: Tile, picture: MapPicture}>} */
  known = new Map();
  dark = "";

  /** @param {HTMLElement} root whose colours hold */
  constructor(root) {
    this.root = root;
    this.theme = readTheme(root);
    this.palettes = new Palettes(this.theme);
  }

  /** The canvas of a seat. @param {number} seat */
  canvasOf(seat) {
    return this.of(seat).picture.canvas;
  }

  /** @param {number} seat */
  of(seat) {
    const known = this.known.get(seat) ?? { tile: /** @type {any} */ (null), picture: new MapPicture() };
    this.known.set(seat, known);
    return known;
  }

  /** @param {Tile[]} tiles */
  show(tiles) {
    for (const tile of tiles) this.of(tile.facts.seat).tile = tile;
    const ranges = [...this.known.values()].filter(({ tile }) => tile?.facts.task === "regression" && tile.facts.cells).flatMap(({ tile }) => [tile.facts.lo, tile.facts.hi]);
    if (ranges.length) this.palettes.reach(Float32Array.from(ranges), false);
    for (const tile of tiles) this.paint(tile);
  }

  /** @param {Tile} tile */
  paint({ facts, map }) {
    const { cells: n, lo, hi, values, task, n_classes: classes } = facts;
    if (!n) return;
    const cell = /** @type {any} */ ({ task, n_classes: task === "regression" ? 2 : classes, values });
    paintCell(this.of(facts.seat).picture, cell, this.palettes, { map, n, lo, hi, spread: null }, false);
  }

  /** The page is light or dark now. */
  retheme() {
    const theme = readTheme(this.root);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return false;
    this.theme = theme;
    this.palettes = new Palettes(theme);
    this.show([...this.known.values()].map(({ tile }) => tile).filter(Boolean));
    return true;
  }

  /** @param {number} seat */
  forget(seat) {
    this.known.delete(seat);
  }
}
