// The search: puts the parts together and paints frames. One instance a mounted component.
import { Announcer } from "../web/announce.js";
import { copy } from "../web/clipboard.js";
import { ColorScale } from "../web/color_scale.js";
import { h } from "../web/dom.js";
import { Many } from "../web/many.js";
import { metricsOf } from "../web/metrics.js";
import { Notice, noticeOf } from "../web/notice.js";
import { PickedBar } from "../web/picked_bar.js";
import { Sidebar } from "../web/sidebar.js";
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
 * @typedef {import("../web/messages.js").TrialsMessage} Frame
 * @typedef {import("./look.js").Look} Look
 */

const WORDS = {
  taken: "This search is open on another page.", failed: "The search stopped.",
  diverged: "All trials have diverged. Lower the learning rate, or search it.", untrained: "Nothing is tried yet.",
};
const LOST = "The server no longer has this search: it starts again with its first trial.";

/** @extends {Many<SearchSession, Look>} */
export class Search extends Many {
  shown = ""; // name of the figure that is shown; empty for what the search goes by
  /** @type {Progress} */
  progress;
  /** @type {Best} */
  best;
  /** @type {History} */
  history;
  /** @type {Importance} */
  importance;
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
  /** @param {import("../web/many.js").Component} component */
  constructor(component) {
    super(component, (events) => new SearchSession({ ...events, onHello: (hello, fresh) => this.greet(/** @type {any} */ (hello).header, fresh) }), LOST);
    this.build();
    this.selection.listen(() => this.showSelection());
    this.begin([this.history.chart.node, this.views.body]);
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
    this.views.select(VIEWS[0].name);
  }

  // ---------------------------------------------------------------- the search that is shown

  kept() {
    return { figure: this.shown, ...super.kept() };
  }

  takeLook() {
    const before = super.takeLook();
    if (typeof before?.figure === "string") this.shown = before.figure;
    return before;
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

  paint() {
    const frame = /** @type {Frame | undefined} */ (/** @type {unknown} */ (this.session.next()));
    if (!frame || !this.hello) return;
    const first = !this.trials;
    if (this.trials && frame.header.last_epoch < this.trials.header.last_epoch) this.forget(); // it begins anew
    this.trials = new Trials(this.hello, this.titles, frame, this.session.links);
    this.refresh();
    this.session.painted(/** @type {any} */ (frame)); // the server works on the next ones meanwhile
    this.frames += 1;
    Object.assign(this.root.dataset, { trials: String(frame.header.last_epoch), best: this.bestFigure(), frames: String(this.frames) });
    if (first) this.showState();
    else this.showNotice();
    this.announce();
    if (this.session.queue.length) this.picture.request();
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

  // ---------------------------------------------------------------- state

  showState() {
    const { session, root, state } = this;
    if (!root) return;
    this.follow(state);
    this.showNotice();
    if (this.trials) this.progress.show(this.trials, session.seconds);
    if (!session.playing) this.picture.request();
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

  announce() {
    const { state, session, look } = this;
    const notes = [this.run.lost, session.message].filter(Boolean).join(" ");
    this.announcer.update(state, () => summaryOf(state, look, notes));
  }

  // ---------------------------------------------------------------- looks

  resize() {
    if (this.look) this.history.draw(this.look);
  }
}
