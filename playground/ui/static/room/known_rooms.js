// The rooms that a browser knows, as values: by its code what opens each one, and where it was left. No DOM in here.

const VERSION = 1;
const MOST_ROOMS = 20;
const MOST_UNHEARD = 30;
const LONGEST_ANSWER = 2000;
const LONGEST_SECRET = 64;
const LONGEST_LINK = 20_000;
const CODE = /^[A-Z]{6}$/;

/**
 * @typedef {"learner" | "teacher" | "projector"} Role
 * @typedef {"predict" | "observe"} Asked
 *
 * Where a learner is, as far as this browser knows.
 * @typedef {object} Place
 * @property {number} sent   number of what was sent, to which the rest belongs
 * @property {number} step
 * @property {boolean} own   they want to be at something of their own
 * @property {string} link   of the run of what was sent
 * @property {string} ownLink
 *
 * An answer of which the server has not said yet that it has it.
 * @typedef {{sent: number, step: number, asked: Asked, text: string}} Answer
 *
 * @typedef {object} KnownRoom
 * @property {number} at     when it was seen last, Unix ms
 * @property {string} token  of the learner's seat
 * @property {boolean} seated  the server has given this token a seat, in a room that was open when it was seen last
 * @property {string} teacher  keys
 * @property {string} projector
 * @property {Place} place
 * @property {Answer[]} unheard  of this token's seat
 *
 * @typedef {Record<string, KnownRoom>} KnownRooms  by code
 */

/** @type {Readonly<Place>} */
const NOWHERE = Object.freeze({ sent: 0, step: 1, own: false, link: "", ownLink: "" });

/** @returns {KnownRoom} */
export const newRoom = () => ({ at: 0, token: "", seated: false, teacher: "", projector: "", place: { ...NOWHERE }, unheard: [] });

/** What a text says, whoever wrote it. @param {string | null} text @returns {KnownRooms} */
export function roomsOf(text) {
  const value = read(text ?? "");
  /** @type {KnownRooms} */
  const rooms = {};
  if (!isObject(value) || value.version !== VERSION || !isObject(value.rooms)) return rooms;
  for (const [code, room] of Object.entries(value.rooms)) if (CODE.test(code) && isObject(room)) rooms[code] = roomOf(room);
  return rooms;
}

/** The newest are kept. @param {KnownRooms} rooms */
export function textOf(rooms) {
  const newest = Object.entries(rooms).sort(([, a], [, b]) => b.at - a.at).slice(0, MOST_ROOMS);
  return JSON.stringify({ version: VERSION, rooms: Object.fromEntries(newest) });
}

/** @param {KnownRooms} rooms @param {string} code @param {(room: KnownRoom) => KnownRoom} change @param {number} now @returns {KnownRooms} */
export const withRoom = (rooms, code, change, now) => ({ ...rooms, [code]: { ...change(rooms[code] ?? newRoom()), at: now } });

/** @param {KnownRooms} rooms @param {string} code @returns {KnownRooms} */
export const withoutRoom = (rooms, code) => Object.fromEntries(Object.entries(rooms).filter(([name]) => name !== code));

/** As who a page enters a room: as it did before in this tab, else by the most that it may. @param {KnownRoom | undefined} room @param {string} before @returns {Role} */
export function roleIn(room, before) {
  if (before === "learner" || (before === "teacher" && room?.teacher) || (before === "projector" && room?.projector)) return /** @type {Role} */ (before);
  return room?.teacher ? "teacher" : room?.projector && !room.token ? "projector" : "learner";
}

/** The rooms that this browser has a teacher's key or a seat of, those seen last first, and as who. @param {KnownRooms} rooms */
export const heldRooms = (rooms) => Object.entries(rooms).filter(([, room]) => room.teacher || room.seated).sort(([, a], [, b]) => b.at - a.at)
  .map(([code, room]) => ({ code, role: /** @type {"teacher" | "learner"} */ (room.teacher ? "teacher" : "learner") }));

/** Whether both are to the same: there is one answer to each. @param {Omit<Answer, "text">} one @param {Omit<Answer, "text">} other */
export const isToTheSame = (one, other) => one.sent === other.sent && one.step === other.step && one.asked === other.asked;

/** One more; the newest are kept. @param {Answer[]} unheard @param {Answer} answer */
export const withAnswer = (unheard, answer) => [...unheard.filter((each) => !isToTheSame(each, answer)), { ...answer, text: answer.text.slice(0, LONGEST_ANSWER) }].slice(-MOST_UNHEARD);

/** What stands behind the "#" of a link of a room. @param {string} hash @returns {{role: "teacher" | "projector", key: string} | null} */
export function keyIn(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  for (const [name, role] of /** @type {const} */ ([["key", "teacher"], ["projector", "projector"]])) {
    const key = said.get(name);
    if (key && isSecret(key)) return { role, key };
  }
  return null;
}

/** 128 random bits. */
export function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The code in what was typed or pasted, which may be a whole link; whether it is one, the server says. @param {string} text */
export function codeIn(text) {
  const found = /[?&]room=([^&#]*)/.exec(text);
  return (found ? decoded(found[1]) : text).replace(/[\s\-–·.]+/g, "").toUpperCase().slice(0, 100);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} text @returns {any} */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {any} value @returns {KnownRoom} */
function roomOf({ at, token, seated, teacher, projector, place, unheard }) {
  return {
    at: Number.isFinite(at) ? at : 0, token: secretOf(token), seated: seated === true && isSecret(token), teacher: secretOf(teacher), projector: secretOf(projector),
    place: placeOf(isObject(place) ? place : {}), unheard: unheardOf(unheard),
  };
}

/** @param {any} value @returns {Place} */
const placeOf = ({ sent, step, own, link, ownLink }) => ({
  sent: isWhole(sent) ? sent : 0, step: isWhole(step) && step > 0 && step <= 1000 ? step : 1, own: own === true, link: linkOf(link), ownLink: linkOf(ownLink),
});

/** @param {unknown} value @returns {Answer[]} */
function unheardOf(value) {
  if (!Array.isArray(value)) return [];
  return value.filter(isAnswer).slice(-MOST_UNHEARD).map(({ sent, step, asked, text }) => ({ sent, step, asked, text }));
}

/** @param {unknown} value */
const isSecret = (value) => typeof value === "string" && /^[\x21-\x7e]{16,}$/.test(value) && value.length <= LONGEST_SECRET;
/** @param {any} value @returns {string} */
const secretOf = (value) => (isSecret(value) ? value : "");
/** @param {any} value @returns {string} */
const linkOf = (value) => (typeof value === "string" && value.length <= LONGEST_LINK ? value : "");
/** @param {any} value */
const isWhole = (value) => Number.isInteger(value) && value >= 0;
/** @param {any} value */
const isAnswer = (value) => isObject(value) && isWhole(value.sent) && value.sent > 0 && isWhole(value.step) && ["predict", "observe"].includes(value.asked) && typeof value.text === "string" && value.text.length <= LONGEST_ANSWER;
/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
