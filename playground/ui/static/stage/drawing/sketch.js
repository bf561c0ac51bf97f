// What is drawn: points, and the way back to what was drawn before. No DOM in here.
import { DRAWN } from "../../web/facts.js";
import { pointAt } from "./drawn_points.js";

const MOST_STEPS = 200; // that can be undone
export const SPRAY_EVERY = 0.28; // of the way of the pointer, units of the axes
const SPRAY_RADIUS = 0.35;
const ERASER = 0.35;

/** @typedef {import("./drawn_points.js").Point} Point */

export class Sketch {
  constructor() {
    /** @type {readonly Point[]} */
    this.points = [];
    /** @type {(readonly Point[])[]} */
    this.before = [];
    /** @type {(readonly Point[])[]} */
    this.after = [];
    this.full = false; // whether there was no room for a point
  }

  /** Other points altogether. @param {readonly Point[]} points */
  take(points) {
    this.points = points;
    this.before = [];
    this.after = [];
    this.full = false;
  }

  /** What follows is undone as one. */
  begin() {
    this.start = this.points;
    this.full = false;
  }

  /** @returns {boolean} whether something is other than at the beginning */
  end() {
    const { start } = this;
    this.start = undefined;
    if (start === undefined || start === this.points) return false;
    this.before = [...this.before, start].slice(-MOST_STEPS);
    this.after = [];
    return true;
  }

  undo() {
    const last = this.before.pop();
    if (!last) return false;
    this.after.push(this.points);
    this.points = last;
    return true;
  }

  redo() {
    const next = this.after.pop();
    if (!next) return false;
    this.before.push(this.points);
    this.points = next;
    return true;
  }

  /** @param {number} x1 @param {number} x2 @param {number} k class */
  add(x1, x2, k) {
    this.full = this.points.length >= DRAWN.most;
    if (!this.full) this.points = [...this.points, pointAt(x1, x2, k)];
  }

  /** A point somewhere about. @param {number} x1 @param {number} x2 @param {number} k @param {() => number} random in [0, 1) */
  spray(x1, x2, k, random = Math.random) {
    const [radius, angle] = [SPRAY_RADIUS * Math.sqrt(random()), 2 * Math.PI * random()];
    this.add(x1 + radius * Math.cos(angle), x2 + radius * Math.sin(angle), k);
  }

  /** The points that a pointer touches go. @param {number} x1 @param {number} x2 @param {number} [radius] */
  erase(x1, x2, radius = ERASER) {
    const left = this.points.filter(([a, b]) => Math.hypot(a - x1, b - x2) > radius);
    if (left.length < this.points.length) this.points = left;
  }

  /** @param {number} i @param {number} x1 @param {number} x2 */
  move(i, x1, x2) {
    this.points = this.points.map((point, j) => (i === j ? pointAt(x1, x2, point[2]) : point));
  }

  /** The nearest point within a distance, the newest of equals; -1 without one. @param {number} x1 @param {number} x2 @param {number} radius */
  nearest(x1, x2, radius) {
    let [found, best] = [-1, radius];
    this.points.forEach(([a, b], i) => {
      const distance = Math.hypot(a - x1, b - x2);
      if (distance <= best) [found, best] = [i, distance];
    });
    return found;
  }

  clear() {
    this.points = [];
  }
}
