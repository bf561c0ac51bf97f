// What the projector shows: the wall, what pinned learners train in an order, or the answers; with the code or without.
import { checkbox, Segments } from "../../web/controls.js";
import { h, icon, LiveText, setHidden } from "../../web/dom.js";
import { button } from "./controls.js";
import { Refusal } from "./saying.js";

/** @typedef {import("../messages.js").ProjectedView} ProjectedView */
/** @type {[string, string][]} */
const WHAT = [["wall", "Wall"], ["pins", "Pinned learners"], ["answers", "Answers"]];

/** The pins with one of them moved. @param {number[]} pins @param {number} at @param {number} by */
export function moved(pins, at, by) {
  const to = at + by;
  if (to < 0 || to >= pins.length) return pins;
  const others = pins.toSpliced(at, 1);
  return others.toSpliced(to, 0, pins[at]);
}

export class Projecting {
  /** @type {ProjectedView} */
  view = { what: "wall", pins: [], shown: 0, code: true };
  key = "";

  /** @param {import("./saying.js").Saying} saying @param {string} link of the projector's window, "" where it is not known */
  constructor(saying, link) {
    this.refusal = new Refusal();
    this.say = (/** @type {Partial<ProjectedView>} */ change) => saying.say({ type: "project", ...change }, this.refusal);
    this.what = new Segments("What the projector shows", (what) => this.say({ what: /** @type {any} */ (what) }));
    this.code = checkbox("Show the code large", (on) => this.say({ code: on }));
    this.list = h("ol", { class: "kp-pins", data: { testid: "pins" } });
    this.none = h("p", { class: "kp-field-hint" }, "Nobody is pinned. Open a tile and press “Pin to the projector”: the class sees what this learner trains, after the next send, too. No name is shown there.");
    this.place = new LiveText("");
    this.back = button("Before", () => this.say({ what: "pins", shown: this.view.shown - 1 }));
    this.next = button("Next", () => this.say({ what: "pins", shown: this.view.shown + 1 }));
    this.all = button("Side by side", () => this.say({ what: "pins", shown: 0 }), { "aria-pressed": "true" });
    this.stepping = h("div", { class: "kp-taking-items" }, this.all, this.back, this.next, h("span", { class: "kp-field-hint" }, this.place.node));
    this.window = h("a", { class: "kp-button kp-small-button", href: link, target: "_blank", rel: "noopener" }, "Open the projector window");
    this.making = button("Make a link for the projector", () => saying.say({ type: "new_key", role: "projector" }, this.refusal));
    this.know(link);
    this.node = h("div", { class: "kp-projecting", data: { testid: "projecting" } }, h("div", { class: "kp-taking-items" }, this.window, this.making), this.what.node, this.code, this.none, this.list, this.stepping, this.refusal.node);
  }

  /** @param {string} link "" where this browser has none: it makes one */
  know(link) {
    this.window.href = link;
    setHidden(this.window, !link);
    setHidden(this.making, Boolean(link));
  }

  /** @param {ProjectedView} view @param {(seat: number) => string} nameOf */
  show(view, nameOf) {
    this.view = view;
    const { what, pins, shown, code } = view;
    this.what.show(WHAT, what);
    const box = /** @type {any} */ (this.code.firstElementChild);
    if (box.checked !== code) box.checked = code;
    setHidden(this.none, pins.length > 0);
    setHidden(this.stepping, !pins.length);
    this.showPins(pins, nameOf);
    this.all.setAttribute("aria-pressed", String(shown === 0));
    this.back.disabled = shown <= 1;
    this.next.disabled = shown >= pins.length;
    this.place.write(shown ? `Shown alone: ${shown} of ${pins.length}` : "");
    [...this.list.children].forEach((item, i) => item.toggleAttribute("data-shown", i + 1 === shown));
  }

  /** @param {number[]} pins @param {(seat: number) => string} nameOf */
  showPins(pins, nameOf) {
    const key = JSON.stringify(pins.map((seat) => [seat, nameOf(seat)]));
    if (key === this.key) return;
    this.key = key;
    const focused = /** @type {HTMLElement | null} */ (this.list.contains(document.activeElement) ? document.activeElement : null);
    const again = focused && [focused.dataset.seat, focused.dataset.move];
    this.list.replaceChildren(...pins.map((seat, i) => this.pin(seat, i, pins, nameOf(seat))));
    if (!again) return;
    const same = this.list.querySelector(`[data-seat="${again[0]}"][data-move="${again[1]}"]:not(:disabled)`) ?? this.list.querySelector("button:not(:disabled)");
    (same ?? this.what.node.querySelector("button"))?.focus();
  }

  /** @param {number} seat @param {number} i @param {number[]} pins @param {string} name */
  pin(seat, i, pins, name) {
    const move = (/** @type {string} */ words, /** @type {number} */ by) => h("button", {
      type: "button", class: "kp-icon-button", "aria-label": `${words}: ${name}`, title: words, disabled: i + by < 0 || i + by >= pins.length, data: { seat, move: words }, onclick: () => this.say({ pins: moved(pins, i, by) }),
    }, icon("more"));
    return h("li", {}, h("bdi", {}, name), move("Earlier", -1), move("Later", 1), h("button", {
      type: "button", class: "kp-icon-button", "aria-label": `Unpin: ${name}`, title: "Unpin", data: { seat, move: "Unpin" }, onclick: () => this.say({ pins: pins.filter((each) => each !== seat) }),
    }, icon("close")), h("button", {
      type: "button", class: "kp-button kp-small-button", "aria-label": `Show alone: ${name}`, data: { seat, move: "Alone" }, onclick: () => this.say({ what: "pins", shown: i + 1 }),
    }, "Show alone"));
  }
}
