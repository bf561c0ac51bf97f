// Where a page keeps the rooms it knows: in the browser for all its tabs, or for this tab alone. Whatever is forbidden, nothing breaks.
import { newRoom, roomsOf, textOf, withoutRoom, withRoom } from "./known_rooms.js";

const KEY = "keras-playground.rooms";
const ROLE = "keras-playground.room_role";
export const UNKEPT = "This browser does not let the page keep your seat: it lasts as long as this page.";

export class RoomsStorage {
  /** What is known where nothing is kept. @type {import("./known_rooms.js").KnownRooms | null} */
  unkept = null;

  /** @param {boolean} ofTab a guest's seat is no one else's */
  constructor(ofTab) {
    this.ofTab = ofTab;
  }

  get storage() {
    return this.ofTab ? sessionStorage : localStorage;
  }

  /** Whether the browser keeps what is noted here. */
  get isKept() {
    return this.unkept === null;
  }

  read() {
    if (this.unkept) return this.unkept;
    try {
      return roomsOf(this.storage.getItem(KEY));
    } catch {
      return {};
    }
  }

  /** @param {string} code @returns {import("./known_rooms.js").KnownRoom} */
  room(code) {
    return this.read()[code] ?? newRoom();
  }

  /** @param {string} code @param {Partial<import("./known_rooms.js").KnownRoom>} change */
  note(code, change) {
    this.write(withRoom(this.read(), code, (room) => ({ ...room, ...change }), Date.now()));
  }

  /** @param {string} code */
  forget(code) {
    this.write(withoutRoom(this.read(), code));
  }

  /** @param {import("./known_rooms.js").KnownRooms} rooms */
  write(rooms) {
    try {
      this.storage.setItem(KEY, textOf(rooms));
      this.unkept = null;
    } catch {
      this.unkept = rooms;
    }
  }
}

/** As who this tab is in a room, if that was said. @param {string} code */
export function roleOfTab(code) {
  try {
    return sessionStorage.getItem(`${ROLE} ${code}`) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} code @param {string} role empty: none */
export function noteRoleOfTab(code, role) {
  try {
    if (role) sessionStorage.setItem(`${ROLE} ${code}`, role);
    else sessionStorage.removeItem(`${ROLE} ${code}`);
  } catch (error) {
    console.debug(error); // then a reload takes the role that the keys give
  }
}
