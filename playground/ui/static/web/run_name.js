// What a run is called: its link in words.
import { LABELS, NAMING } from "./facts.js";

const ALIKE = 3; // more layers of one width are counted
const CHANGE = /^(learning_rate|l1|l2)_from_(\d+)$/;
/** @type {Record<string, string>} */
const SHORT = { learning_rate: "rate", l1: "L1", l2: "L2" };

/**
 * "Spiral · 8, 8 ReLU · Adam 0.03 · noise 0.2": data, layers, steps, and whatever else the link says.
 * @param {string} link like `?dataset=spiral`
 */
export function nameOf(link) {
  const query = new URLSearchParams(link);
  const value = (/** @type {keyof typeof NAMING} */ name) => query.get(name) ?? NAMING[name];
  const layers = value("hidden") === "none" ? "no hidden layer" : `${widths(value("hidden"))} ${labels("activation", value("activation"))}`;
  const steps = `${labels("optimizer", value("optimizer"))} ${value("learning_rate")}`;
  const others = [...query].filter(([name]) => !Object.hasOwn(NAMING, name)).map(([name, text]) => settingOf(name, text));
  return [labels("dataset", value("dataset")), layers, steps, ...others].join(" · ");
}

/** @param {keyof typeof LABELS} knob @param {string} names joined by commas */
function labels(knob, names) {
  /** @type {Record<string, string>} */
  const known = LABELS[knob];
  return names.split(",").map((name) => (Object.hasOwn(known, name) ? known[name] : name)).join(", ");
}

/** "8, 8", or "5 × 8". @param {string} hidden */
function widths(hidden) {
  const units = hidden.split(",");
  const alike = units.length > ALIKE && units.every((each) => each === units[0]);
  return alike ? `${units.length} × ${units[0]}` : units.join(", ");
}

/** @param {string} name @param {string} text */
function settingOf(name, text) {
  const [, rate, epoch] = CHANGE.exec(name) ?? [];
  if (rate) return `${SHORT[rate]} ${text} from ${epoch}`;
  return `${SHORT[name] ?? name.replaceAll("_", " ")} ${text}`;
}
