// The lesson as a component.
import { mounting } from "../web/mounting.js";
import { Lesson } from "./lesson.js";

const STYLES = ["../web/base.css", "lesson.css"];

export const { mount, unmount } = mounting("lesson", Lesson, STYLES.map((name) => new URL(name, import.meta.url).href));
