// The panel beside the grid: tabs, and the one view that is shown. Only that one is drawn.
import { h } from "../web/dom.js";
import { Tabs } from "../web/tabs.js";

const EVERY = 200; // ms between two drawings while networks train
const SHARE = 5; // a drawing that takes long comes so much more rarely

export const VIEWS = [
  { name: "curves", title: "Curves", hint: "How each network learns" },
  { name: "heat", title: "Heat map", hint: "The figure that is judged by, over the axes" },
  { name: "parallel", title: "Parallel", hint: "Each network as a line through its knobs and figures" },
  { name: "difference", title: "Difference", hint: "Where two networks disagree" },
  { name: "table", title: "Table", hint: "All figures, to be sorted, hidden and downloaded" },
];

/** @typedef {import("./look.js").Look} Look */
/**
 * What every view gets.
 * @typedef {object} ViewContext
 * @property {import("./selection.js").Selection} selection
 * @property {(change: Partial<import("./filter.js").Filter>) => void} hide
 *
 * What every view is.
 * @typedef {object} View
 * @property {HTMLElement} node
 * @property {HTMLElement} [head]
 * @property {(look: Look) => void} draw
 */

export class ViewPanel {
  name = "";
  /** @type {View | null} */
  view = null;
  /** @type {Map<string, Promise<View>>} */
  views = new Map();
  /** @type {Look | null} */
  look = null;
  next = 0; // when it may be drawn again
  /** @type {number | undefined} */
  drawing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /** @param {ViewContext} context @param {(sentence: string) => void} say */
  constructor(context, say) {
    this.context = context;
    this.say = say;
    this.tabs = new Tabs("Views", "kp-wall-view", VIEWS, (name) => this.select(name));
    this.head = h("div", { class: "kp-view-head" });
    this.body = h("div", { class: "kp-view-body", id: "kp-wall-view", role: "tabpanel", tabindex: 0, data: { testid: "view" } });
    this.node = h("section", { class: "kp-panel kp-views", "aria-label": "Views" },
      h("header", { class: "kp-views-head" }, this.tabs.node), this.head, this.body);
    context.selection.listen(() => this.request());
  }

  /** @param {string} name */
  async select(name) {
    if (name === this.name) return;
    this.name = name;
    this.view = null;
    this.tabs.show(name);
    this.body.setAttribute("aria-labelledby", `kp-tab-${name}`);
    const view = await this.made(name).catch(() => null);
    if (this.name !== name) return;
    if (!view) return this.failed();
    this.view = view;
    this.body.replaceChildren(view.node);
    this.head.replaceChildren(...(view.head ? [view.head] : []));
    this.body.dataset.view = name;
    this.request();
  }

  /** @param {string} name @returns {Promise<View>} */
  made(name) {
    const known = this.views.get(name);
    if (known) return known;
    const view = import(`./views/${name}_view.js`).then(({ default: Kind }) => new Kind(this.context));
    this.views.set(name, view);
    view.catch(() => this.views.delete(name)); // the next click tries again
    return view;
  }

  failed() {
    this.name = "";
    this.say("This view could not be loaded. Choose it again, or reload the page.");
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
    this.drawing ??= requestAnimationFrame(() => {
      this.drawing = undefined;
      if (!this.look || !this.view) return;
      const start = performance.now();
      this.view.draw(this.look);
      const end = performance.now();
      this.next = end + Math.max(EVERY, SHARE * (end - start));
      this.body.dataset.epoch = String(this.look.results.epoch);
    });
  }

  destroy() {
    clearTimeout(this.timer);
    if (this.drawing !== undefined) cancelAnimationFrame(this.drawing);
  }
}
