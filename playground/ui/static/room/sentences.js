// What is said in a room. No DOM in here.

/** A time that is left, as a clock shows it. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** The same for who listens. @param {number} seconds */
export function timeLeft(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole === 0) return "Time is up.";
  return whole < 60 ? `${whole} ${whole === 1 ? "second" : "seconds"} left.` : `${Math.round(whole / 60)} ${Math.round(whole / 60) === 1 ? "minute" : "minutes"} left.`;
}

/** @param {import("./messages.js").SentView | null} sent */
export function sentTitle(sent) {
  if (!sent) return "Nothing was sent yet: try what you like.";
  return sent.title || { experiment: "An experiment", wall: "A wall of networks", lesson: "A lesson" }[sent.kind];
}

/** How a learner stands in a challenge. @param {import("./messages.js").ContestView} contest */
export function standing({ table }) {
  const mine = table.find(({ mine: isMine }) => isMine);
  if (!mine) return "You have handed in nothing yet.";
  return `You: place ${mine.place} of ${table.length}, ${mine.text}${mine.edited ? " (edited weights: apart)" : ""}.`;
}

/** What is kept about a learner, as rows to read. @param {string} document JSON @returns {[string, string][]} */
export function keptRows(document) {
  /** @type {[string, string][]} */
  const rows = [];
  const walk = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    if (Array.isArray(value) && value.length) value.forEach((each, i) => walk(`${name} ${i + 1}`, each));
    else if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [key, each] of Object.entries(value)) walk(name ? `${name}, ${inWords(key)}` : capital(inWords(key)), each);
    } else rows.push([name, /(^| )at$/.test(name) && typeof value === "number" ? new Date(1000 * value).toLocaleString() : said(value)]);
  };
  try {
    walk("", JSON.parse(document));
  } catch {
    return [["", document]];
  }
  return rows;
}

/** @param {string} key */
const inWords = (key) => key.replaceAll("_", " ");
/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {unknown} value */
function said(value) {
  if (value === null || value === "" || Array.isArray(value)) return "nothing";
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}
