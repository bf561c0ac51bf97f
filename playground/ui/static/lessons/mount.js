// The list of lessons as a component.
import { mounting } from "../web/mounting.js";
import { Lessons } from "./lessons.js";

const STYLES = ["../web/base.css", "lessons.css"];

export const { mount, unmount } = mounting("lessons", Lessons, STYLES.map((name) => new URL(name, import.meta.url).href));
