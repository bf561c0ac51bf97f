// A press that leads to another step, which counts until Python is there. No DOM in here.

export class StepPress {
  /** @type {number | undefined} */
  asked = undefined;

  /** @param {(step: number) => void} ask Python */
  constructor(ask) {
    this.ask = ask;
  }

  /** @param {number} step */
  press(step) {
    this.asked = step;
    this.ask(step);
  }

  /**
   * Python is at a step: where it is another than was asked for, that answers an earlier press, or comes from a server that
   * has started again and was never asked.
   * @param {number} step @returns {boolean} whether it is the one to show
   */
  follow(step) {
    if (this.asked !== undefined && step !== this.asked) {
      this.ask(this.asked);
      return false;
    }
    this.asked = undefined;
    return true;
  }

  /** Another lesson is shown. */
  forget() {
    this.asked = undefined;
  }
}
