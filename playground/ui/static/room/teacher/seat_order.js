// In which order seats are shown, and which of them. No DOM in here.
import { sorted } from "../../web/ordering.js";
import { hasReached, stuckOf } from "./seat_words.js";

/** @typedef {import("../messages.js").SeatView} SeatView */
/** @typedef {import("../messages.js").TileFacts} TileFacts */
/** @typedef {{view: SeatView, facts: TileFacts | null, sent: import("./seat_words.js").Sent}} Seat */
/** @typedef {{sort: string, filter: string, text: string}} Wanted */

/** @type {[string, string][]} */
export const SORTS = [
  ["seat", "As they came"], ["name", "By name"], ["accuracy", "Best first"], ["epoch", "Most epochs first"], ["away", "Away first"], ["stuck", "Stuck first"],
];
/** @type {[string, string][]} */
export const FILTERS = [["all", "All"], ["stuck", "Stuck"], ["away", "Away"], ["not_reached", "Not reached yet"], ["waiting", "Waiting to be let in"]];

/** @type {Record<string, (seat: Seat) => boolean>} */
const SHOWN = {
  all: () => true,
  stuck: (seat) => isStuck(seat),
  away: ({ view }) => view.state === "away",
  not_reached: ({ view, facts, sent }) => view.state !== "waiting" && !hasReached(view, facts, sent),
  waiting: ({ view }) => view.state === "waiting",
};

/** What a seat is sorted by, the least first. @type {Record<string, (seat: Seat) => number | string>} */
const KEYS = {
  seat: ({ view }) => view.seat,
  name: ({ view }) => view.name,
  accuracy: ({ facts }) => rankOf(facts),
  epoch: ({ facts }) => -(facts?.epoch ?? -1),
  away: ({ view }) => (view.state === "away" ? 0 : 1),
  stuck: (seat) => (isStuck(seat) ? 0 : 1),
};

/** @param {Seat} seat */
const isStuck = ({ view, facts, sent }) => Boolean(stuckOf(view, facts, sent));

/** Accuracies before losses: they cannot be compared. @param {TileFacts | null} facts */
function rankOf(facts) {
  if (facts?.best == null) return NaN;
  return facts.task === "regression" ? 2 + facts.best : 1 - facts.best;
}

/** The numbers of the seats to be shown, in order; who waits to be let in comes first. @param {Seat[]} seats @param {Wanted} wanted */
export function shownSeats(seats, { sort, filter, text }) {
  const words = text.trim().toLocaleLowerCase();
  const shown = seats.filter((seat) => (SHOWN[filter] ?? SHOWN.all)(seat) && seat.view.name.toLocaleLowerCase().includes(words)).sort((a, b) => a.view.seat - b.view.seat);
  const inOrder = sorted(shown.map(KEYS[sort] ?? KEYS.seat), false).map((i) => shown[i]);
  const waits = (/** @type {Seat} */ { view }) => view.state === "waiting";
  return [...inOrder.filter(waits), ...inOrder.filter((seat) => !waits(seat))].map(({ view }) => view.seat);
}

/** The seats from one to another of those in order, both included. @param {number[]} order @param {number} from @param {number} to */
export function between(order, from, to) {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  return a < 0 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
}
