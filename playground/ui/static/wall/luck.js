// Was it luck? How many of a cell's seeds have come to a goal, and when each was there first.
import { FIGURES } from "../web/facts.js";

const ROUNDING = 1e-6; // figures come as float32: 0.95 is a little less there

export class Luck {
  looked = 0; // epochs
  /** @type {number[]} */
  first = []; // of each seed the epoch at which it was there first

  /** @param {import("./plan.js").Plan} plan @param {import("./figure_store.js").FigureStore} figures @param {number} cell @param {number} goal accuracy, from 0 to 1 */
  constructor(plan, figures, cell, goal) {
    this.figures = figures;
    this.goal = goal;
    this.networks = Array.from({ length: plan.seeds }, (_, seed) => plan.first(cell) + seed);
    this.forget();
  }

  forget() {
    this.looked = 0;
    this.first = this.networks.map(() => Infinity);
  }

  /** Look at the epochs that have come since the last time; after a rewind there are fewer. */
  look() {
    if (this.figures.length < this.looked) this.forget();
    for (; this.looked < this.figures.length; this.looked += 1) {
      this.networks.forEach((network, i) => {
        const there = this.first[i] === Infinity && this.figures.at(this.looked, network, FIGURES.val_accuracy) >= this.goal - ROUNDING;
        if (there) this.first[i] = this.looked;
      });
    }
  }

  /** What can be said at an epoch. @param {number} epoch */
  at(epoch) {
    this.look();
    const reached = this.first.filter((first) => first <= epoch).sort((a, b) => a - b);
    return { reached: reached.length, of: this.networks.length, median: medianOf(reached) };
  }

  /** "Reached 95 % in 14 of 20, median at epoch 61". @param {number} epoch */
  sentence(epoch) {
    const { reached, of, median } = this.at(epoch);
    const goal = `${Math.round(this.goal * 100)} %`;
    return reached ? `Reached ${goal} in ${reached} of ${of}, median at epoch ${median}` : `Reached ${goal} in 0 of ${of}`;
  }
}

/** The middle one, or of an even number the epoch by which half are there. @param {number[]} rising */
const medianOf = (rising) => rising[Math.ceil(rising.length / 2) - 1];
