// The rate finder: puts the parts together and paints frames. One instance a mounted component.
import { Announcer, inWords } from "../web/announce.js";
import { checkbox, Segments } from "../web/controls.js";
import { h, LiveText, setHidden } from "../web/dom.js";
import { formatLoss, formatRate } from "../web/format.js";
import { NextPicture } from "../web/next_picture.js";
import { Notice } from "../web/notice.js";
import { addressOf } from "../web/way.js";
import { readTheme } from "../web/theme.js";
import { curveOf } from "./curve.js";
import { RatesChart } from "./rates_chart.js";
import { RULES } from "./rules.js";
import { divergedOf, progressOf, suggestionsOf } from "./sentences.js";
import { FinderSession } from "./session.js";
import { Suggestions } from "./suggestions.js";

/**
 * @typedef {{token: string, live: string, published: boolean}} FinderData
 * @typedef {import("../web/mounting.js").Component<FinderData>} Component
 * @typedef {import("../web/messages.js").LossesMessage} Frame
 */

const ASK_AGAIN = 2000; // ms
/** @type {[string, string, string][]} */
const SCHEDULES = [
  ["steps", "Step by step", "The rate grows with every batch, up to 10: quick, and as fastai does it"],
  ["published", "1e-4 · 10^(epoch/100)", "The published schedule: the rate grows with every epoch, over 500 of them"],
];
const HINT = "Strong: the smoothed median. Thin: each network. Band: the middle half. Paler: the first tenth and the last five points, which are not suggested from.";

export class Finder {
  chosen = RULES[0].name;
  /** @type {Segments} */
  schedule;
  /** @type {LiveText} */
  progress;
  /** @type {HTMLElement} */
  diverged;
  /** @type {LiveText} */
  readout;
  /** @type {RatesChart} */
  chart;
  /** @type {Notice} */
  notice;
  /** @type {Suggestions} */
  suggestions;
  /** @type {HTMLButtonElement} */
  use;
  /** @type {HTMLButtonElement} */
  prove;
  /** @type {Announcer} */
  announcer;
  /** @type {import("../web/messages.js").RatesHello | null} */
  hello = null;
  /** @type {Frame | null} */
  frame = null; // the newest that was painted
  /** @type {import("./curve.js").Curve | null} */
  curve = null;
  /** @type {number | null} */
  pointed = null;
  picture = new NextPicture(() => this.paint());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  goneTimer;

  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.session = new FinderSession({
      onHello: (hello, fresh) => this.greet(/** @type {any} */ (hello).header, fresh),
      onFrame: () => this.picture.request(),
      onChange: () => this.showState(),
      onGone: (token) => this.gone(token),
    });
    this.build();
    this.theme = readTheme(this.root);
    this.root.dataset.theme = this.theme.dark ? "dark" : "light";
    this.boxes = new ResizeObserver(() => this.picture.request());
    this.boxes.observe(this.chart.node);
    this.follow();
  }

  build() {
    this.schedule = new Segments("How the rate grows", (value) => this.chooseSchedule(value));
    this.log = checkbox("Log loss", () => this.refresh());
    this.progress = new LiveText("");
    this.diverged = h("strong", { data: { testid: "finder-diverged" } });
    this.readout = new LiveText(HINT);
    this.chart = new RatesChart((point) => this.point(point));
    this.notice = new Notice("finder-notice");
    this.suggestions = new Suggestions((name) => this.choose(name));
    this.use = h("button", { type: "button", class: "kp-button kp-primary", disabled: true, onclick: () => this.ask("use") }, "Use this rate");
    this.prove = h("button", { type: "button", class: "kp-button", disabled: true, onclick: () => this.ask("prove") }, "Prove it");
    this.announcer = new Announcer("finder-summary");
    this.root = h("div", { class: "kp-stage kp-finder", data: { testid: "finder", state: "loading", points: 0, chosen: this.chosen, run: "" } },
      h("div", { class: "kp-finder-grid" },
        h("div", { class: "kp-finder-head" }, this.schedule.node, this.log,
          h("span", { class: "kp-finder-progress", data: { testid: "finder-progress" } }, this.progress.node), this.diverged),
        h("section", { class: "kp-panel kp-finder-panel", "aria-label": "Loss against learning rate" },
          h("div", { class: "kp-plot-area" }, this.chart.node, this.notice.node),
          h("p", { class: "kp-finder-readout", data: { testid: "finder-readout" } }, this.readout.node)),
        h("div", { class: "kp-finder-side" }, this.suggestions.node,
          h("div", { class: "kp-finder-buttons" }, this.use, this.prove),
          h("p", { class: "kp-finder-proof" }, "The proof trains this rate and 0.1, 0.3, 3 and 10 times it on Explore, 8 networks each."))),
      this.announcer.node);
    this.component.parentElement.append(this.root);
  }

  // ---------------------------------------------------------------- the test that is shown

  /** @param {Component} component the same component with newer data */
  update(component) {
    this.component = component;
    if (!this.root.isConnected) component.parentElement.append(this.root);
    this.follow();
    this.retheme();
  }

  follow() {
    const { token, live, published } = this.component.data;
    this.schedule.show(SCHEDULES, published ? "published" : "steps");
    if (token === this.session.token) return;
    clearTimeout(this.goneTimer);
    this.hello = this.frame = this.curve = this.pointed = null;
    this.suggestions.show({}, this.chosen);
    this.session.connect(token, addressOf(live), true);
    this.chart.chart.begin();
  }

  /** Python begins another test. What is asked while Streamlit reconnects is lost, so ask until it came. @param {string} token */
  gone(token) {
    clearTimeout(this.goneTimer);
    if (token !== this.session.token || !this.root.isConnected) return;
    this.component.setTriggerValue("gone", token);
    this.goneTimer = setTimeout(() => this.gone(token), ASK_AGAIN);
  }

  /** @param {import("../web/messages.js").RatesHello} hello @param {boolean} fresh */
  greet(hello, fresh) {
    this.root.dataset.run = hello.run;
    if (fresh) this.frame = this.curve = null;
    this.hello = hello;
    this.showState();
  }

  // ---------------------------------------------------------------- painting

  paint() {
    const frame = /** @type {Frame | undefined} */ (/** @type {unknown} */ (this.session.next()));
    if (frame) {
      this.frame = frame;
      this.curve = curveOf(frame);
      this.session.painted(/** @type {any} */ (frame)); // the server works on the next one meanwhile
    }
    this.refresh();
    if (this.session.queue.length) this.picture.request();
  }

  /** Everything that shows the newest frame, anew. */
  refresh() {
    const { frame, curve, hello, chosen } = this;
    if (frame && curve && hello) {
      const { suggested, points } = frame.header;
      const look = { curve, hello, suggested, chosen, log: this.log.firstElementChild.checked, primary: this.primary, theme: this.theme };
      this.chart.draw(look, `Loss of ${hello.seeds} networks against the learning rate. ${suggestionsOf(suggested)}`);
      this.suggestions.show(suggested, chosen);
      this.diverged.textContent = divergedOf(curve.diverged, hello.seeds);
      this.progress.write(progressOf(hello, points, this.session.over));
      this.root.dataset.points = String(points);
    }
    this.showPointed();
    this.showState();
  }

  /** Colour of what is chosen. */
  get primary() {
    return getComputedStyle(this.root).getPropertyValue("--st-primary-color").trim() || this.theme.text;
  }

  /** @param {number | null} point */
  point(point) {
    this.pointed = point;
    this.showPointed();
  }

  showPointed() {
    const { pointed, curve } = this;
    const there = curve && pointed !== null && pointed < curve.rates.length;
    this.readout.write(there ? `Rate ${formatRate(curve.rates[pointed])}: loss ${formatLoss(curve.smoothed[pointed])}` : HINT);
  }

  // ---------------------------------------------------------------- what the learner chooses

  /** @param {string} name of a rule */
  choose(name) {
    this.chosen = this.root.dataset.chosen = name;
    this.refresh();
  }

  /** @param {string} value */
  chooseSchedule(value) {
    this.schedule.show(SCHEDULES, value);
    this.component.setTriggerValue("schedule", value);
  }

  /** The rate that is chosen; none while there is none. */
  get rate() {
    return this.frame?.header.suggested[this.chosen];
  }

  /** @param {"use" | "prove"} what is to be done with the rate */
  ask(what) {
    if (this.rate !== undefined) this.component.setTriggerValue(what, this.rate);
  }

  // ---------------------------------------------------------------- state

  /** Until there is something to see a test is still loading. */
  get state() {
    const { state } = this.session;
    return state === "playing" && !this.frame ? "loading" : state;
  }

  showState() {
    const { root, state, frame } = this;
    if (!root) return;
    if (root.dataset.state !== state) root.dataset.state = state;
    if (!frame) {
      root.dataset.points = "0";
      this.progress.write("");
      this.diverged.textContent = "";
    }
    setHidden(this.diverged, !this.diverged.textContent);
    this.use.disabled = this.prove.disabled = this.rate === undefined;
    this.notice.show(this.noticeOf());
    this.announcer.update(state, () => `The rate finder is ${inWords(state)}. ${suggestionsOf(frame?.header.suggested ?? {})}`);
  }

  /** @returns {Parameters<Notice["show"]>[0]} */
  noticeOf() {
    const { session, state } = this;
    const { message } = session;
    const again = { button: "Try again", action: () => this.gone(session.token) };
    if (session.taken) return { text: "This test is open on another page.", button: "Use it here", action: () => session.retake() };
    if (state === "loading") return { text: message || "Getting eight networks ready…", kind: "busy" };
    if (state === "reconnecting") return { text: "Connection lost. Reconnecting…", kind: "busy" };
    if (state === "failed") return { text: message || "The test stopped.", kind: "alarm", ...again };
    if (state === "diverged") return { text: message || "Every network diverged at the first step.", kind: "alarm", ...again };
    if (session.over && this.frame && this.rate === undefined) {
      return { text: "The networks diverged too soon for a suggestion.", kind: "alarm", ...again };
    }
    return message ? { text: message } : null;
  }

  // ---------------------------------------------------------------- looks

  retheme() {
    const theme = readTheme(this.root);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.root.dataset.theme = theme.dark ? "dark" : "light";
    this.refresh();
  }

  destroy() {
    this.session.close();
    this.boxes.disconnect();
    clearTimeout(this.goneTimer);
    this.picture.cancel();
    this.root.remove();
  }
}
