// The wall: puts the parts together and paints frames. One instance a mounted component.
import { Announcer } from "../web/announce.js";
import { copy } from "../web/clipboard.js";
import { ColorScale } from "../web/color_scale.js";
import { h } from "../web/dom.js";
import { formatEpoch } from "../web/format.js";
import { Many, WATCHABLE } from "../web/many.js";
import { metricsOf } from "../web/metrics.js";
import { Notice, noticeOf } from "../web/notice.js";
import { sorted } from "../web/ordering.js";
import { PickedBar } from "../web/picked_bar.js";
import { Sidebar } from "../web/sidebar.js";
import { TakeButton } from "../web/take_button.js";
import { Transport } from "../web/transport.js";
import { ViewPanel } from "../web/view_panel.js";
import { Palettes } from "./cell_picture.js";
import { hiddenBy, nothing } from "./filter.js";
import { DifferLine } from "./differ_line.js";
import { CellGrid } from "./grid.js";
import { HeldLine } from "./held_line.js";
import { runColor } from "./run_colors.js";
import { picksOf } from "./picks.js";
import { Plan } from "./plan.js";
import { Results } from "./results.js";
import { SeedsPanel } from "./seeds_panel.js";
import { summaryOf } from "./sentences.js";
import { WallSession } from "./session.js";
import { Tools } from "./tools.js";
import { loadView, VIEWS } from "./views.js";
import { Winner } from "./winner.js";

/** @typedef {import("../web/messages.js").CellsMessage} Frame */

const WORDS = {
  taken: "This wall is open on another page.", failed: "The wall stopped.",
  diverged: "Every network has diverged. Lower the learning rates.", untrained: "Untrained networks.",
};

/** @extends {Many<WallSession, import("./look.js").Look>} */
export class Wall extends Many {
  ending = false; // how it ended is being said
  bestFirst = false;
  disagreement = false;
  judged = "val_accuracy";
  filter = nothing();
  /** @type {TakeButton} */
  take;
  /** @type {Tools} */
  tools;
  /** @type {CellGrid} */
  grid;
  /** @type {SeedsPanel} */
  seeds;
  /** @type {PickedBar} */
  bar;
  /** @type {Winner} */
  winner;
  /** @type {DifferLine} */
  differ;
  /** @type {HeldLine} */
  held;
  /** @type {Notice} */
  notice;
  /** @type {Announcer} */
  announcer;
  /** @type {Plan | null} */
  plan = null;
  /** @type {Results | null} */
  results = null;
  /** @type {import("../web/metrics.js").Metric[]} */
  metrics = [];
  /** @type {Frame | null} */
  frame = null; // the newest that was painted
  /** @param {import("../web/many.js").Component} component */
  constructor(component) {
    super(component, (events) => new WallSession({
      ...events, onHello: (hello, fresh) => this.greet(/** @type {any} */ (hello).header, fresh), onExport: (message) => this.take.receive(message),
    }));
    this.build();
    this.selection.listen(() => this.look && this.showPicks(this.look));
    this.begin([this.grid.node, this.views.body]);
    this.palettes = new Palettes(this.theme);
  }

  // ---------------------------------------------------------------- construction

  build() {
    const { session, selection } = this;
    this.sidebar = new Sidebar();
    this.take = new TakeButton({
      send: (message) => session.send(message),
      say: (sentence) => this.say(sentence),
      epoch: () => `epoch ${formatEpoch(this.frame?.header.epoch ?? 0)}`,
      link: () => this.link(),
      groups: async () => (await import("./taken.js")).GROUPS,
    }, "Take away: report, figures and pictures of all networks at the epoch shown");
    this.transport = new Transport({
      toggle: () => this.toggle(),
      step: () => (this.over ? this.sayEnding() : session.step()),
      rewind: () => session.rewind(),
      speed: (value) => session.setSpeed(value),
      scrub: (epoch) => this.scrub(epoch),
      copyLink: () => copy(this.link()),
      settings: this.sidebar.button,
    }, { notes: [this.take.node], link: { hint: "Copy the link to this wall" } });
    this.tools = new Tools({
      judge: (metric) => this.judge(metric),
      disagreement: (on) => this.change(() => (this.disagreement = on)),
      bestFirst: (on) => this.change(() => (this.bestFirst = on)),
      showAll: () => this.hide(nothing()),
    });
    this.grid = new CellGrid(selection);
    this.seeds = new SeedsPanel({ open: (cell) => session.open(cell), closed: (cell) => this.grid.cells[cell]?.node.focus() });
    this.bar = new PickedBar(selection);
    this.winner = new Winner();
    this.differ = new DifferLine();
    this.held = new HeldLine();
    this.notice = new Notice("wall-notice");
    this.views = new ViewPanel(selection, {
      label: "Views", id: "kp-wall-view", tabs: VIEWS, epochOf: ({ results }) => results.epoch, say: (sentence) => this.say(sentence),
      load: (name) => loadView(name, { selection, hide: (change) => this.hide(change) }),
    });
    this.announcer = new Announcer("wall-summary");
    this.root = h("div", { class: "kp-stage kp-wall", data: { testid: "wall", state: "loading", networks: 0, epoch: 0, frames: 0, run: "", operable: "" } },
      h("div", { class: "kp-wall-grid" }, this.transport.buttons, this.transport.timeline, this.tools.node,
        h("section", { class: "kp-panel kp-cells-panel", "aria-label": "Networks" },
          h("div", { class: "kp-cells-area" }, this.grid.node, this.seeds.node, this.notice.node), this.winner.node, this.differ.node, this.held.node, this.bar.node),
        this.views.node),
      this.announcer.node);
    this.views.select(VIEWS[0].name);
  }

  // ---------------------------------------------------------------- the wall that is shown

  /** @param {import("../web/many.js").Component} component the same component with newer data */
  update(component) {
    super.update(component);
    if (this.session.greeted) this.rename();
  }

  /** Names of runs are what the page says; nothing of what they train changes with them. */
  rename() {
    const { plan, results } = this;
    if (!plan || !results || !plan.isComparison || String(this.namesNow) === String(plan.columns?.labels)) return;
    this.showPlan(plan.hello);
    if (!this.plan) return;
    results.plan = this.plan;
    this.refresh();
  }

  get namesNow() {
    return this.component.data.names ?? [];
  }

  /** @param {import("../web/messages.js").WallHello} hello */
  showPlan(hello) {
    this.plan = new Plan(hello, this.titles, this.namesNow);
    this.selection.colorBy(this.plan.isComparison ? runColor : null);
    this.grid.setPlan(this.plan);
    this.differ.show(this.plan);
    this.held.show(this.plan);
    if (this.sidebar && this.plan.isComparison) this.sidebar.button.title = "The runs, and where others come from";
    return this.plan;
  }

  kept() {
    return { judged: this.judged, ...super.kept() };
  }

  takeLook() {
    const before = super.takeLook();
    if (typeof before?.judged === "string") this.judged = before.judged;
    return before;
  }

  /** @param {import("../web/messages.js").WallHello} hello @param {boolean} fresh */
  greet(hello, fresh) {
    this.looked = true;
    Object.assign(this.root.dataset, { run: hello.run, networks: String(hello.networks) });
    this.transport.showEnd(hello.epochs);
    this.take.lost();
    if (!fresh) return;
    this.results = new Results(this.showPlan(hello), this.session.figures);
    const plan = this.results.plan;
    this.metrics = metricsOf(plan.watched, plan.classification);
    this.frame = this.look = null;
    this.filter = nothing();
    this.disagreement = this.bestFirst = false;
    this.selection.picked.clear();
    this.selection.pointed = null;
    this.seeds.forget();
    if (plan.cells.length === 1 && plan.seeds > 1) this.seeds.open(0, plan, false);
  }

  // ---------------------------------------------------------------- painting

  paint() {
    const frame = /** @type {Frame | undefined} */ (/** @type {unknown} */ (this.session.next()));
    if (!frame || !this.results) return;
    const first = !this.frame;
    this.frame = frame;
    this.palettes.reach(frame.arrays.ranges.data, first);
    this.results.take(frame);
    this.refresh();
    this.session.painted(/** @type {any} */ (frame)); // the server works on the next one meanwhile
    this.frames += 1;
    this.transport.showFrame(frame.header, Boolean(this.session.scrubbing));
    Object.assign(this.root.dataset, { epoch: String(frame.header.epoch), frames: String(this.frames) });
    this.take.follow();
    if (first) this.showState();
    else this.showNotice();
    this.announce();
    if (this.session.queue.length) this.picture.request();
  }

  /** Everything that shows the newest frame, anew. */
  refresh() {
    const { frame } = this;
    if (!frame || !this.plan) return;
    const look = this.makeLook();
    this.look = look;
    if (!this.plan.flat && !(look.playing && this.bestFirst)) this.order(look);
    this.grid.paint(frame, look);
    this.grid.mark(null);
    this.seeds.paint(frame, look);
    this.tools.show(look, this.bestFirst);
    this.winner.show(look);
    this.showPicks(look);
    this.views.show(look);
  }

  /** @param {import("./look.js").Look} look */
  showPicks(look) {
    this.bar.show(picksOf(look, this.selection, (cell) => this.plan && this.seeds.open(cell, this.plan)));
  }

  /** @returns {import("./look.js").Look} */
  makeLook() {
    const { metrics, theme, filter } = this;
    const [plan, results] = [/** @type {Plan} */ (this.plan), /** @type {Results} */ (this.results)];
    const metric = metrics.find(({ name }) => name === this.judged) ?? metrics[0];
    return {
      plan, results, frame: /** @type {Frame} */ (this.frame), metrics, metric, theme, filter, figures: this.session.figures, palettes: this.palettes, dark: theme.dark,
      scale: new ColorScale(metric, plan.cells.length > 1 ? results.cells(metric).map(({ mean }) => mean) : plan.hello.links.map((_, i) => results.of(i, metric))),
      disagreement: this.disagreement, playing: this.session.playing, hidden: hiddenBy(filter, results, metric),
    };
  }

  /** Cells that flow may stand in the order of what they are judged by; they do not jump about while they train. @param {import("./look.js").Look} look */
  order({ results, metric, plan }) {
    this.grid.setOrder(this.bestFirst ? sorted(results.cells(metric).map(({ mean }) => mean), metric.more) : plan.cells.map((_, i) => i));
  }

  // ---------------------------------------------------------------- what the learner chooses

  /** @param {() => void} change of how it looks */
  change(change) {
    change();
    this.refresh();
    if (this.look && this.bestFirst) this.order(this.look);
  }

  /** A bound holds for what it was said of. @param {string} metric */
  judge(metric) {
    this.change(() => {
      this.judged = metric;
      this.filter = { ...this.filter, bound: null };
    });
    this.run.keep();
  }

  /** @param {Partial<import("./filter.js").Filter>} change */
  hide(change) {
    this.change(() => (this.filter = { ...this.filter, ...change }));
    this.announce();
  }

  /** Whether nothing is left to train of what was trained. */
  get over() {
    return this.session.over && this.session.lastEpoch > 0;
  }

  /** Play or pause; a wall that has ended is not thrown away by it. */
  toggle() {
    this.sidebar?.close(); // what is watched now is not behind the settings
    if (this.over) this.sayEnding();
    else this.session.toggle();
  }

  /** @param {number} epoch */
  scrub(epoch) {
    this.ending = false; // who looks back has read it
    this.session.scrub(epoch);
  }

  // ---------------------------------------------------------------- state

  showState() {
    const { session, root, state } = this;
    if (!root) return;
    if (root.dataset.state !== state) this.ending = state === "finished";
    this.follow(state);
    this.showNotice();
    if (!session.playing) {
      this.picture.request();
      if (this.look?.playing) this.refresh(); // names of cells and views are brought up to date
    }
    this.announce();
  }

  showNotice() {
    const { state, session } = this;
    const building = WATCHABLE.includes(state) && !session.message && !this.run.lost && this.building;
    this.notice.show(this.over && this.ending ? this.endingNotice() : noticeOf(building ? "loading" : state, session, WORDS, {
      sentence: this.sentence, lost: this.run.lost, understood: () => this.understood(), told: true,
      wait: this.building || "Getting the networks ready…", everPlayed: this.everPlayed, restart: () => this.run.gone(session.token),
    }));
  }

  /** What is not there yet; empty where all is. */
  get building() {
    const { waiting } = this.session;
    if (!waiting || !this.plan) return "";
    const { networks } = this.plan;
    return `Building the networks: ${networks - waiting} of ${networks} ready`;
  }

  /** @returns {Parameters<Notice["show"]>[0]} */
  endingNotice() {
    const text = this.session.message || (this.session.serverState === "diverged" ? WORDS.diverged : "Every network has trained to its end.");
    return { text, button: "Start again", action: () => this.session.play() };
  }

  sayEnding() {
    this.ending = true;
    this.showNotice();
    this.notice.button.focus();
  }

  announce() {
    const { state, session, look } = this;
    const hidden = look?.hidden.size ? `${look.hidden.size} hidden.` : "";
    const notes = [this.run.lost, session.message, this.building, hidden].filter(Boolean).join(" ");
    this.announcer.update(state, () => summaryOf(state, look, notes));
  }

  // ---------------------------------------------------------------- looks

  resize() {
    this.grid.place(this.root.dataset.layout === "column");
    if (!this.look) return;
    this.grid.write(this.look);
    this.grid.mark(null);
  }

  destroy() {
    this.take.destroy();
    super.destroy();
  }

  restyle() {
    const { target } = this.palettes;
    this.palettes = new Palettes(this.theme);
    this.palettes.target = target;
    this.refresh();
  }
}
