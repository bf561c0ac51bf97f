// What the page knows about its wall besides what trains: the figures of every network, and which cell is open.
import { LiveSession } from "../web/live_session.js";
import { FigureStore } from "./figure_store.js";

/** @typedef {import("../web/live_session.js").LiveEvents & {onExport: (message: import("../web/decode.js").Message) => void}} WallEvents */

export class WallSession extends LiveSession {
  /** @param {WallEvents} events */
  constructor(events) {
    super(events);
    this.onExport = events.onExport;
  }

  figures = new FigureStore();
  waiting = 0; // networks whose program is not there yet

  /** @param {import("../web/decode.js").Message} message */
  receive(message) {
    if (message.header.type === "wall") this.hello(message);
    else if (message.header.type === "cells") this.frame(message);
    else if (message.header.type === "export") this.onExport(message);
    else super.receive(message);
  }

  /** @param {import("../web/decode.js").Message} message */
  hello(message) {
    if (message.header.run !== this.run) {
      this.figures = new FigureStore(message.header.networks);
      this.waiting = 0;
      delete this.wishes.open; // it was a cell of another wall
    }
    super.hello(message);
  }

  /** @param {import("../web/decode.js").Message} message */
  frame(message) {
    const { header, arrays } = message;
    this.figures.place(header.figures_start, /** @type {Float32Array} */ (arrays.figures.data));
    this.waiting = header.waiting;
    super.frame(message);
  }

  /** Of this cell every network is wanted, or of none. @param {number | null} cell */
  open(cell) {
    /** @type {import("../web/messages.js").OpenCell} */
    const wish = { type: "open", cell };
    this.wishes.open = cell === null ? null : wish;
    this.send(wish);
  }
}
