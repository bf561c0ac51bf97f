// What a wall and a search have in common: many networks, live, looked at in several ways. What each shows is its own.
import { listenForSpace, releaseFocusAfterMouse } from "./keys.js";
import { NextPicture } from "./next_picture.js";
import { Selection } from "./selection.js";
import { ShownRun } from "./shown_run.js";
import { Size } from "./size.js";
import { readTheme } from "./theme.js";

/**
 * @typedef {import("./shown_run.js").RunData & {titles: [string, string][], names?: string[]}} ManyData  titles: of each knob; names: of runs
 * @typedef {import("./mounting.js").Component<ManyData>} Component
 */

const SENTENCE = 6000; // ms that something is said
export const WATCHABLE = ["ready", "playing", "paused"];
const INOPERABLE = ["loading", "failed", "reconnecting"];

/** @template {import("./live_session.js").LiveSession} Session @template {{playing: boolean}} Look */
export class Many {
  frames = 0;
  everPlayed = false;
  sentence = "";
  looked = false; // whether it was said how to look at it
  /** @type {Look | null} */
  look = null; // of the newest frame that was painted
  /** @type {HTMLElement} */
  root;
  /** @type {import("./theme.js").Theme} */
  theme;
  /** @type {import("./transport.js").Transport} */
  transport;
  /** @type {import("./sidebar.js").Sidebar} */
  sidebar;
  /** @type {import("./view_panel.js").ViewPanel<Look>} */
  views;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  sentenceTimer;

  /**
   * @param {Component} component
   * @param {(events: Omit<import("./live_session.js").LiveEvents, "onHello">) => Session} open
   * @param {string} [lost] what is said where the server has lost what is shown
   */
  constructor(component, open, lost) {
    this.component = component;
    this.selection = new Selection();
    this.picture = new NextPicture(() => this.paint());
    this.session = open({
      onFrame: () => this.picture.request(),
      onChange: () => this.showState(),
      onGone: (token) => this.run.gone(token),
    });
    this.run = new ShownRun(this.session, {
      component: () => this.component, there: () => this.root.isConnected, look: () => this.kept(), lost, settled: () => this.takeLook(),
    });
  }

  // ---------------------------------------------------------------- what each has of its own

  paint() {}

  /** Everything that shows the newest frame, anew. */
  refresh() {}

  showState() {}

  toggle() {}

  /** What is kept over a reload. @returns {Record<string, any>} */
  kept() {
    return { view: this.views.name };
  }

  resize() {}

  /** Of another theme. */
  restyle() {
    this.refresh();
  }

  // ---------------------------------------------------------------- how it begins and ends

  /** Once all is built. @param {Element[]} boxes whose size matters */
  begin(boxes) {
    this.component.parentElement.append(this.root);
    this.theme = readTheme(this.root);
    this.root.dataset.theme = this.theme.dark ? "dark" : "light";
    this.stopKeys = listenForSpace(() => this.root.isConnected && this.toggle());
    releaseFocusAfterMouse(this.root);
    this.size = new Size(this.root, boxes, () => this.resized(), () => this.resized());
    this.showState();
    this.run.follow();
  }

  /** @param {Component} component the same component with newer data */
  update(component) {
    this.component = component;
    if (!this.root.isConnected) component.parentElement.append(this.root);
    this.run.follow();
    this.retheme();
  }

  destroy() {
    this.session.close();
    this.run.destroy();
    this.stopKeys?.();
    this.size?.destroy();
    this.sidebar.destroy();
    this.transport.destroy();
    this.views.destroy();
    clearTimeout(this.sentenceTimer);
    this.picture.cancel();
    this.root.remove();
  }

  // ---------------------------------------------------------------- how it stands

  /** What each knob is called. @returns {Record<string, string>} */
  get titles() {
    return Object.fromEntries(this.component.data.titles ?? []);
  }

  /** Until there is something to watch what could be watched is still loading. */
  get state() {
    const { state } = this.session;
    return WATCHABLE.includes(state) && !this.look ? "loading" : state;
  }

  /** Of buttons and of what a reload is to find. @param {string} state */
  follow(state) {
    const { session } = this;
    this.root.dataset.state = state;
    this.run.keep();
    this.everPlayed ||= session.playing || session.lastEpoch > 0;
    this.transport.showState({ playing: session.playing, enabled: !INOPERABLE.includes(state), lastEpoch: session.lastEpoch });
  }

  /** A sentence for a while. @param {string} sentence */
  say(sentence) {
    this.sentence = sentence;
    clearTimeout(this.sentenceTimer);
    this.sentenceTimer = setTimeout(() => {
      this.sentence = "";
      this.showState();
    }, SENTENCE);
    this.showState();
  }

  understood() {
    this.run.lost = "";
    this.showState();
  }

  link() {
    const here = new URL(document.baseURI);
    return new URL(this.component.data.link || here.pathname, here.origin + here.pathname).href;
  }

  // ---------------------------------------------------------------- how it is looked at

  /** After a reload it is looked at as before. @returns {Record<string, any> | null} what was kept, where that is to be done */
  takeLook() {
    const before = this.run.kept.run?.look;
    if (this.looked || !before) return null;
    this.looked = true;
    if (this.views.has(before.view)) this.views.select(before.view);
    return before;
  }

  resized() {
    this.retheme(); // a larger window has larger type
    this.resize();
    this.views.request();
  }

  retheme() {
    const theme = readTheme(this.root);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.root.dataset.theme = theme.dark ? "dark" : "light";
    this.restyle();
  }
}
