// Which knobs have mattered: a bar for each.
import { h, LiveText, setHidden } from "../web/dom.js";
import { ENOUGH_TRIALS } from "../web/facts.js";

export class Importance {
  key = "";
  /** @type {{node: HTMLElement, bar: HTMLElement, text: HTMLElement}[]} */
  rows = [];

  constructor() {
    this.rule = h("span", { class: "kp-view-note" }, "of the differences between trials (fANOVA)");
    this.words = new LiveText("");
    this.note = h("p", { class: "kp-importance-note" }, this.words.node);
    this.list = h("ul", { class: "kp-bars", "aria-label": "How much each knob has mattered" });
    this.node = h("section", { class: "kp-panel kp-importance", "aria-label": "Importance", data: { testid: "importance" } },
      h("header", { class: "kp-panel-head" }, h("h2", { class: "kp-title" }, "Importance"), this.rule),
      this.list, this.note);
  }

  /** The most important first. @param {import("./trials.js").Trials} trials */
  show({ header: { importance, last_epoch: ended }, hello, axes }) {
    const shares = axes.map((axis) => ({ title: axis.title, share: importance[axis.knob.knob] })).filter(({ share }) => share !== undefined).sort((a, b) => b.share - a.share);
    for (const node of [this.list, this.rule]) setHidden(node, !shares.length);
    setHidden(this.note, shares.length > 0);
    this.words.write(waitOf(hello.trials, ended));
    const key = `${hello.run} ${shares.map(({ title }) => title)}`;
    if (key !== this.key) this.build(shares);
    this.key = key;
    shares.forEach(({ share }, i) => {
      const percent = `${Math.round(100 * share)}\u202f%`;
      this.rows[i].bar.style.width = `${(100 * share).toFixed(1)}%`;
      if (this.rows[i].text.textContent !== percent) this.rows[i].text.textContent = percent;
    });
  }

  /** @param {{title: string}[]} shares */
  build(shares) {
    this.rows = shares.map(({ title }) => {
      const [bar, text] = [h("i"), h("span", { class: "kp-bar-share" })];
      return { bar, text, node: h("li", {}, h("span", { class: "kp-bar-title" }, title), h("span", { class: "kp-bar", "aria-hidden": "true" }, bar), text) };
    });
    this.list.replaceChildren(...this.rows.map(({ node }) => node));
  }
}

/** Why there is nothing to see yet, or never will be. @param {number} trials in all @param {number} ended */
function waitOf(trials, ended) {
  const rule = `What matters can be told after ${ENOUGH_TRIALS} trials`;
  if (trials < ENOUGH_TRIALS) return `${rule}. This search has ${trials}.`;
  return ended < ENOUGH_TRIALS ? `${rule}: ${ended} so far.` : `${rule} that differ.`;
}
