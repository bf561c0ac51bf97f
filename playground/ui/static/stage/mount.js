// Mounts the stage where Streamlit wants it, once, and tells it of every change after that.
import { h } from "../web/dom.js";
import { Stage } from "./stage.js";

/** @typedef {import("./stage.js").Component} Component */

const KEY = Symbol.for("keras-playground.stage");

/** @param {string} href @returns {Promise<void>} */
function loadStyles(href) {
  const known = [...document.styleSheets].some((sheet) => sheet.href === href);
  if (known) return Promise.resolve();
  return new Promise((resolve) => {
    const link = h("link", { rel: "stylesheet", href });
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}

const styles = Promise.all(["stage.css", "layout.css"].map((name) => loadStyles(new URL(name, import.meta.url).href)));

/**
 * Called for every change of data: mounts once, then updates.
 * @param {Component} component
 */
export function mount(component) {
  const holder = /** @type {any} */ (component.parentElement);
  holder[KEY] ??= { latest: component };
  holder[KEY].latest = component;
  const placeholder = component.parentElement.querySelector("[data-stage-placeholder]");
  if (placeholder instanceof HTMLElement) placeholder.hidden = true;
  if (holder[KEY].stage) return holder[KEY].stage.update(component);
  holder[KEY].starting ??= styles.then(() => {
    if (component.parentElement.isConnected) holder[KEY].stage = new Stage(holder[KEY].latest);
  });
}

/** @param {HTMLElement | ShadowRoot} parentElement */
export function unmount(parentElement) {
  const holder = /** @type {any} */ (parentElement);
  holder[KEY]?.stage?.destroy();
  delete holder[KEY];
}
