// A panel of tabs and the one view that is shown. Only that one is drawn.
import { h } from "./dom.js";
import { NextPicture } from "./next_picture.js";
import { Tabs } from "./tabs.js";

const EVERY = 200; // ms between two drawings while networks train
const SHARE = 5; // a drawing that takes long comes so much more rarely

/**
 * @template Look what all views share
 * @typedef {object} View
 * @property {HTMLElement} node
 * @property {HTMLElement} [head]
 * @property {(look: Look) => void} draw
 */

/**
 * @template Look
 * @typedef {object} Views
 * @property {string} label
 * @property {string} id          of the panel
 * @property {readonly {name: string, title: string, hint: string}[]} tabs
 * @property {(name: string) => Promise<View<Look>>} load
 * @property {(look: Look) => number} epochOf   that is seen
 * @property {(sentence: string) => void} say
 */

/** @template {{playing: boolean}} Look */
export class ViewPanel {
  name = "";
  /** @type {View<Look> | null} */
  view = null;
  /** @type {Map<string, Promise<View<Look>>>} */
  made = new Map();
  /** @type {Look | null} */
  look = null;
  next = 0; // when it may be drawn again
  picture = new NextPicture(() => this.draw());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /** @param {import("./selection.js").Selection} selection @param {Views<Look>} views */
  constructor(selection, views) {
    this.views = views;
    this.tabs = new Tabs(views.label, views.id, views.tabs, (name) => this.select(name));
    this.head = h("div", { class: "kp-view-head" });
    this.body = h("div", { class: "kp-view-body", id: views.id, role: "tabpanel", tabindex: 0, data: { testid: "view" } });
    this.node = h("section", { class: "kp-panel kp-views", "aria-label": views.label },
      h("header", { class: "kp-views-head" }, this.tabs.node), this.head, this.body);
    selection.listen(() => this.request());
  }

  /** @param {unknown} name */
  has(name) {
    return this.views.tabs.some((tab) => tab.name === name);
  }

  /** @param {string} name */
  async select(name) {
    if (name === this.name) return;
    this.name = name;
    this.view = null;
    this.tabs.show(name);
    this.body.setAttribute("aria-labelledby", `kp-tab-${name}`);
    const view = await this.makeOnce(name).catch(() => null);
    if (this.name !== name) return;
    if (!view) return this.failed();
    this.view = view;
    this.body.replaceChildren(view.node);
    this.head.replaceChildren(...(view.head ? [view.head] : []));
    this.body.dataset.view = name;
    this.request();
  }

  /** @param {string} name @returns {Promise<View<Look>>} */
  makeOnce(name) {
    const known = this.made.get(name);
    if (known) return known;
    const view = this.views.load(name);
    this.made.set(name, view);
    view.catch(() => this.made.delete(name)); // the next click tries again
    return view;
  }

  failed() {
    this.name = "";
    this.views.say("This view could not be loaded. Choose it again, or reload the page.");
  }

  /** There is news: while networks train it is drawn a few times a second. @param {Look} look */
  show(look) {
    this.look = look;
    clearTimeout(this.timer);
    const wait = look.playing ? this.next - performance.now() : 0;
    if (wait <= 0) this.request();
    else this.timer = setTimeout(() => this.request(), wait);
  }

  /** Drawn with the next picture of the browser. */
  request() {
    this.picture.request();
  }

  draw() {
    if (!this.look || !this.view) return;
    const start = performance.now();
    this.view.draw(this.look);
    const end = performance.now();
    this.next = end + Math.max(EVERY, SHARE * (end - start));
    this.body.dataset.epoch = String(this.views.epochOf(this.look));
  }

  destroy() {
    clearTimeout(this.timer);
    this.picture.cancel();
  }
}
