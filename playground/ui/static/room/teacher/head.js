// The line at the top: the code, who is there, and what holds for the whole class.
import { h, LiveText, setHidden } from "../../web/dom.js";
import { Countdown } from "../countdown.js";
import { button, Confirmation, copyButton, Popover } from "./controls.js";
import { Refusal } from "./saying.js";
import { headCount } from "./seat_words.js";
import { TimerBox } from "./timer_box.js";

const STATES = { open: "Open", paused: "Paused", closed: "Closed" };

/**
 * @typedef {object} HeadActions
 * @property {() => void} code      the join link, as a picture
 * @property {() => void} joining
 * @property {() => void} teacher
 * @property {() => void} coTeacher
 * @property {() => void} results
 */

export class Head {
  /** @param {string} code @param {{join: string, teacher: string, projector: string}} links @param {import("./saying.js").Saying} saying @param {HeadActions} actions */
  constructor(code, links, saying, actions) {
    this.refusal = new Refusal();
    const say = (/** @type {import("../messages.js").Said} */ message) => saying.say(message, this.refusal);
    this.count = new LiveText("");
    this.state = new LiveText("");
    this.stateNode = h("span", { class: "kp-room-state", data: { testid: "room-state" } }, this.state.node);
    this.countdown = new Countdown();
    this.timer = new TimerBox((seconds) => say({ type: "timer", seconds }));
    this.pausing = new LiveText("Pause the class");
    this.pause = button("", () => say({ type: this.paused ? "go_on" : "pause_class" }), { class: "kp-pause" });
    this.pause.append(this.pausing.node);
    this.projector = links.projector ? h("a", { class: "kp-button kp-small-button", href: links.projector, target: "_blank", rel: "noopener", title: "Opens the window for the projector: nothing private is in it" }, "Projector") : null;
    this.closing = new Confirmation({
      press: "Close the room", question: () => "Close the room? Nobody can join any more, and nothing is sent or paused. Results stay until it is forgotten.",
      act: () => {
        this.menu.close();
        say({ type: "close_room" });
      },
    });
    this.menu = new Popover("", [...this.menuItems(links, actions), this.closing.node], "More");
    this.node = h("header", { class: "kp-room-head" },
      h("span", { class: "kp-room-code", "aria-label": `Code ${[...code].join(" ")}`, role: "img", data: { testid: "room-code" } }, code),
      copyButton("Join link", () => links.join),
      button("QR code", actions.code, { title: "The join link as a QR code" }),
      h("span", { class: "kp-room-count", data: { testid: "head-count" } }, this.count.node), this.stateNode, this.countdown.node,
      h("span", { class: "kp-head-buttons" }, this.pause, this.timer.node, ...(this.projector ? [this.projector] : []), button("Results", actions.results), this.menu.node), this.refusal.node);
  }

  /** @param {{join: string, teacher: string}} links @param {HeadActions} actions */
  menuItems(links, actions) {
    const item = (/** @type {string} */ text, /** @type {() => void} */ act) => button(text, () => {
      this.menu.close();
      act();
    }, { class: "kp-menu-button" });
    const guest = new URL(links.join, document.baseURI);
    guest.searchParams.set("as", "guest");
    return [
      item("Joining: names, approval, closing", actions.joining), item("A link for a co-teacher", actions.coTeacher),
      ...(links.teacher ? [item("My teacher's link", actions.teacher)] : []),
      h("a", { class: "kp-button kp-small-button kp-menu-button", href: guest.href, target: "_blank", rel: "noopener" }, "As a learner sees it"),
    ];
  }

  /** @param {import("../messages.js").RoomView} view */
  show(view) {
    this.paused = view.state === "paused";
    const closed = view.state === "closed";
    this.count.write(headCount(view));
    this.state.write(STATES[view.state]);
    if (this.stateNode.dataset.state !== view.state) this.stateNode.dataset.state = view.state;
    this.pausing.write(this.paused ? "Go on" : "Pause the class");
    if (this.pause.disabled !== closed) this.pause.disabled = closed;
    this.countdown.show(view.timer_in);
    this.timer.show(view.timer_in !== null, closed);
    setHidden(this.closing.node, closed);
  }

  destroy() {
    this.countdown.stop();
    this.timer.destroy();
    this.menu.destroy();
  }
}
