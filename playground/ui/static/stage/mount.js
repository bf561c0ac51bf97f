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
 * Called for every change of data: mounts once, then updates. A stage of another version, which the page kept while the
 * server was updated, gives way to this one: it could load nothing more.
 * @param {Component} component
 */
export function mount(component) {
  const holder = /** @type {any} */ (component.parentElement);
  if (holder[KEY]?.kind !== Stage) holder[KEY] = { kind: Stage, before: holder[KEY]?.stage };
  const mounted = holder[KEY];
  mounted.latest = component;
  const placeholder = component.parentElement.querySelector("[data-stage-placeholder]");
  if (placeholder instanceof HTMLElement) placeholder.hidden = true;
  if (mounted.stage) return mounted.stage.update(component);
  mounted.starting ??= styles.then(() => {
    if (component.parentElement.isConnected) start(mounted);
  });
}

/** @param {{latest: Component, before?: Stage, stage?: Stage}} mounted */
function start(mounted) {
  const { before } = mounted;
  before?.destroy();
  mounted.stage = new Stage(mounted.latest);
  if (before) mounted.stage.session.intent = before.session.intent;
}

/** @param {HTMLElement | ShadowRoot} parentElement */
export function unmount(parentElement) {
  const holder = /** @type {any} */ (parentElement);
  (holder[KEY]?.stage ?? holder[KEY]?.before)?.destroy();
  delete holder[KEY];
}
