// A dialog that makes the code of a frame, in which another page shows this experiment.
import { copy } from "../../web/clipboard.js";
import { checkbox, Choice } from "../../web/controls.js";
import { h, setHidden } from "../../web/dom.js";
import { NO_TAB, VIEWS } from "../../web/facts.js";
import { stageDialog } from "../../web/dialog.js";
import { embeddedLink, frameCode } from "./embed_code.js";
import { whyNoFrame } from "./framing.js";
import { KNOBS } from "./knobs.js";
import { loadStyle } from "./style.js";

const SIZES = [[600, 400], [800, 500]]; // px, at which all that matters has room
const LEAST = 240, MOST = 4000; // px of a size of one's own
/** @type {[string, string][]} */
const FREEDOMS = [["free", "Free"], ["locked", "Locked"], ["hidden", "Hidden"]];
/** @type {[string, string][]} */
const THEMES = [["", "As the reader's"], ["light", "Light"], ["dark", "Dark"]];
/** @type {[string, string][]} */
const PANELS = [["views", "Look inside"], ["curves", "Curves"], ["figures", "Figures"], ["settings", "Settings"]];
const SAID = 2000; // ms

/** @typedef {import("./embed_code.js").Freedom} Freedom */

export class Embed {
  /** @type {Record<string, Freedom>} */
  knobs = {};
  theme = /** @type {"" | "light" | "dark"} */ ("");
  view = NO_TAB;
  autoplay = false;
  /** @type {Set<string>} */
  left = new Set(["settings"]); // panels that are left out
  size = SIZES[0];
  own = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.code = h("textarea", { class: "kp-embed-code", readonly: true, rows: 5, spellcheck: "false", "aria-label": "Code", onfocus: () => this.code.select() });
    this.copyText = h("span", { "aria-live": "polite" }, "Copy code");
    this.previewButton = h("button", { type: "button", class: "kp-button kp-small-button", title: "Opens it below, with a run of its own", onclick: () => this.preview() }, "Preview");
    this.line = h("p", { class: "kp-taking-line", role: "status" });
    this.frame = h("div", { class: "kp-embed-frame", tabindex: -1 });
    this.result = h("div", { class: "kp-embed-result" }, this.code,
      h("div", { class: "kp-taking-items" },
        h("button", { type: "button", class: "kp-button kp-small-button kp-primary", onclick: () => this.copy() }, this.copyText), this.previewButton, this.line),
      this.frame);
    this.knobList = h("div", { class: "kp-embed-knobs" });
    this.options = h("div", { class: "kp-embed-options" }, this.shownGroup(), this.playGroup(), this.sizeGroup(),
      h("details", { class: "kp-embed-details" }, h("summary", {}, "Knobs: free, locked or hidden"), this.knobList));
    this.node = stageDialog("embed", "Embed", [h("div", { class: "kp-embed-columns" }, this.options, this.result)], () => this.close());
    stage.root.append(this.node);
  }

  /** @param {string} title @param {Node[]} content */
  group(title, ...content) {
    return h("div", { class: "kp-taking-group", role: "group", "aria-label": title }, h("h3", {}, title), h("div", { class: "kp-taking-items" }, ...content));
  }

  /** @param {string} label @param {[string, string][]} items @param {string} chosen @param {(value: string) => void} take */
  choice(label, items, chosen, take) {
    const choice = new Choice(label, (value) => {
      take(value);
      this.write();
    });
    choice.show(items, chosen);
    return h("label", { class: "kp-embed-choice" }, h("span", {}, label), choice.node);
  }

  /** @param {string} text @param {boolean} on @param {(on: boolean) => void} take */
  switch(text, on, take) {
    const label = checkbox(text, (now) => {
      take(now);
      this.write();
    });
    /** @type {any} */ (label.firstElementChild).checked = on;
    return label;
  }

  shownGroup() {
    const panels = PANELS.map(([name, text]) => this.switch(text, !this.left.has(name), (on) => (on ? this.left.delete(name) : this.left.add(name))));
    /** @type {[string, string][]} */
    const tabs = [[NO_TAB, "None"], .../** @type {[string, string][]} */ (VIEWS.map(({ name, title }) => [name, title]))];
    return this.group("What is shown beside the boundary", this.choice("Open view", tabs, this.view, (value) => {
      this.view = value;
    }), ...panels);
  }

  playGroup() {
    return this.group("How it opens", this.switch("Plays at once", this.autoplay, (on) => {
      this.autoplay = on;
    }), this.choice("Colours", THEMES, this.theme, (value) => {
      this.theme = /** @type {any} */ (value);
    }));
  }

  sizeGroup() {
    const field = (/** @type {string} */ label, /** @type {number} */ i) => h("label", { class: "kp-embed-choice" }, h("span", {}, label), h("input", {
      type: "number", class: "kp-select kp-small-select kp-embed-number", min: LEAST, max: MOST, step: 1, value: this.size[i], oninput: () => this.write(),
    }));
    this.fields = [field("Width", 0), field("Height", 1)];
    for (const each of this.fields) setHidden(each, true);
    /** @type {[string, string][]} */
    const items = [...SIZES.map(([width, height]) => /** @type {[string, string]} */ ([`${width}x${height}`, `${width} × ${height}`])), ["own", "Another"]];
    return this.group("Size in pixels", this.choice("Size", items, "600x400", (value) => {
      this.own = value === "own";
      this.size = SIZES.find(([width, height]) => value === `${width}x${height}`) ?? this.size;
      for (const each of this.fields ?? []) setHidden(each, !this.own);
    }), ...this.fields);
  }

  /** The knobs of this run's dataset, as the link has them now. */
  showKnobs() {
    const { hide = [], lock = [] } = this.stage.component.data;
    const { dataset } = this.stage.session.experiment;
    const shown = KNOBS.filter(({ of }) => !of || of.includes(dataset));
    const before = this.knobs;
    this.knobs = Object.fromEntries(shown.map(({ name }) => [name, before[name] ?? (hide.includes(name) ? "hidden" : lock.includes(name) ? "locked" : "free")]));
    this.knobList.replaceChildren(...shown.map(({ name, text }) => this.choice(text, FREEDOMS, this.knobs[name], (value) => {
      this.knobs[name] = /** @type {Freedom} */ (value);
    })));
  }

  async open() {
    await loadStyle("sharing.css").catch(() => {});
    this.showKnobs();
    this.write();
    this.node.showModal();
  }

  /** What is asked for; null where a size is none. */
  get asked() {
    const [width, height] = this.own ? (this.fields ?? []).map((field) => Number(field.lastElementChild.value)) : this.size;
    const fits = [width, height].every((px) => Number.isInteger(px) && px >= LEAST && px <= MOST);
    return fits ? { view: this.view, panels: [...this.left], knobs: this.knobs, autoplay: this.autoplay, theme: this.theme, width, height } : null;
  }

  write() {
    const { asked } = this;
    this.say(asked ? "" : `Width and height must be whole numbers in [${LEAST}, ${MOST}].`);
    this.previewButton.disabled = !asked;
    this.link = asked ? embeddedLink(this.stage.link(), asked) : "";
    this.code.value = asked ? frameCode(this.link, { ...asked, title: "Keras Playground" }) : "";
  }

  /** It is another visitor's look at the same experiment, with a run of its own: only when it is asked for. */
  async preview() {
    const { asked, link = "" } = this;
    if (!asked) return;
    const { width, height } = asked;
    const why = await whyNoFrame(link);
    if (link !== this.link || !this.node.open) return; // something else was asked for meanwhile
    this.frame.replaceChildren(why ? h("p", { class: "kp-taking-line", role: "status" }, why) : h("iframe", { src: link, title: "Preview", width, height }));
  }

  async copy() {
    const { asked } = this;
    const copied = Boolean(asked) && (await copy(this.code.value) || this.copyBySelection());
    this.copyText.textContent = copied ? "Copied" : "Not copied";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.copyText.textContent = "Copy code";
    }, SAID);
  }

  /** Of what lies below a dialog nothing can be selected. */
  copyBySelection() {
    this.code.focus();
    this.code.select();
    return document.execCommand("copy");
  }

  /** @param {string} sentence */
  say(sentence) {
    this.line.textContent = sentence;
  }

  /** The run of a preview goes with it. */
  close() {
    this.frame.replaceChildren();
    this.stage.transport.copyLink.more.focus({ preventScroll: true });
  }

  destroy() {
    clearTimeout(this.timer);
    this.node.remove();
  }
}
