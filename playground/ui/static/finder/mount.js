// The rate finder as a component.
import { mounting } from "../web/mounting.js";
import { Finder } from "./finder.js";

const STYLES = ["../web/base.css", "finder.css"];

export const { mount, unmount } = mounting("finder", Finder, STYLES.map((name) => new URL(name, import.meta.url).href));
