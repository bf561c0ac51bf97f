// The frame of a dialog: its title, and how it is closed.
import { h, icon } from "./dom.js";

/**
 * @param {string} name of the dialog, for its elements
 * @param {string | Node} title
 * @param {Node[]} content
 * @param {() => void} [closed]
 * @returns {HTMLDialogElement}
 */
export function stageDialog(name, title, content, closed) {
  const heading = `kp-${name}-title`;
  const close = h("button", { type: "button", class: "kp-icon-button", "aria-label": "Close", title: "Close", onclick: () => node.close() }, icon("close"));
  const node = h("dialog", {
    class: `kp-taking kp-${name}`, "aria-labelledby": heading, data: { testid: name },
    onclick: (/** @type {MouseEvent} */ event) => event.target === node && node.close(), onclose: () => closed?.(),
  }, h("div", { class: "kp-taking-box" },
    h("div", { class: "kp-taking-head" }, h("h2", { class: "kp-title", id: heading }, title), close), ...content));
  return node;
}
