// What is drawn with the browser's next picture, once, however often it was asked for.

export class NextPicture {
  /** @type {number | undefined} */
  asked = undefined;

  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
  }

  request() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      this.draw();
    });
  }

  cancel() {
    if (this.asked !== undefined) cancelAnimationFrame(this.asked);
  }
}
