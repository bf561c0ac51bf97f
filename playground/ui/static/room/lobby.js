// A room is found, and a name is chosen.
import { h, setHidden } from "../web/dom.js";

const GUEST = "You look at the room as a learner does, and count for nothing in it.";
const NO_GUEST = "A guest must have a teacher’s link of this room in this browser. There is none: you join as every learner does.";

export class Lobby {
  rule = "";
  listed = "";

  /** @param {{join: (name: string) => void, spin: () => void, leave: () => void}} on */
  constructor(on) {
    this.title = h("h2", { tabindex: -1 });
    this.nameLabel = h("p", { class: "kp-room-name-label" }, "You will be called");
    this.name = h("strong", { class: "kp-room-name", data: { testid: "offered-name" }, "aria-live": "polite" });
    this.spin = h("button", { type: "button", class: "kp-button", onclick: () => on.spin() });
    this.offered = h("div", {}, this.nameLabel, h("div", { class: "kp-room-row" }, this.name, this.spin));
    this.list = h("select", { class: "kp-room-input", id: "kp-room-names" });
    this.listBox = h("div", {}, h("label", { for: "kp-room-names" }, "Your name on the list"), this.list);
    this.typed = h("input", { class: "kp-room-input", id: "kp-room-typed", autocomplete: "off", maxlength: 10_000, "aria-describedby": "kp-lobby-fault" });
    this.typedBox = h("div", {}, h("label", { for: "kp-room-typed" }, "Your name in this room, or leave it empty for the one above"), this.typed);
    this.fault = h("p", { class: "kp-room-fault", id: "kp-lobby-fault", role: "alert" });
    this.approval = h("p", { class: "kp-room-hint" }, "Your teacher lets everybody in by hand.");
    this.guest = h("p", { class: "kp-room-hint" });
    this.kept = h("p", { class: "kp-room-hint" });
    this.unkept = h("p", { class: "kp-room-hint" });
    this.join = h("button", { type: "submit", class: "kp-button kp-primary" }, "Join");
    this.node = h("form", {
      class: "kp-room-card kp-room-lobby", novalidate: true,
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        on.join(this.chosen);
      },
    }, this.title, this.offered, this.listBox, this.typedBox, this.fault, this.approval, this.guest,
    h("div", { class: "kp-room-row" }, this.join, h("button", { type: "button", class: "kp-button", onclick: () => on.leave() }, "Another room")), this.kept, this.unkept);
  }

  /** What is chosen; empty for the name that is offered. */
  get chosen() {
    if (this.rule === "listed") return this.list.value;
    return this.rule === "free" ? this.typed.value : "";
  }

  /** @param {import("./messages.js").Lobby} lobby @param {boolean} asGuest what was asked for @param {string} unkept */
  show(lobby, asGuest, unkept) {
    const { code, rule, offered, spins, names, approval, guest, kept } = lobby;
    this.rule = rule;
    write(this.title, `Room ${code}`);
    write(this.name, offered);
    write(this.spin, spins > 0 ? `Another name (${spins} left)` : "No other name left");
    this.spin.disabled = spins <= 0;
    setHidden(this.offered, rule === "listed");
    setHidden(this.listBox, rule !== "listed");
    setHidden(this.typedBox, rule !== "free");
    this.showNames(names);
    this.join.disabled = rule === "listed" && !names.length;
    setHidden(this.approval, !approval);
    write(this.guest, guest ? GUEST : NO_GUEST);
    setHidden(this.guest, !asGuest);
    write(this.kept, kept);
    write(this.unkept, unkept);
    setHidden(this.unkept, !unkept);
    if (rule === "listed" && !names.length) this.say("All names of the list are taken. Ask your teacher.");
  }

  /** @param {string[]} names that are free; what was chosen stays so */
  showNames(names) {
    const key = JSON.stringify(names);
    if (key === this.listed) return;
    this.listed = key;
    const chosen = this.list.value;
    this.list.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
    if (names.includes(chosen)) this.list.value = chosen;
  }

  /** @param {string} sentence */
  say(sentence) {
    write(this.fault, sentence);
    setHidden(this.fault, !sentence);
  }

  focus() {
    this.title.focus({ preventScroll: true });
  }
}

/** @param {HTMLElement} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
