// What of a run is said to screen readers.
import { inWords } from "../web/announce.js";
import { formatEpoch, formatLoss } from "../web/format.js";

/** @param {string} name @param {number | null} loss @param {number | null} accuracy */
function figures(name, loss, accuracy) {
  const share = accuracy == null ? "" : `, accuracy ${(100 * accuracy).toFixed(1)} %`;
  return `${name} loss ${formatLoss(loss)}${share}`;
}

/**
 * @param {string} state
 * @param {Record<string, any> | null} frame header of the frame on screen
 * @param {string} message
 */
export function summary(state, frame, message) {
  const word = inWords(state);
  const note = message ? ` ${message}` : "";
  if (!frame) return `The network is ${word}.${note}`;
  const train = figures("Training", frame.loss, frame.accuracy);
  const watched = figures(frame.watched.toLowerCase(), frame.val_loss, frame.val_accuracy);
  return `Epoch ${formatEpoch(frame.epoch)}, ${word}. ${train}; ${watched}.${note}`;
}
