// Sent inline with every delta, so it stays tiny: the stage itself is a cached module.

/** @param {import("./stage.js").Component & {data: {modules: string[]}}} component */
export default function (component) {
  const { parentElement, data } = component;
  const absolute = (/** @type {string} */ path) => new URL(path, document.baseURI).href;
  if (!document.querySelector("link[data-stage]")) {
    /** @type {{rel: string, href: string, as?: string}[]} */
    const links = data.modules.map((name) => ({ rel: "modulepreload", href: absolute(data.base + name) }));
    for (const name of ["stage.css", "layout.css"]) links.push({ rel: "preload", as: "style", href: absolute(`${data.base}stage/${name}`) });
    links.push({ rel: "preload", as: "script", href: absolute(data.plotly) });
    for (const link of links) {
      const node = Object.assign(document.createElement("link"), link);
      node.dataset.stage = "";
      document.head.append(node);
    }
  }
  const stage = import(absolute(`${data.base}stage/mount.js`));
  stage.then(
    (module) => module.mount(component),
    (error) => {
      const note = parentElement.querySelector("[data-stage-placeholder]");
      if (note instanceof HTMLElement) {
        note.hidden = false; // a stage that was there before goes on below it
        note.textContent = "This page could not load its script. Reload it to try again.";
      }
      console.error(error);
    },
  );
  // Streamlit also cleans up calls that a newer one superseded: only a detached element is the end.
  return () => parentElement.isConnected || stage.then((module) => module.unmount(parentElement), () => {});
}
