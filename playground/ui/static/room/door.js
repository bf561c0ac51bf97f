// Before anybody is in a room: to join one, or to open one.
import { h, setHidden } from "../web/dom.js";
import { LONGEST_PLAN } from "../web/facts.js";
import { codeIn } from "./known_rooms.js";

const TEACH = "Your learners join by a code of six letters and train networks of their own; you see all of them live, send experiments, walls and lessons, and discuss what comes of it.";

export class Door {
  plan = "";

  /** @param {{join: (code: string) => void, open: (plan: string) => void}} on */
  constructor(on) {
    this.on = on;
    this.code = h("input", { class: "kp-room-input kp-room-code-input", id: "kp-room-code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 2000, "aria-describedby": "kp-room-fault" });
    this.fault = h("p", { class: "kp-room-fault", id: "kp-room-fault", role: "alert" });
    this.joinButton = h("button", { type: "submit", class: "kp-button kp-primary" }, "Join");
    this.openButton = h("button", { type: "button", class: "kp-button", onclick: () => on.open(this.plan) }, "Open a room");
    this.planText = h("span", { class: "kp-room-plan-text", role: "status" });
    this.file = h("input", { type: "file", accept: ".json,application/json", class: "kp-room-file", id: "kp-room-plan", onchange: () => this.read(this.file.files?.[0]) });
    this.join = h("form", { class: "kp-room-card", novalidate: true, onsubmit: (/** @type {Event} */ event) => this.submit(event) },
      h("h2", {}, "Join a class"),
      h("label", { for: "kp-room-code" }, "Code of the room"),
      h("div", { class: "kp-room-row" }, this.code, this.joinButton), this.fault);
    this.open = h("section", {
      class: "kp-room-card", "aria-labelledby": "kp-room-teach",
      ondragover: (/** @type {DragEvent} */ event) => event.preventDefault(),
      ondrop: (/** @type {DragEvent} */ event) => this.drop(event),
    }, h("h2", { id: "kp-room-teach" }, "Teach a class"), h("p", {}, TEACH),
    h("div", { class: "kp-room-row" }, this.openButton),
    h("div", { class: "kp-room-plan" }, h("label", { for: "kp-room-plan" }, "With the plan of an earlier room"), this.file, this.planText));
    this.rooms = h("ul", { class: "kp-room-row", data: { testid: "held-rooms" } });
    this.held = h("section", { class: "kp-room-card kp-room-held", "aria-labelledby": "kp-room-held", hidden: true }, h("h2", { id: "kp-room-held" }, "Your rooms in this browser"), this.rooms);
    this.node = h("div", { class: "kp-room-door" }, this.join, this.open, this.held);
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const code = codeIn(this.code.value);
    if (code) return this.on.join(code);
    this.say("A room’s code is six letters: your teacher shows it.");
    this.code.focus();
  }

  /** @param {DragEvent} event */
  drop(event) {
    event.preventDefault();
    this.read(event.dataTransfer?.files[0]);
  }

  /** @param {File | undefined} file */
  async read(file) {
    this.plan = "";
    this.planText.textContent = "";
    if (!file) return;
    const text = file.size <= 4 * LONGEST_PLAN ? await file.text().catch(() => "") : "";
    if (text && text.length <= LONGEST_PLAN) {
      this.plan = text;
      this.planText.textContent = `“${file.name}” sets the room up.`;
    } else this.planText.textContent = `A plan must be a file of 1 to ${LONGEST_PLAN.toLocaleString("en")} characters. Got “${file.name}”.`;
  }

  /** @param {{code: string, sentence: string, busy: boolean}} shown */
  show({ code, sentence, busy }) {
    if (code && !this.code.value) this.code.value = code;
    this.say(sentence);
    this.joinButton.disabled = this.openButton.disabled = busy;
  }

  /** What leads back into each. @param {{code: string, role: string}[]} held */
  showHeld(held) {
    setHidden(this.held, !held.length);
    this.rooms.replaceChildren(...held.map(({ code, role }) => h("li", {}, h("a", { class: "kp-button", href: `${location.pathname}?room=${code}` }, `Room ${code}, as ${role}`))));
  }

  /** @param {string} sentence */
  say(sentence) {
    if (this.fault.textContent !== sentence) this.fault.textContent = sentence;
    setHidden(this.fault, !sentence);
  }

  focus() {
    this.code.focus();
  }
}
