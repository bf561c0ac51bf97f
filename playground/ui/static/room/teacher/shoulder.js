// Over a learner's shoulder: what they see now, what they have said, and what a teacher may do about them.
import { h, LiveText, setHidden } from "../../web/dom.js";
import { asSentence, formatLoss } from "../../web/format.js";
import { readTheme } from "../../web/theme.js";
import { button, Confirmation, field } from "./controls.js";
import { Refusal } from "./saying.js";
import { epochOf, figureOf, isJudgedNow, noteOf, stepOf, verdictsOf } from "./seat_words.js";

/** @typedef {import("../../web/decode.js").Message} Message */
/** @typedef {import("../messages.js").SeatView} SeatView */
/** @typedef {import("../messages.js").TileFacts} TileFacts */
/** @typedef {{heard: (message: Message) => void, node: HTMLElement, destroy: () => void}} Live */

/** The module that shows a run, by the type of its greeting. @type {Record<string, (hello: Message, theme: import("../../web/theme.js").Theme) => Promise<Live>>} */
const KINDS = {
  hello: async (hello, theme) => new (await import("./shoulder_run.js")).ShoulderRun(hello, theme),
  wall: async (hello, theme) => new (await import("./shoulder_cells.js")).ShoulderCells(hello, theme),
};

const FIGURES = ["Epoch", "Accuracy", "Best", "Loss", "Step"];

export class Shoulder {
  seat = 0;
  /** @type {SeatView | null} */
  view = null;
  /** @type {TileFacts | null} */
  facts = null;
  /** @type {import("./seat_words.js").Sent} what they have */
  sent = null;
  /** @type {Live | null} */
  live = null;
  /** @type {Message[] | null} what comes while its module is loaded */
  waiting = null;
  pins = /** @type {number[]} */ ([]);
  answers = "";
  /** @type {HTMLInputElement} */
  telling;
  /** @type {HTMLInputElement} */
  naming;
  /** @type {HTMLButtonElement} */
  back;
  /** @type {LiveText} */
  told;
  /** @type {HTMLButtonElement} */
  pinButton;
  /** @type {HTMLButtonElement} */
  admit;
  /** @type {Confirmation} */
  removing;
  /** @type {HTMLElement} */
  actions;

  /** @param {import("./saying.js").Saying} saying @param {HTMLElement} root whose colours hold @param {(pins: number[]) => void} pin */
  constructor(saying, root, pin) {
    this.root = root;
    this.refusal = new Refusal();
    this.note = new LiveText("");
    this.noteNode = h("p", { class: "kp-shoulder-note", hidden: true }, this.note.node);
    this.stage = h("div", { class: "kp-shoulder-stage" });
    this.figures = Object.fromEntries(FIGURES.map((name) => [name, { name: new LiveText(name), value: new LiveText("–") }]));
    this.link = h("a", { class: "kp-button kp-small-button", target: "_blank", rel: "noopener", hidden: true }, "Open a copy on Play");
    this.list = h("ul", { class: "kp-shoulder-answers", dir: "auto", data: { testid: "answers" } });
    this.buildActions(saying, pin);
    this.node = h("div", { class: "kp-shoulder", data: { testid: "shoulder" } }, this.noteNode, this.stage,
      h("dl", { class: "kp-shoulder-figures" }, ...FIGURES.map((name) => h("div", {}, h("dt", {}, this.figures[name].name.node), h("dd", {}, this.figures[name].value.node)))),
      this.list, this.actions, this.refusal.node);
  }

  /** @param {import("./saying.js").Saying} saying @param {(pins: number[]) => void} pin */
  buildActions(saying, pin) {
    const say = (/** @type {import("../messages.js").Said} */ message) => saying.say(message, this.refusal);
    this.telling = h("input", { class: "kp-input", maxlength: 500, dir: "auto" });
    this.naming = h("input", { class: "kp-input", maxlength: 60, dir: "auto" });
    this.back = button("Take it back", () => say({ type: "tell", seat: this.seat, text: "" }), { hidden: true });
    this.told = new LiveText("");
    this.pinButton = button("Pin to the projector", () => pin(this.pins.includes(this.seat) ? this.pins.filter((each) => each !== this.seat) : [...this.pins, this.seat]), { "aria-pressed": "false", title: "The class sees what this learner trains, after the next send, too; no name is shown" });
    this.admit = button("Admit", () => say({ type: "admit", seat: this.seat }), { class: "kp-primary", hidden: true });
    this.removing = new Confirmation({
      press: "Remove", question: () => `Remove ${this.view?.name ?? "this learner"}? Their answers and figures in this room go with them. They may ask to join again.`,
      act: () => say({ type: "remove", seat: this.seat }),
    });
    const form = (/** @type {string} */ label, /** @type {any} */ input, /** @type {string} */ press, /** @type {() => void} */ act) => h("form", {
      class: "kp-form-line", onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        act();
      },
    }, field(label, input), h("button", { class: "kp-button kp-small-button" }, press));
    this.actions = h("div", { class: "kp-shoulder-actions" },
      h("div", { class: "kp-taking-items" }, this.admit, this.link, this.pinButton, this.removing.node),
      form("A message to them", this.telling, "Tell", () => {
        if (!this.telling.value.trim()) return;
        say({ type: "tell", seat: this.seat, text: this.telling.value.trim() });
        this.telling.value = "";
      }),
      h("p", { class: "kp-told", dir: "auto" }, this.told.node, this.back),
      form("Another name, or nothing for a generated one", this.naming, "Rename", () => {
        say({ type: "rename", seat: this.seat, name: this.naming.value.trim() });
        this.naming.value = "";
      }));
  }

  /** Another learner, or nobody with 0. @param {number} seat */
  look(seat) {
    this.seat = seat;
    this.facts = null;
    this.view = null;
    this.answers = "";
    this.refusal.clear();
    this.telling.value = this.naming.value = "";
    this.removing.box.hidden || this.removing.ask(false);
    this.begin(seat ? "Waiting for their run…" : "");
  }

  /** Nothing is seen of it yet. @param {string} sentence */
  begin(sentence) {
    this.live?.destroy();
    this.live = null;
    this.waiting = null;
    this.stage.replaceChildren(h("p", { class: "kp-shoulder-empty" }, sentence));
  }

  /** @param {SeatView} view @param {import("./seat_words.js").Sent} sent @param {number[]} pins */
  show(view, sent, pins) {
    this.view = view;
    this.sent = sent;
    this.pins = pins;
    this.told.write(view.note ? `Told: ${view.note}` : "");
    setHidden(this.back, !view.note);
    setHidden(this.admit, view.state !== "waiting");
    const pinned = String(pins.includes(view.seat));
    if (this.pinButton.getAttribute("aria-pressed") !== pinned) this.pinButton.setAttribute("aria-pressed", pinned);
    this.write();
  }

  /** @param {SeatView} view */
  writeAnswers(view) {
    const lines = [
      ...view.answers.map(({ step, asked, text }) => `${step ? `Step ${step}, ` : ""}${asked === "predict" ? "predicted" : "saw"}: ${text}`),
      ...verdictsOf(view, this.facts, this.sent),
    ];
    const key = JSON.stringify(lines);
    if (key === this.answers) return;
    this.answers = key;
    this.list.replaceChildren(...lines.map((line) => h("li", {}, line)));
  }

  /** @param {TileFacts} facts */
  showFacts(facts) {
    this.facts = facts;
    setHidden(this.link, !facts.link);
    if (facts.link) {
      const address = new URL(facts.link, new URL("./", document.baseURI)).href;
      if (/^https?:/.test(address) && this.link.href !== address) this.link.href = address;
    }
    this.write();
  }

  write() {
    const { facts, view, figures } = this;
    this.note.write(view ? asSentence(noteOf(view, facts, this.sent) || this.verdictElsewhere(view)) : "");
    setHidden(this.noteNode, !this.note.node.data);
    if (view) this.writeAnswers(view);
    if (view) figures.Step.value.write(stepOf(view, facts, this.sent) || "–");
    if (!facts) return;
    figures.Epoch.value.write(epochOf(facts).replace("Epoch ", ""));
    figures.Accuracy.name.write(facts.task === "regression" ? "Test loss" : "Test accuracy");
    figures.Accuracy.value.write(figureOf(facts, facts.accuracy));
    figures.Best.value.write(figureOf(facts, facts.best));
  }

  /** Why a run has not reached what it is judged by, where no step below says so. @param {SeatView} view */
  verdictElsewhere(view) {
    const { facts, sent } = this;
    return !facts || facts.reached || isJudgedNow(view, facts, sent) ? "" : facts.sentence;
  }

  /** What the run's own page hears. @param {Message} message */
  heard(message) {
    const { type } = message.header;
    if (type === "shoulder") return message.header.seat === this.seat ? this.begin("Waiting for their run…") : undefined;
    if (!this.seat) return;
    if (Object.hasOwn(KINDS, type)) return this.greet(message);
    if (this.waiting) this.waiting.push(message);
    this.live?.heard(message);
    if (type === "frame") this.figures.Loss.value.write(formatLoss(message.header.val_loss ?? message.header.loss));
    if (["rates", "search"].includes(type)) this.begin(type === "rates" ? "They look for a learning rate." : "They search over settings.");
  }

  /** @param {Message} hello */
  async greet(hello) {
    this.begin("");
    const waiting = (this.waiting = /** @type {Message[]} */ ([]));
    const live = await KINDS[hello.header.type](hello, readTheme(this.root));
    if (waiting !== this.waiting) return live.destroy(); // somebody else is looked at
    this.waiting = null;
    this.live = live;
    this.greeting = hello;
    this.stage.replaceChildren(live.node);
    for (const message of waiting) live.heard(message);
  }

  /** The page is light or dark now. */
  retheme() {
    if (this.live && this.greeting) this.greet(this.greeting);
  }

  destroy() {
    this.begin("");
  }
}
