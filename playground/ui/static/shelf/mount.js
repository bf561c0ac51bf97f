// The shelf as a component.
import { mounting } from "../web/mounting.js";
import { Shelf } from "./shelf.js";

const STYLES = ["../web/base.css", "shelf.css"];

export const { mount, unmount } = mounting("shelf", Shelf, STYLES.map((name) => new URL(name, import.meta.url).href));
