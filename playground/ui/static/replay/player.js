// A replay in its file: it plays, steps and goes to any epoch, and shows boundary, curves and network. Nothing is fetched.
import { unpacked } from "./archive.js";
import { CurvesChart, shownCurves, storeOf } from "./curves_chart.js";
import { NetworkChart } from "./network_chart.js";
import { PlaneChart } from "./plane_chart.js";
import { h, icon } from "../web/dom.js";
import { COLUMNS } from "../web/facts.js";
import { formatEpoch, formatLoss, formatShare } from "../web/format.js";
import { listenForSpace, releaseFocusAfterMouse } from "../web/keys.js";
import { gradient } from "../web/palette.js";
import { markTheme, readTheme } from "../web/theme.js";
import { classKeys, key, testMarks, trainingMarks } from "../stage/boundary_legend.js";

const PACES = [5, 10, 20, 40, 60]; // pictures a second
const USUAL = 60; // as many as most screens show
const LONGEST = 100; // ms that are caught up on: a page that was hidden goes on from where it was

/** @typedef {import("./archive.js").Archive} Archive */

/** Play what the document holds. */
export async function play() {
  const root = /** @type {HTMLElement} */ (document.querySelector("[data-testid=replay]"));
  try {
    const archive = await unpacked(document.getElementById("archive")?.textContent ?? "");
    new Player(root, archive);
  } catch (error) {
    root.dataset.state = "failed";
    document.getElementById("player")?.replaceChildren(h("p", { role: "alert" }, "This file cannot be played: it is not whole, or the browser is too old to unpack it."));
    throw error;
  }
}

export class Player {
  index = -1;
  playing = false;
  painted = 0;
  pace = USUAL;

  /** @param {HTMLElement} root @param {Archive} archive */
  constructor(root, archive) {
    this.root = root;
    this.archive = archive;
    this.last = archive.frames.length - 1;
    this.experiment = archive.hello.header.experiment;
    const { n_validation: validation, task } = this.experiment;
    this.classification = task === "classification";
    this.store = storeOf(archive.curves, validation ? "Validation" : "Test");
    markTheme(root);
    const theme = readTheme(root);
    this.plane = new PlaneChart(archive.hello, theme);
    this.curves = shownCurves(this.store, this.classification).map((shown) => new CurvesChart(this.store, shown, theme, (epoch) => this.goToEpoch(epoch)));
    this.network = archive.links ? new NetworkChart(this.experiment, () => this.plane.scale(), theme, (plane) => this.plane.showInstead(plane)) : null;
    this.build();
    this.listen();
    this.size();
    this.show(this.last);
    root.dataset.ready = "true";
  }

  // ---------------------------------------------------------------- what it is made of

  build() {
    const button = (/** @type {Parameters<typeof icon>[0]} */ name, /** @type {string} */ label, /** @type {() => void} */ onclick) =>
      h("button", { type: "button", class: "kp-button", "aria-label": label, title: label, onclick }, icon(name), h("span", { class: "kp-replay-word" }, label));
    this.playText = h("span", {}, "Play");
    this.playIcon = h("span", { class: "kp-play-icon" }, icon("play"));
    this.playButton = h("button", { type: "button", class: "kp-button kp-primary", title: "Play or pause (space bar)", onclick: () => this.toggle() }, this.playIcon, this.playText);
    const back = button("play", "Back", () => this.step(-1));
    back.classList.add("kp-replay-back");
    this.pick = h("select", { class: "kp-select", "aria-label": "Pictures a second", onchange: () => this.setPace(Number(this.pick.value)) },
      ...PACES.map((pace) => h("option", { value: pace, ...(pace === USUAL ? { selected: true } : {}) }, `${pace} a second`)));
    this.epoch = h("span", { class: "kp-epoch", data: { testid: "epoch" } });
    this.scrubber = h("input", {
      type: "range", min: 0, max: this.last, value: 0, step: 1, class: "kp-scrubber", "aria-label": "Epoch shown", oninput: () => {
        this.pause();
        this.show(Number(this.scrubber.value));
      },
    });
    this.figures = h("p", { class: "kp-replay-figures", data: { testid: "figures" } });
    this.legend = h("div", { class: "kp-legend" });
    this.test = h("input", {
      type: "checkbox", onchange: () => {
        this.plane.showTest = this.test.checked;
        this.legends();
        this.plane.draw();
      },
    });
    const bar = h("div", { class: "kp-replay-bar", role: "group", "aria-label": "Replay" },
      this.playButton, button("rewind", "First", () => this.step(-this.index)), back, button("step", "Step", () => this.step(1)),
      h("label", { class: "kp-speed" }, h("span", { class: "kp-replay-word" }, "Speed"), this.pick),
      h("div", { class: "kp-timeline" }, h("div", { class: "kp-epoch-box" }, h("span", { class: "kp-small" }, `Epoch of ${formatEpoch(this.store.last)}`), this.epoch), this.scrubber));
    const panel = (/** @type {string} */ name, /** @type {string} */ title, /** @type {Node[]} */ head, /** @type {Node[]} */ body) =>
      h("section", { class: `kp-panel kp-replay-${name}`, "aria-label": title }, h("div", { class: "kp-panel-head" }, h("h2", { class: "kp-title" }, title), ...head), h("div", { class: "kp-replay-body" }, ...body));
    this.keys = h("div", { class: "kp-legend" });
    this.panels = h("div", { class: "kp-replay-panels", data: this.network ? {} : { plain: "" } },
      panel("boundary", "Boundary", [this.legend, h("label", { class: "kp-check" }, this.test, "Test points")], [this.plane.node]),
      ...(this.network ? [panel("network", "Network", [], [this.network.node])] : []),
      panel("figures-panel", "Curves", [this.keys, this.figures], this.curves.map(({ node }) => node)));
    document.getElementById("player")?.replaceChildren(bar, this.panels);
    this.legends();
  }

  legends() {
    const { theme } = this.plane;
    const scale = this.plane.scale();
    const shown = { task: this.experiment.task, classes: this.experiment.n_classes, scale };
    const colors = this.classification ? classKeys(this.experiment, theme)
      : [key(formatLoss0(scale.target[0]), h("i", { class: "kp-scale-bar", style: `background:${gradient(scale)}` }), formatLoss0(scale.target[1]))];
    const test = this.test.checked ? [key(trainingMarks(shown, theme), "training"), key(testMarks(shown, theme), "test")] : [];
    this.legend.replaceChildren(...colors, ...test);
    const line = (/** @type {string} */ color, /** @type {string} */ style) => h("i", { class: "kp-replay-line", style: `border-top:2px ${style} ${color}` });
    this.keys.replaceChildren(key(line(theme.train, "solid"), "training"), key(line(theme.test, "dashed"), this.store.watched.toLowerCase()));
  }

  listen() {
    listenForSpace(() => this.toggle());
    releaseFocusAfterMouse(this.root);
    document.addEventListener("keydown", (event) => this.hear(event));
    const resizing = new ResizeObserver(() => this.size());
    for (const node of this.panels.querySelectorAll(".kp-replay-body")) resizing.observe(node);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.retint());
  }

  /** Arrow keys go through the epochs, wherever nothing else wants them. @param {KeyboardEvent} event */
  hear(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea")) return;
    const acts = { ArrowRight: () => this.step(1), ArrowLeft: () => this.step(-1), Home: () => this.show(0), End: () => this.show(this.last) };
    const act = acts[/** @type {keyof typeof acts} */ (event.key)];
    if (!act) return;
    event.preventDefault();
    this.pause();
    act();
  }

  // ---------------------------------------------------------------- going through the epochs

  toggle() {
    if (this.playing) return this.pause();
    if (this.index === this.last) this.show(0);
    this.playing = true;
    this.due = 0;
    this.before = undefined;
    this.state();
    requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    this.playing = false;
    this.state();
  }

  /** At most one picture for each that the screen shows; where that is too slow, some are left out. @param {number} now ms */
  tick(now) {
    if (!this.playing) return;
    this.due = (this.due ?? 0) + (Math.min(LONGEST, now - (this.before ?? now)) / 1000) * this.pace;
    this.before = now;
    const whole = Math.floor(this.due + 1e-6);
    if (whole > 0) {
      this.due -= whole;
      this.show(Math.min(this.last, this.index + whole));
    }
    if (this.index === this.last) return this.pause();
    requestAnimationFrame((later) => this.tick(later));
  }

  /** @param {number} pace pictures a second */
  setPace(pace) {
    this.pace = pace;
  }

  /** @param {number} by */
  step(by) {
    this.pause();
    this.show(Math.max(0, Math.min(this.last, this.index + by)));
  }

  /** The newest picture up to an epoch. @param {number} epoch */
  goToEpoch(epoch) {
    this.pause();
    const { frames } = this.archive;
    const after = frames.findIndex((frame) => frame.epoch > epoch);
    this.show(after < 0 ? this.last : Math.max(0, after - 1));
  }

  state() {
    const name = this.playing ? "Pause" : "Play";
    this.root.dataset.state = this.playing ? "playing" : "paused";
    if (this.playText.textContent === name) return;
    this.playText.textContent = name;
    this.playIcon.replaceChildren(icon(this.playing ? "pause" : "play"));
  }

  /** @param {number} index of a picture */
  show(index) {
    this.index = index;
    const frame = this.archive.frame(index);
    const { epoch } = frame.header;
    this.frame = frame;
    this.plane.show(frame);
    this.network?.show(frame);
    for (const chart of this.curves) chart.mark(epoch);
    this.say(epoch);
    this.painted += 1;
    Object.assign(this.root.dataset, { epoch: String(epoch), frames: String(this.painted) });
  }

  /** @param {number} epoch */
  say(epoch) {
    this.epoch.textContent = formatEpoch(epoch);
    this.scrubber.value = String(this.index);
    this.scrubber.setAttribute("aria-valuetext", `Epoch ${epoch} of ${this.store.last}`);
    this.scrubber.style.setProperty("--kp-fill", `${(this.last ? (100 * this.index) / this.last : 0).toFixed(1)}%`);
    const at = (/** @type {keyof typeof COLUMNS} */ name) => this.store.at(epoch, COLUMNS[name]);
    const watched = this.store.watched.toLowerCase();
    const words = [`loss ${formatLoss(at("loss"))}, ${watched} ${formatLoss(at("val_loss"))}`];
    if (this.classification) words.push(`accuracy ${formatShare(at("accuracy"))}, ${watched} ${formatShare(at("val_accuracy"))}`);
    this.figures.textContent = words.join(" · ");
  }

  // ---------------------------------------------------------------- looks

  size() {
    this.network?.layOut();
    for (const chart of this.curves) chart.draw();
    if (this.frame) this.plane.draw();
  }

  retint() {
    markTheme(this.root);
    const theme = readTheme(this.root);
    for (const chart of [this.plane, ...this.curves, ...(this.network ? [this.network] : [])]) chart.theme = theme;
    this.legends();
    this.size();
  }
}

/** @param {number} value */
const formatLoss0 = (value) => String(Number(value.toPrecision(3))).replace("-", "\u2212");

