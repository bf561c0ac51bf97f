// What was sent last, how far a lesson is open, and the buttons that send something.
import { Choice } from "../../web/controls.js";
import { h, LiveText, setHidden } from "../../web/dom.js";
import { button } from "./controls.js";
import { Refusal } from "./saying.js";
import { sentWords } from "./seat_words.js";

/**
 * @typedef {object} SentActions
 * @property {(these: boolean) => void} send
 * @property {() => void} answers
 * @property {() => void} challenges
 * @property {() => void} project
 */

export class SentLine {
  steps = 0;
  /** @type {number | null} */
  openTo = null;

  /** @param {import("./saying.js").Saying} saying @param {SentActions} actions */
  constructor(saying, actions) {
    this.refusal = new Refusal();
    this.title = new LiveText("");
    this.titleNode = h("span", { class: "kp-sent-title", dir: "auto", data: { testid: "sent" } }, this.title.node);
    const open = (/** @type {number | null} */ step) => saying.say({ type: "open_up_to", step }, this.refusal);
    this.pace = new Choice("Open up to", (step) => open(step === "all" ? null : Number(step)));
    this.next = button("Open the next", () => open(Math.min(this.steps, (this.openTo ?? 0) + 1)));
    this.paceNode = h("span", { class: "kp-pace", hidden: true }, h("span", { "aria-hidden": "true" }, "Open up to"), this.pace.node, this.next);
    this.toAll = button("Send to all", () => actions.send(false), { class: "kp-primary" });
    this.theseText = new LiveText("");
    this.toThese = button("", () => actions.send(true), { hidden: true });
    this.toThese.append(this.theseText.node);
    this.node = h("div", { class: "kp-sent-line", role: "group", "aria-label": "What is sent" }, this.titleNode, this.paceNode,
      h("span", { class: "kp-sent-buttons" }, this.toThese, this.toAll, button("Answers", actions.answers), button("Challenges", actions.challenges), button("On the projector", actions.project)), this.refusal.node);
  }

  /** @param {import("../messages.js").RoomView} view @param {(seat: number) => string} nameOf */
  show({ state, sent, open_to: openTo }, nameOf) {
    for (const each of [this.toAll, this.toThese]) if (each.disabled !== (state === "closed")) each.disabled = state === "closed";
    this.title.write(sentWords(sent, nameOf));
    if (this.titleNode.title !== this.title.node.data) this.titleNode.title = this.title.node.data;
    this.steps = sent?.kind === "lesson" && sent.to?.length !== 0 ? sent.steps : 0; // a plan is with nobody yet
    this.openTo = openTo;
    setHidden(this.paceNode, this.steps < 2);
    if (this.steps < 2) return;
    /** @type {[string, string][]} */
    const items = Array.from({ length: this.steps }, (_, i) => [String(i + 1), `step ${i + 1} of ${this.steps}`]);
    this.pace.show([...items, ["all", "all steps"]], openTo === null || openTo >= this.steps ? (openTo === null ? "all" : String(this.steps)) : String(openTo));
    const last = openTo === null || openTo >= this.steps;
    if (this.next.disabled !== last) this.next.disabled = last;
  }

  /** @param {number} chosen */
  showChosen(chosen) {
    setHidden(this.toThese, !chosen);
    this.theseText.write(`Send to these (${chosen})`);
  }

  /** A dialog has the same buttons meanwhile. @param {boolean} on */
  giveWay(on) {
    for (const each of [this.toAll, this.toThese]) each.style.visibility = on ? "hidden" : "";
  }
}
