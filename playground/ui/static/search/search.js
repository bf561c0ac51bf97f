// The search: puts the parts together and paints frames. One instance a mounted component.
import { Announcer } from "../web/announce.js";
import { copy } from "../web/clipboard.js";
import { ColorScale } from "../web/color_scale.js";
import { h } from "../web/dom.js";
import { listenForSpace, releaseFocusAfterMouse } from "../web/keys.js";
import { metricsOf } from "../web/metrics.js";
import { Notice, noticeOf } from "../web/notice.js";
import { PickedBar } from "../web/picked_bar.js";
import { Selection } from "../web/selection.js";
import { ShownRun } from "../web/shown_run.js";
import { Sidebar } from "../web/sidebar.js";
import { Size } from "../web/size.js";
import { readTheme } from "../web/theme.js";
import { Transport } from "../web/transport.js";
import { ViewPanel } from "../web/view_panel.js";
import { Best } from "./best.js";
import { History } from "./history.js";
import { Importance } from "./importance.js";
import { picksOf } from "./picks.js";
import { Progress } from "./progress.js";
import { summaryOf } from "./sentences.js";
import { LONGER, MOST_SECONDS, SearchSession } from "./session.js";
import { Trials } from "./trials.js";
import { loadView, VIEWS } from "./views.js";

/**
 * @typedef {import("../web/shown_run.js").RunData & {titles: [string, string][]}} SearchData  titles: of each knob
 * @typedef {import("../web/mounting.js").Component<SearchData>} Component
 * @typedef {import("../web/messages.js").TrialsMessage} Frame
 * @typedef {import("./look.js").Look} Look
 */

const WORDS = {
  taken: "This search is open on another page.", failed: "The search stopped.",
  diverged: "All trials have diverged. Lower the learning rate, or search it.", untrained: "Nothing is tried yet.",
};
const LOST = "The server no longer has this search: it starts again with its first trial.";
const SENTENCE = 6000; // ms that something is said
const WATCHABLE = ["ready", "playing", "paused"];

export class Search {
  frames = 0;
  everPlayed = false;
  sentence = "";
  looked = false; // whether it was said how to look at it
  shown = ""; // name of the figure that is shown; empty for what the search goes by
  /** @type {Transport} */
  transport;
  /** @type {Progress} */
  progress;
  /** @type {Best} */
  best;
  /** @type {History} */
  history;
  /** @type {Importance} */
  importance;
  /** @type {ViewPanel<Look>} */
  views;
  /** @type {PickedBar} */
  bar;
  /** @type {Notice} */
  notice;
  /** @type {Announcer} */
  announcer;
  /** @type {import("../web/messages.js").SearchHello | null} */
  hello = null;
  /** @type {import("../web/metrics.js").Metric[]} */
  metrics = [];
  /** @type {Trials | null} */
  trials = null; // of the newest frame that was painted
  /** @type {Look | null} */
  look = null;
  /** @type {number | undefined} */
  painting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  sentenceTimer;

  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.selection = new Selection();
    this.session = new SearchSession({
      onHello: (hello, fresh) => this.greet(/** @type {any} */ (hello).header, fresh),
      onFrame: () => this.requestPaint(),
      onChange: () => this.showState(),
      onGone: (token) => this.run.gone(token),
    });
    this.run = new ShownRun(this.session, {
      component: () => this.component,
      there: () => this.root.isConnected,
      look: () => ({ figure: this.shown, view: this.views.name }),
      lost: LOST,
      settled: () => this.takeLook(),
    });
    this.build();
    this.theme = readTheme(this.root);
    this.root.dataset.theme = this.theme.dark ? "dark" : "light";
    this.stopKeys = listenForSpace(() => this.root.isConnected && this.toggle());
    releaseFocusAfterMouse(this.root);
    this.selection.listen(() => this.showSelection());
    this.size = new Size(this.root, [this.history.chart.node, this.views.body], () => this.resize(), () => this.resize());
    this.showState();
    this.run.follow();
  }

  // ---------------------------------------------------------------- construction

  build() {
    const { session, selection } = this;
    this.sidebar = new Sidebar();
    this.transport = new Transport({
      toggle: () => this.toggle(), rewind: () => session.rewind(), copyLink: () => copy(this.link()), settings: this.sidebar.button,
    }, { link: { hint: "Copy the link to this search" }, rewind: "Start again with the first trial" });
    this.progress = new Progress();
    this.notice = new Notice("search-notice");
    this.best = new Best(this.notice.node);
    this.history = new History(selection, (metric) => this.showFigure(metric));
    this.importance = new Importance();
    this.bar = new PickedBar(selection);
    this.views = new ViewPanel(selection, {
      label: "Trials", id: "kp-search-view", tabs: VIEWS, epochOf: ({ trials }) => trials.header.last_epoch, say: (sentence) => this.say(sentence),
      load: (name) => loadView(name, selection),
    });
    this.views.node.append(this.bar.node);
    this.announcer = new Announcer("search-summary");
    this.root = h("div", { class: "kp-stage kp-search", data: { testid: "search", state: "loading", trials: 0, best: "", frames: 0, run: "", operable: "" } },
      h("div", { class: "kp-search-grid" }, this.transport.buttons, this.progress.node, this.best.node, this.history.node, this.importance.node, this.views.node),
      this.announcer.node);
    this.component.parentElement.append(this.root);
    this.views.select(VIEWS[0].name);
  }

  // ---------------------------------------------------------------- the search that is shown

  /** @param {Component} component the same component with newer data */
  update(component) {
    this.component = component;
    if (!this.root.isConnected) component.parentElement.append(this.root);
    this.run.follow();
    this.retheme();
  }

  /** After a reload it is looked at as before. */
  takeLook() {
    const before = this.run.kept.run?.look;
    if (this.looked || !before) return;
    this.looked = true;
    if (typeof before.figure === "string") this.shown = before.figure;
    if (this.views.has(before.view)) this.views.select(before.view);
  }

  /** @param {import("../web/messages.js").SearchHello} hello @param {boolean} fresh */
  greet(hello, fresh) {
    this.looked = true;
    this.root.dataset.run = hello.run;
    this.hello = hello;
    if (!fresh) return;
    this.metrics = metricsOf(hello.watched, hello.task === "classification");
    this.forget();
  }

  /** Nothing is known of its trials. */
  forget() {
    this.trials = this.look = null;
    this.selection.picked.clear();
    this.selection.pointed = null;
    this.best.clear();
  }

  // ---------------------------------------------------------------- painting

  requestPaint() {
    this.painting ??= requestAnimationFrame(() => {
      this.painting = undefined;
      this.paint();
    });
  }

  paint() {
    const frame = /** @type {Frame | undefined} */ (/** @type {unknown} */ (this.session.next()));
    if (!frame || !this.hello) return;
    const first = !this.trials;
    if (this.trials && frame.header.last_epoch < this.trials.header.last_epoch) this.forget(); // it begins anew
    this.trials = new Trials(this.hello, Object.fromEntries(this.component.data.titles ?? []), frame, this.session.links);
    this.refresh();
    this.session.painted(/** @type {any} */ (frame)); // the server works on the next ones meanwhile
    this.frames += 1;
    Object.assign(this.root.dataset, { trials: String(frame.header.last_epoch), best: this.bestFigure(), frames: String(this.frames) });
    if (first) this.showState();
    else this.showNotice();
    this.announce();
    if (this.session.queue.length) this.requestPaint();
  }

  /** Of the best trial what the search goes by; empty where there is none. */
  bestFigure() {
    const best = this.trials?.header.best ?? null;
    return best === null || !this.trials ? "" : String(this.trials.sums(this.metrics[0])[best].mean);
  }

  /** Everything that shows the newest frame, anew. */
  refresh() {
    const { trials, metrics, theme } = this;
    if (!trials) return;
    const metric = metrics.find(({ name }) => name === this.shown) ?? metrics[0];
    const scale = new ColorScale(metric, trials.sums(metric).map(({ mean }) => mean));
    const look = { trials, metrics, metric, scale, theme, dark: theme.dark, playing: this.session.playing };
    this.look = look;
    this.progress.show(trials, this.session.seconds);
    this.best.show(look);
    this.history.draw(look);
    this.importance.show(trials);
    this.bar.show(picksOf(look, this.selection));
    this.views.show(look);
  }

  showSelection() {
    if (!this.look) return;
    this.history.draw(this.look);
    this.bar.show(picksOf(this.look, this.selection));
  }

  // ---------------------------------------------------------------- what the learner chooses

  /** @param {string} metric */
  showFigure(metric) {
    this.shown = metric;
    this.refresh();
    this.run.keep();
  }

  /** Play or pause; a search that has tried all is not thrown away by it. */
  toggle() {
    this.sidebar?.close(); // what is watched now is not behind the settings
    if (this.session.over && !this.session.mayGoOn && this.session.lastEpoch > 0) this.notice.button.focus();
    else this.session.toggle();
  }

  link() {
    const here = new URL(document.baseURI);
    return new URL(this.component.data.link || here.pathname, here.origin + here.pathname).href;
  }

  // ---------------------------------------------------------------- state

  /** Until there is something to watch a search that could be watched is still loading. */
  get state() {
    const { state } = this.session;
    return WATCHABLE.includes(state) && !this.trials ? "loading" : state;
  }

  showState() {
    const { session, root, state } = this;
    if (!root) return;
    if (root.dataset.state !== state) root.dataset.state = state;
    this.run.keep();
    this.everPlayed ||= session.playing || session.lastEpoch > 0;
    this.transport.showState({
      playing: session.playing, enabled: !["loading", "failed", "reconnecting"].includes(state), lastEpoch: session.lastEpoch,
    });
    this.showNotice();
    if (this.trials) this.progress.show(this.trials, session.seconds);
    if (!session.playing) this.requestPaint();
    this.announce();
  }

  showNotice() {
    const { state, session } = this;
    const ended = session.over && !session.taken && !session.lost;
    this.notice.show(ended && !this.sentence ? this.endingNotice() : noticeOf(state, session, WORDS, {
      sentence: this.sentence, lost: this.run.lost, understood: () => this.understood(), told: true,
      wait: "Asking for the first trials…", everPlayed: this.everPlayed, restart: () => this.run.gone(session.token),
    }));
  }

  /** @returns {Parameters<Notice["show"]>[0]} */
  endingNotice() {
    const { session } = this;
    const kind = session.serverState === "diverged" ? /** @type {const} */ ("alarm") : undefined;
    const said = session.message || (kind ? WORDS.diverged : "");
    if (session.mayGoOn) {
      const more = Math.min(LONGER, MOST_SECONDS - session.seconds);
      return { text: said || "Its time is over.", kind, button: `Search ${more} s longer`, action: () => session.play() };
    }
    const all = session.done ? "All trials have been tried." : `A search is at work for at most ${MOST_SECONDS} s.`;
    return { text: kind ? said : [all, said].filter(Boolean).join(" "), kind, button: "Start again", action: () => this.startAgain() };
  }

  startAgain() {
    this.session.rewind();
    this.session.play();
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

  announce() {
    const { state, session, look } = this;
    const notes = [this.run.lost, session.message].filter(Boolean).join(" ");
    this.announcer.update(state, () => summaryOf(state, look, notes));
  }

  // ---------------------------------------------------------------- looks

  resize() {
    this.retheme(); // a larger window has larger type
    if (this.look) this.history.draw(this.look);
    this.views.request();
  }

  retheme() {
    const theme = readTheme(this.root);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.root.dataset.theme = theme.dark ? "dark" : "light";
    this.refresh();
  }

  destroy() {
    this.session.close();
    this.run.destroy();
    this.stopKeys();
    this.size.destroy();
    this.sidebar?.destroy();
    this.transport.destroy();
    this.views.destroy();
    clearTimeout(this.sentenceTimer);
    if (this.painting !== undefined) cancelAnimationFrame(this.painting);
    this.root.remove();
  }
}
