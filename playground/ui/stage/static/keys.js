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
