// The stage as a component.
import { mounting } from "../web/mounting.js";
import { Stage } from "./stage.js";

const STYLES = ["../web/base.css", "stage.css", "layout.css"];

export const { mount, unmount } = mounting("stage", Stage, STYLES.map((name) => new URL(name, import.meta.url).href));
