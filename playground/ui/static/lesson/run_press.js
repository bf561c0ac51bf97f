// A press of "Run it", which counts for the run of the step also where that run is still to come. No DOM in here.

/** @typedef {Pick<import("../web/live_session.js").LiveSession, "play" | "toggle">} Plays */

export class RunPress {
  waits = false; // for the run of the step

  /** @param {Plays | null} ours what trains, where it is the run of the step */
  press(ours) {
    if (ours) ours.toggle();
    else this.waits = true; // the run of the step before must not take it
  }

  /** The run of the step may be there now. @param {Plays | null} ours */
  follow(ours) {
    if (!ours || !this.waits) return;
    this.waits = false;
    ours.play();
  }

  /** Another step is shown. */
  forget() {
    this.waits = false;
  }
}
