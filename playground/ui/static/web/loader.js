// Sent inline with every delta, so it stays tiny: the component itself is a cached module.

/** @param {import("./mounting.js").Component<{base: string, entry: string, modules: string[], styles: string[], scripts: string[]}>} component */
export default function (component) {
  const { parentElement, data } = component;
  const absolute = (/** @type {string} */ path) => new URL(path, document.baseURI).href;
  if (!document.querySelector(`link[data-entry="${data.entry}"]`)) {
    /** @type {{rel: string, href: string, as?: string}[]} */
    const links = data.modules.map((name) => ({ rel: "modulepreload", href: absolute(data.base + name) }));
    for (const name of data.styles) links.push({ rel: "preload", as: "style", href: absolute(data.base + name) });
    for (const script of data.scripts) links.push({ rel: "preload", as: "script", href: absolute(script) });
    for (const link of links) {
      const node = Object.assign(document.createElement("link"), link);
      node.dataset.entry = data.entry;
      document.head.append(node);
    }
  }
  const entry = import(absolute(data.base + data.entry));
  entry.then(
    (module) => module.mount(component),
    (error) => {
      const note = parentElement.querySelector("[data-placeholder]");
      if (note instanceof HTMLElement) {
        note.hidden = false; // what was there before goes on below it
        note.textContent = "This page could not load its script. Reload it to try again.";
      }
      console.error(error);
    },
  );
  // Streamlit also cleans up calls that a newer one superseded: only a detached element is the end.
  return () => parentElement.isConnected || entry.then((module) => module.unmount(parentElement), () => {});
}
