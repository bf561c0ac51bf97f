// The rules that suggest a rate, as fastai has them: what each is called, what it looks for, and its mark on the curve.

/** @typedef {{name: string, title: string, text: string, shape: string}} Rule */

/** The first is the default. @type {Rule[]} */
export const RULES = [
  { name: "valley", title: "Valley", shape: "circle", text: "The middle of the longest stretch over which the loss falls. A safe choice, and the default." },
  { name: "slide", title: "Slide", shape: "square", text: "Looking back from the end: just before the slope has settled. Often too bold." },
  { name: "steep", title: "Steep", shape: "triangle-up", text: "Where the loss falls fastest. One lucky step may decide it." },
  { name: "minimum", title: "Minimum / 10", shape: "diamond", text: "A tenth of the rate with the least loss. At that rate itself the loss is about to rise." },
];
