// What networks can be judged by.
import { FIGURES } from "./facts.js";
import { formatLoss, formatShare } from "./format.js";

/** @typedef {{at: (epoch: number, network: number, column: number) => number}} Figures  of networks: NaN where there is none */
/**
 * @typedef {object} Metric
 * @property {string} name
 * @property {string} title
 * @property {boolean} more      whether more is better
 * @property {"share" | "log" | "linear"} scale
 * @property {(value: number) => string} format
 * @property {(store: Figures, epoch: number, network: number) => number} read
 */

/** @param {number} value */
const formatGap = (value) => (Number.isFinite(value) ? (value < 0 ? "\u2212" : "+") + formatLoss(Math.abs(value)) : "–");

/** @param {keyof typeof FIGURES} name @returns {Metric["read"]} */
const column = (name) => (store, epoch, network) => store.at(epoch, network, FIGURES[name]);

/** @param {string} part beside training, "test" @param {boolean} classification @returns {Metric[]} */
export function metricsOf(part, classification) {
  const watched = part[0].toUpperCase() + part.slice(1);
  /** @type {Metric[]} */
  const losses = [
    { name: "val_loss", title: `${watched} loss`, more: false, scale: "log", format: formatLoss, read: column("val_loss") },
    { name: "loss", title: "Training loss", more: false, scale: "log", format: formatLoss, read: column("loss") },
  ];
  /** @type {Metric[]} */
  const shares = [
    { name: "val_accuracy", title: `${watched} accuracy`, more: true, scale: "share", format: formatShare, read: column("val_accuracy") },
    { name: "accuracy", title: "Training accuracy", more: true, scale: "share", format: formatShare, read: column("accuracy") },
  ];
  const gap = {
    name: "gap", title: `Gap: ${watched.toLowerCase()} − training loss`, more: false, scale: /** @type {const} */ ("linear"), format: formatGap,
    read: (/** @type {Figures} */ store, /** @type {number} */ epoch, /** @type {number} */ network) =>
      store.at(epoch, network, FIGURES.val_loss) - store.at(epoch, network, FIGURES.loss),
  };
  return classification ? [shares[0], losses[0], losses[1], shares[1], gap] : [...losses, gap];
}
