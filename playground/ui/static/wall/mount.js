// The wall as a component.
import { mounting } from "../web/mounting.js";
import { Wall } from "./wall.js";

const STYLES = ["../web/base.css", "wall.css"];

export const { mount, unmount } = mounting("wall", Wall, STYLES.map((name) => new URL(name, import.meta.url).href));
