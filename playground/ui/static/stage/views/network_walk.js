// Arrow keys walk through the buttons of a network's diagram.
const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** @param {HTMLButtonElement[][]} buttons of each layer @param {KeyboardEvent} event */
export function walk(buttons, event) {
  const by = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
  const at = event.target instanceof HTMLElement ? event.target.dataset : {};
  if (!by || at.neuron === undefined) return;
  event.preventDefault();
  const [layer, row] = [Number(at.layer), Number(at.row)];
  const column = buttons[within(layer + by[0], buttons)];
  // Sideways to the neuron at the same height.
  const wanted = by[0] ? Math.round((row * (column.length - 1)) / Math.max(1, buttons[layer].length - 1)) : row + by[1];
  const next = column[within(wanted, column)];
  for (const button of buttons.flat()) button.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** @param {number} index @param {unknown[]} list */
const within = (index, list) => Math.max(0, Math.min(list.length - 1, index));
