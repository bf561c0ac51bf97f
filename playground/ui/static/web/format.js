// Numbers as people read them.
const whole = new Intl.NumberFormat("en");

/** @param {number} epoch */
export const formatEpoch = (epoch) => whole.format(epoch);

/** "1 epoch", "2,000 epochs". @param {number} count @param {string} one */
export const counted = (count, one) => `${whole.format(count)} ${one}${count === 1 ? "" : "s"}`;

/** @param {number | null | undefined} loss */
export function formatLoss(loss) {
  if (loss == null || !Number.isFinite(loss)) return "–";
  if (loss >= 10000 || (loss > 0 && loss < 0.0001)) return loss.toExponential(2);
  return loss.toFixed(loss >= 100 ? 1 : loss >= 10 ? 2 : 4);
}

/** @param {number | null | undefined} share */
export const formatShare = (share) =>
  share == null || !Number.isFinite(share) ? "–" : `${(100 * share).toFixed(1)}\u202f%`;

/** @param {number | null | undefined} rate */
export const formatRate = (rate) => (rate == null ? "–" : String(Number(rate.toPrecision(3))));

/** @param {number} value */
export const formatCoordinate = (value) => value.toFixed(2).replace("-", "\u2212");

/** A title within a sentence: "L2" stays as it is. @param {string} title */
export const lower = (title) => (/^.[A-Z0-9]/.test(title) ? title : title[0].toLowerCase() + title.slice(1));

/** Words with a capital, and a full stop unless they end a sentence. @param {string} words */
export const asSentence = (words) => words && words[0].toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");
