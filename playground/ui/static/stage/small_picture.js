// What is on the plane as a tiny picture that can be kept as text.
import { MapPicture } from "../web/map_picture.js";
import { LONGEST_PICTURE } from "../web/shelf.js";

const SIZE = 56; // px, which a screen with two to a CSS px shows at 28 and others smooth
const QUALITY = 0.75;

/** A data URL, or "" where it would be too long. @param {import("../web/plane.js").Shades} shades */
export function smallPicture({ bytes, n, palette }) {
  const map = new MapPicture();
  map.paint(bytes, n, palette);
  const small = Object.assign(document.createElement("canvas"), { width: SIZE, height: SIZE });
  /** @type {CanvasRenderingContext2D} */ (small.getContext("2d")).drawImage(map.canvas, 0, 0, SIZE, SIZE);
  const address = small.toDataURL("image/jpeg", QUALITY);
  return address.length <= LONGEST_PICTURE ? address : "";
}
