// What the page knows about its run besides what trains: experiment, curves, what was asked.
import { CurveStore } from "./curve_store.js";
import { guide } from "../web/guide.js";
import { LiveSession } from "../web/live_session.js";

/**
 * @typedef {object} RunEvents
 * @property {(header: import("../web/decode.js").Header) => void} onProbe
 * @property {(message: import("../web/decode.js").Message) => void} onView  a view beside the boundary
 * @property {(sentence: string) => void} onRefused  what was asked cannot be done
 * @property {(message: import("../web/decode.js").Message) => void} onExport  a part of a file that is taken away
 * @property {() => void} onNotHere  the points that were drawn are for Python
 *
 * @typedef {import("../web/live_session.js").LiveEvents & RunEvents} SessionEvents
 */

export class Session extends LiveSession {
  /** @param {SessionEvents} events */
  constructor(events) {
    super(events);
    this.asked = events;
    this.experiment = /** @type {Record<string, any>} */ ({});
    this.curves = new CurveStore();
    this.curvesChanged = false;
    /** @type {import("../web/decode.js").Message["arrays"][string] | undefined} */
    this.inputs = undefined;
  }

  /** @param {import("../web/decode.js").Message} message */
  receive(message) {
    const { header } = message;
    if (header.type === "hello") this.hello(message);
    else if (header.type === "frame") this.frame(message);
    else if (header.type === "probe") this.asked.onProbe(header);
    else if (header.type === "view") this.asked.onView(message);
    else if (header.type === "refused") this.asked.onRefused(header.message);
    else if (header.type === "export") this.asked.onExport(message);
    else if (header.type === "not_here") this.asked.onNotHere();
    else super.receive(message);
  }

  /** @param {import("../web/decode.js").Message} message */
  hello(message) {
    const { header } = message;
    this.experiment = header.experiment ?? {};
    if (header.run !== this.run) this.curves.clear();
    this.curves.watched = this.experiment.n_validation ? "Validation" : "Test";
    super.hello(message);
  }

  /**
   * The run begins anew with other points, past Python.
   * @param {string} points packed
   * @returns {boolean} whether the server was asked for it: in a lesson Python knows what may be changed
   */
  redraw(points) {
    if (guide.free || !this.greeted || !this.socket?.connected || this.experiment.dataset !== "drawn") return false;
    this.until = null; // it was an epoch of the run before
    this.makeWay();
    this.send({ type: "points", points });
    return true;
  }

  /** @param {import("../web/decode.js").Message} message */
  frame(message) {
    const { header, arrays } = message;
    const rows = /** @type {Float32Array | undefined} */ (arrays.curves?.data);
    if (rows) this.curvesChanged = this.curves.place(header.curves_start ?? 0, rows) || this.curvesChanged;
    header.watched = this.curves.watched;
    // Sent once for each view of the plane: a frame that is passed over must not take them along.
    if (arrays.inputs) this.inputs = arrays.inputs;
    super.frame(Object.assign(message, { inputs: this.inputs }));
  }
}
