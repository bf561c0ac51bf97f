// The page's sidebar where there is no room for it: a button opens it over the page, Escape or a press beside it closes it.
import { h, icon } from "./dom.js";

const FOLD = "[data-testid=stSidebarCollapseButton] button";
const OPEN = "sidebar"; // attribute of the document while it lies over the page; drawer.css shows it by that

export class Sidebar {
  constructor() {
    this.button = h("button", {
      type: "button", class: "kp-button kp-settings", title: "Data, features, network and training", "aria-expanded": "false",
      "aria-controls": "stSidebar", onclick: () => this.toggle(),
    }, icon("sliders"), h("span", {}, "Settings"));
    this.closeButton = h("button", { type: "button", class: "kp-sidebar-close", onclick: () => this.close() }, "Close");
    this.onKey = this.onKey.bind(this);
    this.onElsewhere = this.onElsewhere.bind(this);
    document.addEventListener("keydown", this.onKey, true);
    document.addEventListener("pointerdown", this.onElsewhere, true);
    document.addEventListener("focusin", this.onElsewhere);
  }

  get isOpen() {
    return OPEN in document.documentElement.dataset;
  }

  toggle() {
    if (this.isOpen) this.close();
    else if (isDrawer()) this.open();
    else unfold();
  }

  open() {
    document.querySelector("[data-testid=stSidebarHeader]")?.append(this.closeButton); // Streamlit may have made it anew
    this.show(true);
    this.closeButton.focus();
  }

  /** The keyboard goes on where the sidebar was opened, unless it is elsewhere already. */
  close() {
    if (!this.isOpen) return;
    const within = !document.activeElement || document.activeElement === document.body || sidebar()?.contains(document.activeElement);
    this.show(false);
    if (within) this.button.focus();
  }

  /** @param {boolean} open */
  show(open) {
    document.documentElement.toggleAttribute(`data-${OPEN}`, open);
    this.button.setAttribute("aria-expanded", String(open));
  }

  /** Escape first closes what is open in the sidebar or lies over it. @param {KeyboardEvent} event */
  onKey({ key, target }) {
    if (key !== "Escape" || !(target instanceof Element)) return;
    if (target.matches("[role=combobox][aria-expanded=true], [data-escape=own]") || document.querySelector("[role=dialog]:not([hidden], [hidden] *)")) return;
    this.close();
  }

  /** Lists and dialogs that belong to the sidebar lie outside the page's main part. @param {Event} event */
  onElsewhere({ target }) {
    if (!this.isOpen || !(target instanceof Element) || this.button.contains(target)) return;
    if (target.closest("[data-testid=stMain], [data-testid=stHeader]")) this.close();
  }

  destroy() {
    this.show(false);
    this.closeButton.remove();
    document.removeEventListener("keydown", this.onKey, true);
    document.removeEventListener("pointerdown", this.onElsewhere, true);
    document.removeEventListener("focusin", this.onElsewhere);
  }
}

const sidebar = () => document.querySelector("[data-testid=stSidebar]");

/** Whether it lies over the page, as the page's style says. */
function isDrawer() {
  const node = sidebar();
  return node !== null && getComputedStyle(node).position === "fixed";
}

/** Where it has room beside the page Streamlit shows it, and keeps that for the next visit. */
function unfold() {
  const arrow = document.querySelector("[data-testid=stExpandSidebarButton]");
  if (!(arrow instanceof HTMLElement)) return;
  arrow.click();
  requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(FOLD))?.focus());
}
