// The search as a component.
import { mounting } from "../web/mounting.js";
import { Search } from "./search.js";

const STYLES = ["../web/base.css", "search.css"];

export const { mount, unmount } = mounting("search", Search, STYLES.map((name) => new URL(name, import.meta.url).href));
