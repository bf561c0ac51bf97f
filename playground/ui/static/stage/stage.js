// The live stage: puts the parts together and paints frames. One instance a mounted component.
import { summary } from "./announce.js";
import { Announcer } from "../web/announce.js";
import { BoundaryChart } from "./boundary_chart.js";
import { BoundaryPanel } from "./boundary_panel.js";
import { copy } from "../web/clipboard.js";
import { Curves } from "./curves.js";
import { CurvesPanel } from "./curves_panel.js";
import { guide } from "../web/guide.js";
import { h, painted } from "../web/dom.js";
import { DrawButton } from "./draw_button.js";
import { EndingCard, endingOf } from "./ending.js";
import { formatEpoch } from "../web/format.js";
import { linkTo, lookOf, takeLookOnce } from "./page_view.js";
import { KeepButton } from "./keep_button.js";
import { listenForSpace, releaseFocusAfterMouse } from "../web/keys.js";
import { NextPicture } from "../web/next_picture.js";
import { noticeOf } from "../web/notice.js";
import { loadPlotly } from "../web/plotly.js";
import { Session } from "./session.js";
import { ShareMenu } from "./share_menu.js";
import { ShownRun } from "../web/shown_run.js";
import { Sidebar } from "../web/sidebar.js";
import { Size } from "../web/size.js";
import { TakeButton } from "../web/take_button.js";
import { readTheme } from "../web/theme.js";
import { RunTransport } from "./transport.js";
import { ViewHost } from "./view_host.js";

/**
 * @typedef {object} OwnData
 * @property {string} base     folder of these modules
 * @property {string} plotly
 * @property {string[]} [view]   what a run that is new is first looked at with
 * @property {string[]} [hide]   controls that are hidden, as a link calls them
 * @property {string[]} [lock]   knobs that are not to be changed, likewise
 * @property {Partial<import("./page_view.js").Look> & {number: number} | null} [look]  how it is to look; a new number is a new wish
 *
 * @typedef {import("../web/shown_run.js").RunData & OwnData} StageData
 * @typedef {import("../web/mounting.js").Component<StageData>} Component
 */

const WORDS = {
  taken: "This run is open on another page.", failed: "The run stopped.",
  diverged: "The loss is no longer a number. Lower the learning rate.", untrained: "An untrained network.",
};
const LINK_PATIENCE = 300;
const BREATH = 150; // ms that the browser gets to show the page before the charts are prepared
const SENTENCE = 6000;
const STALE = 700; // ms that what the run before came to may stand there while another one is made ready: quick changes do not flicker
const PATIENCE = 500; // ms it may take longer when the server has not yet said what the run is

export class Stage {
  /** @type {RunTransport} */
  transport;
  /** @type {BoundaryPanel} */
  boundaryPanel;
  /** @type {CurvesPanel} */
  curvesPanel;
  picture = new NextPicture(() => this.paint());
  share = new ShareMenu(this);
  /** @type {import("../web/messages.js").Course | undefined} */
  course;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  staleTimer;
  /** @type {import("./foreign_link.js").ForeignLink | undefined} */
  foreign;

  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.frames = 0;
    this.locks = ""; // what a link locks
    /** @type {import("../web/decode.js").Message | null} */
    this.hello = null;
    /** @type {Record<string, any> | null} */
    this.shown = null; // header of the newest painted frame
    this.everPlayed = false;
    this.hasPlayed = false; // steps are not counted
    /** @type {string | null} */
    this.wished = null; // which link's look was taken last
    this.greeted = new Promise((resolve) => {
      this.sayGreeted = () => resolve(undefined);
    });
    this.session = new Session({
      onHello: (hello, fresh) => this.greet(hello, fresh),
      onFrame: () => this.requestPaint(),
      onChange: () => this.showState(),
      onProbe: (header) => this.hover?.answer(header),
      onView: (message) => this.views?.show(message),
      onRefused: (sentence) => this.say(sentence),
      onExport: (message) => {
        this.take?.receive(message);
        this.share.receive(message);
      },
      onNotHere: () => this.drawing?.askPython(),
      onGone: (token) => this.run.gone(token),
    });
    this.run = new ShownRun(this.session, {
      component: () => this.component,
      there: () => this.root.isConnected,
      look: () => ({ ...lookOf(this), at: 0 }),
      begins: () => this.component.data.view?.includes("test_points") && this.boundaryPanel.setTest(true),
      settled: () => takeLookOnce(this, this.component.data, this.run.kept.run?.look),
    });
    this.build();
    this.theme = readTheme(this.root);
    this.buildViews();
    this.stopKeys = listenForSpace(() => this.root.isConnected && this.mayPlay && this.toggle());
    releaseFocusAfterMouse(this.root);
    this.root.dataset.theme = this.theme.dark ? "dark" : "light";
    this.size = new Size(this.root, [this.boundaryPanel.chart, this.curvesPanel.chart, this.views?.body], () => this.resize(), (layout) => this.choosePanels(layout));
    this.showState();
    this.hideControls();
    this.run.follow();
    this.prepareCharts();
    this.readForeignLink();
  }

  // ---------------------------------------------------------------- construction

  build() {
    const { session } = this;
    this.sidebar = new Sidebar();
    this.keep = new KeepButton(() => this.seen(), (sentence) => this.say(sentence));
    this.take = new TakeButton({
      send: (message) => session.send(message),
      say: (sentence) => this.say(sentence),
      epoch: () => `epoch ${formatEpoch(this.shown?.epoch ?? 0)}`,
      link: () => this.wholeLink(),
      groups: async () => (await import("./taken.js")).groupsOf(this.share),
    }, "Take away: code, model, figures and pictures of the epoch shown");
    this.transport = new RunTransport({
      toggle: () => this.toggle(),
      step: () => this.step(),
      rewind: () => session.rewind(),
      newWeights: () => this.component.setTriggerValue("new_weights", Date.now()),
      speed: (value) => session.setSpeed(value),
      scrub: (epoch) => this.scrub(epoch),
      copyLink: (asSeen) => copy(this.wholeLink(asSeen)),
      settings: this.sidebar.button,
      notes: [this.keep.node, this.take.node],
      offers: this.share.offers,
    });
    this.boundaryPanel = new BoundaryPanel({
      discrete: (on) => this.boundary?.setDiscrete(on),
      test: (on) => this.boundary?.setTest(on),
      reset: () => this.boundary?.reset(),
      rings: (on) => this.views?.setRings(on),
    });
    this.ending = new EndingCard({
      more: (epochs) => this.goOn(epochs),
      restart: () => session.play(),
      closed: () => {
        this.transport.playButton.focus({ preventScroll: true });
        this.showState();
      },
    });
    this.boundaryPanel.plot.append(this.ending.node);
    this.drawing = new DrawButton({
      chart: () => this.boundary,
      redraw: (points) => this.session.redraw(points),
      ask: (points) => this.askForAnother({ change: { dataset: "drawn", points }, at: Date.now() }),
      say: (sentence) => this.say(sentence),
      changed: (on) => this.boundaryPanel.node.toggleAttribute("data-drawing", on),
    }, (drawing) => this.boundaryPanel.takeDrawing(drawing));
    this.boundaryPanel.checks.append(this.drawing.node);
    this.curvesPanel = new CurvesPanel({ log: (on) => this.curves?.setLog(on), whole: (on) => this.curves?.setWhole(on) });
    this.announcer = new Announcer("stage-summary");
    this.root = h("div", { class: "kp-stage", data: { testid: "stage", state: "loading", view: "none", epoch: 0, frames: 0, run: "" } },
      this.grid = h("div", { class: "kp-grid" }, this.transport.buttons, this.transport.timeline, this.transport.figures,
        this.boundaryPanel.node, this.curvesPanel.node),
      this.announcer.node);
    this.component.parentElement.append(this.root);
  }

  buildViews() {
    const { session } = this;
    this.views = new ViewHost({
      theme: this.theme,
      plotly: () => this.Plotly,
      chart: () => this.boundary,
      send: (message) => session.send(message),
      focus: (neuron) => this.focus(neuron),
      change: (wish) => this.askForAnother(wish),
      rewind: () => session.rewind(),
      say: (sentence) => this.say(sentence),
    }, {
      wish: (wish) => session.wish("show", wish),
      layout: (name, tall) => this.layOut(name, tall),
    });
    this.grid.append(this.views.node);
  }

  /** What stands behind the "#" is looked at once there is a page. */
  async readForeignLink() {
    const { ForeignLink } = await import("./foreign_link.js");
    if (!this.destroyed) this.foreign = new ForeignLink((sentence) => this.say(sentence));
  }

  /** On a low screen a view takes the place of the curves: only one that is chosen there does. @param {string} layout */
  choosePanels(layout) {
    if (layout === "low") this.viewBefore = this.laidOut ? this.views?.name : undefined;
    this.laidOut = true;
    if (layout === "low") this.views?.select("none");
    else if (this.views?.name === "none") this.views.select(this.viewBefore ?? "network");
  }

  /** A panel more or less: the charts follow their boxes. @param {string} name @param {boolean} tall */
  layOut(name, tall) {
    this.root.dataset.view = name;
    this.root.toggleAttribute("data-tall", tall && name !== "none");
  }

  /** One neuron's map instead of the boundary. @param {{layer: number, unit: number} | null} neuron */
  focus(neuron) {
    this.session.wish("focus", neuron && { type: "focus", ...neuron }, "unfocus");
    const { hidden = [], units_out: outputs } = this.session.experiment;
    const other = neuron && neuron.layer > hidden.length && outputs === 1 ? null : neuron; // that one is on the chart already
    this.boundary?.setFocus(other);
    this.boundaryPanel.showFocus(other);
  }

  /** A sentence over the boundary, for a while. @param {string} sentence */
  say(sentence) {
    this.sentence = sentence;
    clearTimeout(this.sentenceTimer);
    this.sentenceTimer = setTimeout(() => {
      this.sentence = "";
      this.showState();
    }, SENTENCE);
    this.showState();
  }

  /** Evaluating plotly.js holds the page up for a second: what the server says of the run is shown first. */
  async prepareCharts() {
    await Promise.all([after(BREATH), Promise.race([this.greeted, after(PATIENCE)])]);
    await painted();
    try {
      const [Plotly, { PlaneHover }] = await Promise.all([loadPlotly(absolute(this.component.data.plotly)), import("./hover.js")]);
      this.draw(Plotly, PlaneHover);
    } catch (error) {
      console.error(error);
      this.failedToDraw();
    }
  }

  /** @param {any} Plotly @param {typeof import("./hover.js").PlaneHover} PlaneHover */
  draw(Plotly, PlaneHover) {
    if (this.destroyed) return;
    this.root.dataset.operable = "";
    this.Plotly = Plotly;
    this.boundary = new BoundaryChart(Plotly, this.boundaryPanel.chart, this.theme, (view, zoomed) => {
      this.session.send({ type: "view", ...view });
      this.boundaryPanel.resetButton.hidden = !zoomed;
    });
    this.boundary.onPlaced = () => this.drawing?.place();
    this.boundary.setDiscrete(this.boundaryPanel.discrete);
    this.boundary.setTest(this.boundaryPanel.showsTest);
    this.curves = new Curves(Plotly, this.curvesPanel.chart, this.theme, this.session.curves,
      { pick: (epoch) => this.scrub(epoch), cut: (cut) => this.curvesPanel.showCut(cut) });
    this.curves.setLog(this.curvesPanel.log.checked);
    this.curves.setTurns(this.course?.turns ?? []);
    this.hover = new PlaneHover(this.boundary, (point) => this.session.send({ type: "probe", ...point }));
    this.boundaryPanel.plot.append(this.hover.node);
    if (this.hello) this.showRun(this.hello);
    this.requestPaint();
  }

  failedToDraw() {
    this.root.dataset.operable = "";
    this.broken = "The chart library could not be loaded. Reload the page to try again.";
    this.showState();
  }

  // ---------------------------------------------------------------- run

  /** @param {Component} component the same component with newer data */
  update(component) {
    this.component = component;
    if (!this.root.isConnected) component.parentElement.append(this.root);
    this.hideControls();
    this.run.follow();
    if (this.session.makesWay) this.session.comeBack(); // Python has answered, and kept the run: only its rates are others
    this.retheme();
  }

  /** What a link hides and locks: which elements these are the style sheet says. */
  hideControls() {
    const { hide = [], lock = [] } = this.component.data;
    if (this.root.dataset.hide !== hide.join(" ")) {
      this.root.dataset.hide = hide.join(" ");
      this.showState(); // which may name what is hidden now
    }
    if (lock.join() === this.locks) return;
    this.locks = lock.join();
    guide.lock(lock);
    this.transport.weightsButton.disabled = guide.locked.has("seed");
    if (this.hello) this.views?.setRun(this.hello, false);
  }

  /** @param {import("../web/decode.js").Message} hello @param {boolean} fresh */
  greet(hello, fresh) {
    this.hello = hello;
    this.sayGreeted();
    this.root.dataset.run = hello.header.run;
    if (fresh) this.shown = null;
    this.take?.lost();
    this.showRun(hello, fresh);
  }

  /** @param {import("../web/decode.js").Message} hello @param {boolean} [fresh] */
  showRun(hello, fresh = true) {
    const classification = hello.header.experiment.task !== "regression";
    this.transport.showTask(classification, this.session.curves.watched, hello.header.experiment.epochs);
    this.curvesPanel.showTask(classification);
    if (fresh && this.boundary) this.drawRun(hello, classification);
    this.boundaryPanel.showRun(hello.header, this.boundary ?? null, this.theme);
    this.drawing?.setRun(hello, hello.header.course?.link ?? this.ownLink ?? "");
    this.views?.setRun(hello, fresh);
    this.boundaryPanel.resetButton.hidden = !this.boundary?.zoomed;
    if (this.boundary?.zoomed) this.session.send({ type: "view", ...this.boundary.view });
  }

  /** @param {import("../web/decode.js").Message} hello @param {boolean} classification */
  drawRun(hello, classification) {
    const first = !this.boundary?.drawn;
    this.boundary?.setRun(hello);
    if (first) this.hover?.followPoints();
    else this.boundary?.fade();
    this.curves?.setRun(classification);
  }

  // ---------------------------------------------------------------- painting

  requestPaint() {
    if (!this.boundary?.drawn) return;
    this.picture.request();
  }

  paint() {
    if (this.session.makesWay) return;
    const frame = this.session.next();
    if (!frame) return this.drawCurves();
    const another = this.frames > 0 && !this.shown; // run than before: it is seen first, its curves with the next picture
    this.boundary?.paint(frame);
    this.stopBeingStale();
    this.session.painted(frame); // the server works on the next one while the figures are written
    this.frames += 1;
    this.shown = frame.header;
    if (this.frames === 1) this.showState();
    this.transport.showFrame(frame.header, Boolean(this.session.scrubbing));
    this.root.dataset.epoch = frame.header.epoch;
    this.root.dataset.frames = String(this.frames);
    this.views?.frame(frame);
    this.hover?.refresh();
    this.take?.follow();
    this.root.toggleAttribute("data-edited", frame.header.edited);
    this.transport.showEdited(frame.header.edited);
    this.announce();
    if (another || this.session.queue.length) this.requestPaint();
    if (!another) this.drawCurves();
  }

  /** Rates or weights were changed while it trained: the curves are marked, and Python writes another address. */
  followCourse() {
    const { course } = this.session;
    if (course === this.course) return;
    this.course = course;
    const turns = course?.turns ?? [];
    this.curves?.setTurns(turns);
    this.curvesPanel.showTurns(turns);
    clearTimeout(this.linkTimer);
    this.linkTimer = setTimeout(() => this.passOnLink(), LINK_PATIENCE);
  }

  /** Python mostly knows it by then; where a rate was turned, the run's worker has said since from which epoch on it holds. */
  passOnLink() {
    const { course, token } = this.session;
    const { data } = this.component;
    if (this.root.isConnected && course && token === data.token && course.link !== data.link) this.component.setTriggerValue("link", course.link);
  }

  drawCurves() {
    const { session, curves } = this;
    if (!curves) return;
    if (session.curvesChanged) curves.dirty = true;
    session.curvesChanged = false;
    const behind = this.shown && this.shown.epoch < session.lastEpoch && !session.playing;
    curves.update(session.playing, behind ? this.shown?.epoch : null);
  }

  // ---------------------------------------------------------------- state

  /** Until the charts are drawn a run that could be watched is still loading. */
  get state() {
    const { state } = this.session;
    const watchable = ["ready", "playing", "paused"].includes(state);
    return watchable && !this.frames && !this.broken ? "loading" : state;
  }

  /** What is not there yet. */
  get wait() {
    return this.session.state === "loading" ? "Getting the network ready…" : "Preparing the charts…";
  }

  showState() {
    const { session, root, state } = this;
    if (!root) return;
    if (root.dataset.state !== state) root.dataset.state = state;
    if (state === "loading" && this.frames) this.staleTimer ??= setTimeout(() => root.toggleAttribute("data-stale", true), STALE);
    this.run.keep();
    this.followCourse();
    this.everPlayed ||= session.playing || session.lastEpoch > 0;
    this.hasPlayed ||= session.playing;
    root.toggleAttribute("data-played", this.hasPlayed);
    this.ending?.follow(session);
    this.transport.showState({
      playing: session.playing,
      enabled: !["loading", "failed", "reconnecting"].includes(state),
      lastEpoch: session.lastEpoch,
    });
    this.boundaryPanel.notice.show(noticeOf(state, session, WORDS, {
      broken: this.broken, sentence: this.sentence, lost: this.run.lost, understood: () => this.understood(),
      told: Boolean(this.ending?.open), wait: this.wait, everPlayed: this.everPlayed, restart: () => this.restart(),
      hide: this.component.data.hide,
    }));
    if (!session.playing) this.requestPaint(); // brings the curves up to date
    this.announce();
  }

  /** What is seen is of the run that is there. */
  stopBeingStale() {
    clearTimeout(this.staleTimer);
    this.staleTimer = undefined;
    this.root.toggleAttribute("data-stale", false);
  }

  understood() {
    this.run.lost = "";
    this.showState();
  }

  /** Whether nothing is left to train of a run that was trained. */
  get over() {
    return this.session.over && this.session.lastEpoch > 0;
  }

  /** Where a link hides Play nothing else plays, but what plays by itself can be paused, and go on. */
  get mayPlay() {
    return this.hasPlayed || !this.component.data.hide?.includes("play");
  }

  /** Play or pause; a run that has ended is not thrown away by it. */
  toggle() {
    this.sidebar?.close(); // what is watched now is not behind the settings
    if (this.over) this.ending?.offer();
    else this.session.toggle();
  }

  step() {
    if (this.over) this.ending?.offer();
    else this.session.step();
  }

  /** @param {number} epoch */
  scrub(epoch) {
    this.ending?.hide(); // who looks back has read it
    this.session.scrub(epoch);
  }

  /** @param {number} epochs more than it had */
  goOn(epochs) {
    this.session.goOn();
    this.component.setTriggerValue("network", { change: { epochs: String(this.session.lastEpoch + epochs) } });
  }

  /** Python for a run of another experiment. @param {Record<string, any>} wish */
  askForAnother(wish) {
    this.session.makeWay();
    this.component.setTriggerValue("network", wish);
  }

  restart() {
    this.run.gone(this.session.token);
  }

  announce() {
    const { state, session } = this;
    const ended = session.over && session.ending ? endingOf(session).text : "";
    const notes = [this.run.lost, session.message, ended].filter(Boolean).join(" ");
    this.announcer?.update(state, () => summary(state, this.shown, notes));
  }

  /** What the shelf is to have of it. A frame of the run before says nothing of this one. */
  seen() {
    const { session, shown, boundary } = this;
    return { link: this.ownLink ?? location.search, frame: session.greeted ? shown : null, answer: boundary?.answer ?? null };
  }

  /** As far as it is known. */
  get ownLink() {
    return this.course?.link ?? this.component.data.link;
  }

  /** The link to hand on. @param {boolean} [asSeen] with the looks */
  wholeLink(asSeen = false) {
    return linkTo(this.link(), asSeen ? lookOf(this) : null, this.component.data);
  }

  link() {
    const here = new URL(document.baseURI);
    const link = this.ownLink;
    return link === undefined ? location.href : new URL(link || here.pathname, here.origin + here.pathname).href;
  }

  // ---------------------------------------------------------------- looks

  retheme() {
    const theme = readTheme(this.root);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.root.dataset.theme = theme.dark ? "dark" : "light";
    this.boundary?.setTheme(theme);
    this.drawing?.setTheme(theme);
    this.curves?.setTheme(theme);
    this.views?.setTheme(theme);
    if (this.hello) this.boundaryPanel.showRun(this.hello.header, this.boundary ?? null, theme);
  }

  resize() {
    this.boundary?.resize();
    this.curves?.resize();
    this.views?.resize();
    this.retheme(); // a larger window has larger type
  }

  destroy() {
    this.foreign?.destroy();
    guide.lock([]);
    this.destroyed = true;
    this.session.close();
    this.run.destroy();
    this.stopKeys();
    this.size?.destroy();
    this.sidebar?.destroy();
    this.transport.destroy();
    this.keep?.destroy();
    this.take?.destroy();
    this.share.destroy();
    this.picture.cancel();
    this.drawing?.destroy();
    this.boundary?.destroy();
    this.curves?.destroy();
    this.views?.destroy();
    clearTimeout(this.sentenceTimer);
    clearTimeout(this.staleTimer);
    this.root.remove();
  }
}

/** @param {number} milliseconds */
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {string} path */
const absolute = (path) => new URL(path, document.baseURI).href;
