// The answers of the class to one question, before and after.
import { Choice } from "../../web/controls.js";
import { h, LiveText, setHidden } from "../../web/dom.js";
import { AnswerBars } from "../seats/answer_bars.js";
import { chosenBars, keyOf, titleOf } from "../seats/bar_rows.js";
import { questionWords } from "./seat_words.js";

export class Answers {
  wanted = "";
  /** @type {import("../messages.js").Bars[]} */
  all = [];
  /** @type {import("../messages.js").SentView[]} */
  history = [];

  constructor() {
    this.choice = new Choice("Question", (wanted) => {
      this.wanted = wanted;
      this.write();
    });
    this.bars = new AnswerBars();
    this.none = h("p", {}, "No question was asked yet. Send one with an experiment, or a lesson whose steps ask something.");
    this.title = new LiveText("");
    this.titleNode = h("p", { class: "kp-answers-title", dir: "auto" }, this.title.node);
    this.node = h("div", { class: "kp-answers", data: { testid: "answers-panel" } }, this.choice.node, this.titleNode, this.none, this.bars.node);
  }

  /** @param {import("../messages.js").Bars[]} all @param {import("../messages.js").SentView[]} history */
  show(all, history) {
    this.all = all;
    this.history = history;
    this.write();
  }

  write() {
    const { all, history } = this;
    const bars = chosenBars(all, this.wanted);
    setHidden(this.none, Boolean(bars));
    setHidden(this.bars.node, !bars);
    setHidden(this.choice.node, all.length < 2);
    setHidden(this.titleNode, all.length !== 1);
    if (!bars) return;
    this.choice.show(all.map((each) => [keyOf(each), questionWords(each, all, history)]), keyOf(bars));
    this.title.write(titleOf(bars));
    this.bars.show(bars);
  }
}
