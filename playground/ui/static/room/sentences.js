// What is said in a room. No DOM in here.
import { counted } from "../web/format.js";

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
  return `${whole < 60 ? counted(whole, "second") : counted(Math.round(whole / 60), "minute")} left.`;
}

/** @param {import("./messages.js").SentView | null} sent */
export function sentTitle(sent) {
  if (!sent) return "Nothing was sent yet: try what you like.";
  return sent.title || { experiment: "An experiment", wall: "A wall of networks", lesson: "A lesson" }[sent.kind];
}

/** How a learner stands in a challenge. @param {import("./messages.js").ContestView} contest */
export function standing({ table, computing }) {
  if (computing) return computing;
  const mine = table.find(({ mine: isMine }) => isMine);
  if (!mine) return "You have handed in nothing yet.";
  return `You: place ${mine.place} of ${table.length}, ${mine.text}${mine.edited ? " (edited weights: apart)" : ""}.`;
}
