// Mounts a component where Streamlit wants it, once, and tells it of every change after that.
import { h } from "./dom.js";

/**
 * What Streamlit hands to a component.
 * @template Data
 * @typedef {object} Component
 * @property {HTMLElement | ShadowRoot} parentElement
 * @property {Data} data
 * @property {(name: string, value: unknown) => void} setTriggerValue
 * @property {(name: string, value: unknown) => void} setStateValue  which a session that begins anew is told again
 */

/**
 * What is mounted.
 * @typedef {object} Mounted
 * @property {(component: Component<any>) => void} update
 * @property {() => void} destroy
 * @property {{intent: boolean}} [session]   the learner wants it to train
 */

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

/**
 * The two functions of a component's module: `mount` is called for every change of data, and mounts once, then updates.
 * What another version has mounted, which the page kept while the server was updated, gives way: it could load nothing more.
 * @param {string} name of the component
 * @param {new (component: Component<any>) => Mounted} Kind
 * @param {string[]} styles addresses
 */
export function mounting(name, Kind, styles) {
  const KEY = Symbol.for(`keras-playground.${name}`);
  const loaded = Promise.all(styles.map(loadStyles));

  /** @param {Component<any>} component */
  function mount(component) {
    const holder = /** @type {any} */ (component.parentElement);
    if (holder[KEY]?.kind !== Kind) holder[KEY] = { kind: Kind, before: shownIn(holder[KEY]) };
    const mounted = holder[KEY];
    mounted.latest = component;
    const placeholder = component.parentElement.querySelector("[data-placeholder]");
    if (placeholder instanceof HTMLElement) placeholder.hidden = true;
    if (mounted.shown) return mounted.shown.update(component);
    mounted.starting ??= loaded.then(() => {
      if (component.parentElement.isConnected) start(mounted);
    });
  }

  /** @param {{latest: Component<any>, before?: Mounted, shown?: Mounted}} mounted */
  function start(mounted) {
    const { before } = mounted;
    before?.destroy();
    mounted.shown = new Kind(mounted.latest);
    if (before?.session && mounted.shown.session) mounted.shown.session.intent = before.session.intent;
  }

  /** @param {HTMLElement | ShadowRoot} parentElement */
  function unmount(parentElement) {
    const holder = /** @type {any} */ (parentElement);
    (shownIn(holder[KEY]) ?? holder[KEY]?.before)?.destroy();
    delete holder[KEY];
  }

  return { mount, unmount };
}

/** What a holder shows; versions that are older called it a stage. @param {any} mounted @returns {Mounted | undefined} */
const shownIn = (mounted) => mounted?.shown ?? mounted?.stage;
