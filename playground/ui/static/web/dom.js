// A few lines that make elements.

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` functions become listeners, `data` a dataset
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "data") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** An attribute that is written counts as changed, even where it says the same. @param {HTMLElement} element @param {boolean} hidden */
export function setHidden(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** Text that changes often: written only where it differs. */
export class LiveText {
  /** @param {string} text */
  constructor(text) {
    this.node = document.createTextNode(text);
  }

  /** @param {string} text */
  write(text) {
    if (this.node.data !== text) this.node.data = text;
  }
}

const ICONS = {
  play: '<path d="M7 4.8v14.4L19 12z" fill="currentColor" stroke="none"/>',
  pause: '<path d="M6.5 5h4v14h-4zM13.5 5h4v14h-4z" fill="currentColor" stroke="none"/>',
  step: '<path d="M6 5v14l9-7z" fill="currentColor" stroke="none"/><path d="M18 5v14"/>',
  rewind: '<path d="M18 5v14l-9-7z" fill="currentColor" stroke="none"/><path d="M6 5v14"/>',
  weights: '<rect x="4" y="4" width="16" height="16" rx="3.5"/><g fill="currentColor" stroke="none"><circle cx="8.6" cy="8.6" r="1.5"/><circle cx="15.4" cy="8.6" r="1.5"/><circle cx="12" cy="12" r="1.5"/><circle cx="8.6" cy="15.4" r="1.5"/><circle cx="15.4" cy="15.4" r="1.5"/></g>',
  link: '<path d="M10 13.5a4 4 0 0 0 5.7.3l3-3a4 4 0 0 0-5.7-5.6L11.6 6.6"/><path d="M14 10.5a4 4 0 0 0-5.7-.3l-3 3a4 4 0 0 0 5.7 5.6l1.4-1.4"/>',
  sliders: '<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.6"/><circle cx="8" cy="17" r="2.6"/>',
  check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  plus: '<path d="M12 4v16M4 12h16"/>',
  minus: '<path d="M4 12h16"/>',
  close: '<path d="M5 5l14 14M19 5L5 19"/>',
  more: '<path d="M6 9.5l6 6 6-6"/>',
  keep: '<path d="M7 4h10v16l-5-4.2L7 20z"/>',
  take: '<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>',
  rename: '<path d="M5 19l.8-4L16 4.8l3.2 3.2L9 18.2z"/>',
  room: '<path d="M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7"/>',
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 24 24", width: "18", height: "18", fill: "none", stroke: "currentColor",
    "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  })) svg.setAttribute(key, value);
  svg.innerHTML = ICONS[name];
  return svg;
}

/** What is in the document now is on the screen, or would be in a tab that is shown. */
export function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 100);
  });
}

/** The outline of a Plotly marker, for legends. */
const SHAPES = {
  circle: '<circle cx="7" cy="7" r="4.6"/>',
  square: '<path d="M2.6 2.6h8.8v8.8H2.6z"/>',
  "triangle-up": '<path d="M7 1.8l5.4 9.4H1.6z"/>',
  diamond: '<path d="M7 1.2L12.8 7 7 12.8 1.2 7z"/>',
  cross: '<path d="M5.2 1.6h3.6v3.6h3.6v3.6H8.8v3.6H5.2V8.8H1.6V5.2h3.6z"/>',
  star: '<path d="M7 1.2l1.6 4.1 4.4.3-3.4 2.8 1.1 4.3L7 10.3l-3.7 2.4 1.1-4.3L1 5.6l4.4-.3z"/>',
};

/** @param {string} shape @param {string} fill @param {string} stroke */
export const swatch = (shape, fill, stroke) => marks([{ shape, fill, stroke }]);

/**
 * Markers side by side, as a legend shows them; `ring` is the colour of a ring round one.
 * @param {{shape: string, fill: string, stroke: string, width?: number, ring?: string}[]} markers
 */
export function marks(markers) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const width = 14 * markers.length;
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${width} 14`, width, height: 14, "aria-hidden": "true" })) {
    svg.setAttribute(key, String(value));
  }
  svg.innerHTML = markers.map(({ shape, fill, stroke, width: line = 1.2, ring }, i) => {
    const size = ring ? 0.62 : 1; // room for the ring
    const outer = ring ? `<circle cx="7" cy="7" r="6.1" fill="none" stroke="${ring}" stroke-width="1.5"/>` : "";
    const inner = SHAPES[/** @type {keyof typeof SHAPES} */ (shape)] ?? SHAPES.circle;
    return `<g transform="translate(${14 * i} 0)">${outer}<g fill="${fill}" stroke="${stroke}" stroke-width="${line}" `
      + `transform="translate(${7 - 7 * size} ${7 - 7 * size}) scale(${size})">${inner}</g></g>`;
  }).join("");
  return svg;
}
