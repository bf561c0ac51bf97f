// The room as a component.
import { mounting } from "../web/mounting.js";
import { Room } from "./room.js";

const STYLES = ["../web/base.css", "../lesson/lesson.css", "room.css"];

export const { mount, unmount } = mounting("room", Room, STYLES.map((name) => new URL(name, import.meta.url).href));
