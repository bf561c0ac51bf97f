// What a teacher asks beside what was sent: before Play, and again once the run is seen.
import { LONGEST_ANSWER } from "../../web/facts.js";
import { h, setHidden } from "../../web/dom.js";
import { guide } from "../../web/guide.js";

const FIRST = "First predict";
const NONE = "An answer must be one of these. Got none.";
const EMPTY = "An answer must be a few words. Got none.";
let forms = 0;

/** What is asked now, if anything. @param {string[]} answered @param {boolean} hasRun @returns {"predict" | "observe" | null} */
export function askedNow(answered, hasRun) {
  if (!answered.includes("predict")) return "predict";
  return hasRun && !answered.includes("observe") ? "observe" : null;
}

export class Question {
  /** @type {import("../messages.js").SentView | null} */
  sent = null;
  /** @type {string[]} */
  answered = [];
  shown = ""; // which form
  holds = false;

  /** @param {(asked: "predict" | "observe", text: string) => void} answer */
  constructor(answer) {
    this.answer = answer;
    this.node = h("div", { class: "kp-room-question", hidden: true });
    this.stop = guide.listen((topic) => topic === "live" && this.refresh());
  }

  /** @param {import("../messages.js").SentView | null} sent @param {string[]} answered what of it is answered already */
  show(sent, answered) {
    this.sent = sent;
    this.answered = answered;
    this.refresh();
  }

  get hasRun() {
    const { session } = guide;
    return session !== null && session.lastEpoch > 0 && !session.playing;
  }

  refresh() {
    const { sent } = this;
    // Once it is asked, that stays so while the network goes on.
    const isAsked = this.shown === `${sent?.number} observe`;
    const asked = sent && askedNow(this.answered, this.hasRun || isAsked);
    this.hold(sent !== null && sent.kind !== "lesson" && asked === "predict");
    const key = asked ? `${sent.number} ${asked}` : "";
    if (key === this.shown) return;
    const hadFocus = this.node.contains(document.activeElement);
    this.shown = key;
    this.node.replaceChildren(...(asked ? [this.form(sent, asked)] : []));
    setHidden(this.node, !asked);
    if (hadFocus) /** @type {HTMLElement | null} */ (document.querySelector(".kp-transport .kp-primary"))?.focus({ preventScroll: true });
  }

  /** Nothing is trained before it is answered; what a lesson holds back is its own. @param {boolean} on */
  hold(on) {
    if (on === this.holds) return;
    this.holds = on;
    guide.setHold(on ? FIRST : "");
  }

  /** @param {import("../messages.js").SentView} sent @param {"predict" | "observe"} asked */
  form(sent, asked) {
    const id = `kp-room-question-${(forms += 1)}`;
    const fault = h("p", { class: "kp-prompt-fault", role: "alert" });
    const radios = sent.choices.map((choice) => h("input", { type: "radio", name: id, value: choice, onchange: () => (fault.textContent = "") }));
    const text = h("input", { class: "kp-room-input", "aria-labelledby": id, maxlength: LONGEST_ANSWER, autocomplete: "off", oninput: () => (fault.textContent = "") });
    const fields = radios.length ? [h("div", { class: "kp-choices" }, ...radios.map((radio, i) => h("label", { class: "kp-choice" }, radio, h("span", {}, sent.choices[i]))))] : [text];
    const send = () => {
      const said = radios.length ? radios.find((radio) => radio.checked)?.value ?? "" : text.value.trim();
      if (said) return this.answer(asked, said);
      fault.textContent = radios.length ? NONE : EMPTY;
      (radios[0] ?? text).focus();
    };
    return h("form", {
      class: "kp-prompt", novalidate: true, "aria-labelledby": id, data: { testid: asked === "predict" ? "class-prediction" : "class-observation" },
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        send();
      },
    }, h("p", { class: "kp-question", id }, asked === "predict" ? sent.question : `What did you see? ${sent.question}`), ...fields,
    h("div", { class: "kp-prompt-buttons" }, h("button", { type: "submit", class: "kp-button kp-primary" }, asked === "predict" ? "Predict" : "Answer")), fault);
  }

  destroy() {
    this.hold(false);
    this.stop();
  }
}
