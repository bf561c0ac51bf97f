// The links of a room that was just opened, shown this once.
import { copy } from "../web/clipboard.js";
import { h } from "../web/dom.js";

const SAID = 2000; // ms

/**
 * @param {{join: string, teacher: string, projector: string}} links
 * @param {() => void} done
 */
export function givenLinks(links, done) {
  const rows = [
    row("join", "For your learners", links.join, "They join by it, or by the code."),
    row("teacher", "For you and who teaches with you", links.teacher, "Whoever has it teaches in this room. It is shown this once, and kept in this browser."),
    row("projector", "For the projector", links.projector, "A window for all to see, with nothing private in it."),
  ];
  const close = h("button", { type: "button", class: "kp-button kp-primary", onclick: done }, "Go to the room");
  return h("section", { class: "kp-room-card kp-room-links", "aria-labelledby": "kp-room-links", data: { testid: "room-links" } },
    h("h2", { id: "kp-room-links", tabindex: -1 }, "The room is open"), ...rows, h("div", { class: "kp-room-row" }, close));
}

/** @param {string} name @param {string} title @param {string} link @param {string} hint */
function row(name, title, link, hint) {
  const id = `kp-room-link-${name}`;
  const field = h("input", { class: "kp-room-input", id, readonly: true, value: link, onfocus: () => field.select() });
  const button = h("button", { type: "button", class: "kp-button", "aria-label": `Copy link ${title[0].toLowerCase()}${title.slice(1)}` }, "Copy link");
  button.onclick = async () => {
    button.textContent = (await copy(link)) ? "Copied" : "Not copied";
    setTimeout(() => (button.textContent = "Copy link"), SAID);
  };
  return h("div", { class: "kp-room-link" }, h("label", { for: id }, title), h("div", { class: "kp-room-row" }, field, button), h("p", { class: "kp-room-hint" }, hint));
}
