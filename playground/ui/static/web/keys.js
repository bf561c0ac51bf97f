// Space plays and pauses wherever the focus has no use for it.
const BUSY = "input, textarea, select, button, summary, [contenteditable]:not([contenteditable=false]), "
  + "[role=button], [role=checkbox], [role=switch], [role=radio], [role=option], [role=tab], [role=menuitem], "
  + "[role=combobox], [role=listbox], [role=textbox], [role=dialog]";

/**
 * @param {() => void} toggle
 * @returns {() => void} removes the listener
 */
export function listenForSpace(toggle) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const wanted = event.code === "Space" && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
    const target = event.composedPath()[0];
    if (!wanted || event.defaultPrevented) return;
    if (target instanceof Element && target.closest(BUSY)) return;
    event.preventDefault(); // the page would scroll
    toggle();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

/**
 * A button clicked with the mouse gives the focus back, so that the space bar plays again; one reached by keyboard
 * keeps it.
 * @param {HTMLElement} root
 */
export function releaseFocusAfterMouse(root) {
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (event.detail > 0 && button instanceof HTMLElement) button.blur();
  });
}
