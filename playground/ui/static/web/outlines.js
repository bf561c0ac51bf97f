// The shape of each class as a path: never colour alone.

/** Outlines of radius 1 about 0. */
const OUTLINES = {
  circle: "M1,0A1,1 0 1 1 -1,0A1,1 0 1 1 1,0Z",
  square: "M-.88,-.88H.88V.88H-.88Z",
  "triangle-up": "M0,-1.15L1.1,.8H-1.1Z",
  diamond: "M0,-1.25L1.25,0L0,1.25L-1.25,0Z",
  cross: "M-.42,-1.1H.42V-.42H1.1V.42H.42V1.1H-.42V.42H-1.1V-.42H-.42Z",
  star: "M0,-1.3L.34,-.42L1.24,-.4L.53,.16L.77,1.05L0,.54L-.77,1.05L-.53,.16L-1.24,-.4L-.34,-.42Z",
};

/** @param {string} symbol one of SYMBOLS @param {number} radius */
export function outline(symbol, radius) {
  const path = new Path2D();
  const shape = OUTLINES[/** @type {keyof typeof OUTLINES} */ (symbol)];
  path.addPath(new Path2D(shape), new DOMMatrix([radius, 0, 0, radius, 0, 0]));
  return path;
}
