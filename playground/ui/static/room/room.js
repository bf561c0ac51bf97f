// A room in a page: who this is there, the connection to it, and the part of the page that this role has.
import { Announcer } from "./announcer.js";
import { Door } from "./door.js";
import { givenLinks } from "./given_links.js";
import { codeIn, heldRooms, keyIn, newToken, roleIn } from "./known_rooms.js";
import { LearnersPart } from "./learner/learners_part.js";
import { Lobby } from "./lobby.js";
import { noteRoleOfTab, roleOfTab, RoomsStorage, UNKEPT } from "./rooms_storage.js";
import { RoomSocket } from "./socket.js";
import { h, setHidden } from "../web/dom.js";
import { markTheme } from "../web/theme.js";
import { addressOf } from "../web/way.js";

const PARTS = { teacher: { file: "teacher/dashboard.js", name: "Dashboard" }, projector: { file: "projector/projector.js", name: "Projector" } };
const NO_PART = "This part of the page could not be loaded. Reload the page to try again.";
const LOST_OPENING = "The connection was lost while the room was opened. Try again.";
const LOST = "Connection lost. Reconnecting…";
const REFUSED = "The server refused this page’s connection. Try again in a minute.";
const TRIES_AGAIN = "This page tries again by itself.";
const TRIES_AGAIN_AFTER = 30_000; // ms
const BY_ITSELF = ["run", "step", "draw_link"]; // what a page says without a press
const TO_BE_HEARD = ["hand_in", "join"]; // said again once there is a connection

/**
 * @typedef {object} RoomData  what Python says
 * @property {string} code     that the address names
 * @property {boolean} guest
 * @property {string} socket   address relative to the page
 * @property {string} lessons  that a teacher can send, as JSON
 * @property {string} role     as what Python knows this session
 * @property {number} sent     number of what was sent, as Python shows it
 * @property {boolean} own     the learner's own is shown
 * @property {number | null} openTo
 * @property {number} step
 * @property {string} token    of the run that is shown
 * @property {string} link
 *
 * @typedef {import("../web/mounting.js").Component<RoomData>} Component
 * @typedef {import("../web/decode.js").Message} Message
 * @typedef {import("./messages.js").Said} Said
 * @typedef {import("./messages.js").RoomView} RoomView
 * @typedef {import("./known_rooms.js").Role} Role
 *
 * The part of a page that a role has. It `showsRefusal` where what it has heard last stands where the press was.
 * @typedef {{room: (view: RoomView) => void, heard: (message: Message) => void, showsRefusal?: boolean, update?: (data: RoomData) => void, reconnected?: () => void, focus?: () => void, lost?: (lost: boolean) => void, destroy: () => void}} Part
 */

export class Room {
  /** @type {"door" | "entering" | "opening" | "lobby" | "waiting" | "in"} */
  phase = "door";
  code = "";
  /** @type {Role} */
  role = "learner";
  secret = "";
  plan = "";
  hasAskedToOpen = false;
  /** @type {RoomSocket | null} */
  socket = null;
  /** @type {Part | null} */
  part = null;
  /** @type {Promise<void> | null} */
  loading = null;
  /** @type {RoomView | null} */
  view = null;
  /** @type {Said[]} */
  unheard = [];
  announcer = new Announcer();
  door = new Door({ join: (code) => this.enter(code), open: (plan) => this.open(plan) });
  lobby = new Lobby({ join: (name) => this.join(name), spin: () => this.say({ type: "spin" }), leave: () => this.leave() });
  partsConnection = 0; // by which the part has heard of the room last
  connections = 0; // another one knows nothing of what was told before
  asksToEnter = false; // what is answered next is whether this page may
  /** What the notice is about: a press that was refused, or that and one since then; empty where it is about no press. @type {"" | "refused" | "tried"} */
  press = "";
  /** Why the server, which knew this page, does not let it in now; empty as a rule. */
  whyOutside = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  againTimer = undefined;

  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.guest = component.data.guest || new URLSearchParams(location.search).get("as") === "guest";
    this.storage = new RoomsStorage(this.guest);
    this.build();
    this.onHash = () => this.takeLink();
    window.addEventListener("hashchange", this.onHash);
    if (!this.takeLink()) this.show("door");
  }

  build() {
    this.waitingText = h("h2", { tabindex: -1 });
    this.waiting = h("div", { class: "kp-room-card" }, this.waitingText, h("p", {}, "Keep this page open: it goes on by itself."),
      h("div", { class: "kp-room-row" }, h("button", { type: "button", class: "kp-button", onclick: () => this.leave() }, "Leave this room")));
    this.entering = h("p", { class: "kp-room-entering", role: "status" });
    this.noticeText = h("span");
    this.notice = h("div", { class: "kp-room-notice", hidden: true, data: { testid: "room-notice" } }, this.noticeText,
      h("button", { type: "button", class: "kp-button kp-small-button", onclick: () => this.notify("") }, "Dismiss"));
    this.alert = h("div", { role: "alert" }, this.notice);
    this.place = h("div", { class: "kp-room-place" });
    this.partRoot = h("div", { class: "kp-room-part" });
    this.lostText = h("p", { class: "kp-room-lost", role: "status" });
    this.foot = h("div", { class: "kp-room-foot", hidden: true },
      h("button", { type: "button", class: "kp-button kp-small-button", onclick: () => this.leave() }, "Leave this room"));
    this.root = h("section", { class: "kp-stage kp-room", "aria-label": "Class", data: { testid: "room", code: "", role: "", learners: "0", state: "" } },
      this.alert, this.lostText, this.place, this.partRoot, this.foot, this.announcer.node);
    this.component.parentElement.append(this.root);
    markTheme(this.root);
  }

  /** @param {Component} component the same component with newer data */
  update(component) {
    this.component = component;
    if (!this.root.isConnected) component.parentElement.append(this.root);
    const { theme } = this.root.dataset;
    markTheme(this.root);
    const { code, role } = component.data;
    if (code && code !== this.code && this.phase === "door" && code !== this.left) this.enter(code);
    if (this.phase === "in" && role !== this.role) this.tellPlace();
    if (this.root.dataset.theme !== theme && this.view) this.part?.room(this.view); // it looks for its colours itself
    this.part?.update?.(component.data);
  }

  // ---------------------------------------------------------------- the way in

  /** A link was followed: what stands behind its "#" is taken out of the address at once. @returns {boolean} whether it leads into a room */
  takeLink() {
    const given = keyIn(location.hash);
    const code = codeIn(new URLSearchParams(location.search).get("room") ?? this.component.data.code ?? "");
    if (given) history.replaceState(history.state, "", location.pathname + location.search);
    if (!/^[A-Z]{6}$/.test(code)) return false;
    if (given) {
      this.storage.note(code, { [given.role]: given.key });
      noteRoleOfTab(code, given.role);
    } else if (code === this.code) return true;
    this.enter(code);
    return true;
  }

  left = ""; // the room that this page has left

  /** @param {string} code */
  enter(code) {
    const known = this.storage.room(code);
    this.left = "";
    this.code = code;
    this.view = null;
    this.role = this.guest ? "learner" : roleIn(known, roleOfTab(code));
    if (this.role === "learner") this.secret = known.token || newToken();
    else this.secret = known[this.role];
    if (this.role === "learner" && !known.token) this.storage.note(code, { token: this.secret });
    this.show("entering", `Looking for room ${code}…`);
    this.connect();
  }

  /** @param {string} plan */
  open(plan) {
    this.plan = plan;
    this.hasAskedToOpen = false;
    this.show("opening", "The room is being opened…");
    this.connect();
  }

  connect() {
    this.socket?.close();
    this.socket = new RoomSocket(addressOf(this.component.data.socket), {
      greeting: () => this.greeting(),
      onMessage: (message) => this.receive(message),
      onLost: (lost) => this.lost(lost),
      onRefused: () => this.goOut(REFUSED),
    });
  }

  /** @returns {Said} */
  greeting() {
    this.connections += 1;
    this.asksToEnter = true;
    clearTimeout(this.againTimer);
    if (this.phase !== "opening") return { type: "enter", code: this.code, role: this.role, secret: this.secret, guest: this.guest, key: this.guestsKey };
    if (this.hasAskedToOpen) {
      setTimeout(() => this.phase === "opening" && this.goOut(LOST_OPENING)); // a second one would be another room
      return { type: "here" };
    }
    this.hasAskedToOpen = true;
    return { type: "open", plan: this.plan };
  }

  /** That a guest teaches here is shown by the key that the browser has kept for all its tabs. */
  get guestsKey() {
    return this.guest ? new RoomsStorage(false).room(this.code).teacher : "";
  }

  /** @param {string} name */
  join(name) {
    this.lobby.say("");
    this.say({ type: "join", name });
  }

  // ---------------------------------------------------------------- what is heard

  /** @param {Message} message */
  receive(message) {
    const header = /** @type {any} */ (message.header);
    if (["opened", "lobby", "room"].includes(header.type)) this.isInside();
    switch (header.type) {
      case "opened": return this.opened(header);
      case "lobby": return this.showLobby(header);
      case "room": return this.showRoom(header);
      case "gone": return this.gone(header);
      case "not_done": return this.refused(header.message, message);
      case "new_key": return this.keepNewKey(header, message);
      default: this.hear(message);
    }
  }

  /** What comes while its part of the page is loaded is heard afterwards. @param {Message} message */
  hear(message) {
    if (this.part) this.part.heard(message);
    else this.loading?.then(() => this.part?.heard(message));
  }

  /** @param {import("./messages.js").Opened} opened */
  opened({ code, key, projector }) {
    this.code = code;
    this.role = "teacher";
    this.secret = key;
    this.storage.note(code, { teacher: key, projector });
    noteRoleOfTab(code, "teacher");
    this.show("entering", "");
    const links = givenLinks(this.links, () => this.closeLinks());
    this.place.replaceChildren(links);
    links.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** The projector's link is known to this browser from here on; a co-teacher's is for another one. @param {import("./messages.js").NewKeyMade} made @param {Message} message */
  keepNewKey({ role, key }, message) {
    if (role === "projector") this.storage.note(this.code, { projector: key });
    this.hear(message);
  }

  closeLinks() {
    this.place.replaceChildren();
    const first = /** @type {HTMLElement | null} */ (this.partRoot.querySelector("button, input, select, a"));
    first?.focus({ preventScroll: true });
  }

  /** @param {import("./messages.js").Lobby} lobby */
  showLobby(lobby) {
    this.dropPart();
    this.forgetAnswers();
    this.noteSeat(false);
    this.lobby.show(lobby, this.guest, this.storage.isKept ? "" : UNKEPT);
    this.show("lobby");
    this.sayUnheard();
  }

  /** @param {RoomView} view */
  showRoom(view) {
    const isNew = this.view === null || this.phase !== "in";
    const hadFocus = isNew && this.place.contains(document.activeElement);
    this.view = view;
    if (this.press === "tried") this.notify(""); // what was pressed since then is done
    this.role = view.role;
    if (view.you) this.noteSeat(view.state !== "closed");
    Object.assign(this.root.dataset, { code: view.code, role: view.role, learners: String(view.learners), state: view.state });
    if (view.you && !view.you.admitted) return this.showWaiting(view.you.name);
    if (isNew) this.show("in");
    this.partFor(view.role).then(() => this.hand(hadFocus));
    if (isNew && this.role !== "learner") this.tellPlace();
    this.sayUnheard();
  }

  /** The part has loaded. @param {boolean} hadFocus what was there before had the keyboard */
  hand(hadFocus) {
    if (!this.part || !this.view) return;
    this.part.room(this.view);
    if (this.connections !== this.partsConnection) this.part.reconnected?.();
    this.partsConnection = this.connections;
    if (hadFocus) this.part.focus?.();
  }

  /** @param {string} name */
  showWaiting(name) {
    this.waitingText.textContent = `${name}, you are waiting to be let in.`;
    this.show("waiting");
  }

  /** @param {import("./messages.js").Gone} gone */
  gone({ message, removed }) {
    // A key that opens nothing any more must not keep this browser from joining as a learner.
    if (!removed && this.role !== "learner") this.storage.note(this.code, { [this.role]: "" });
    if (this.role === "learner") this.noteSeat(false);
    if (removed) this.forgetAnswers();
    noteRoleOfTab(this.code, "");
    this.goOut(message);
  }

  /** Whether the token has a seat in an open room. @param {boolean} seated */
  noteSeat(seated) {
    if (this.storage.room(this.code).seated !== seated) this.storage.note(this.code, { seated });
  }

  /** They were another seat's: in this one all is asked anew. */
  forgetAnswers() {
    if (this.storage.room(this.code).unheard.length) this.storage.note(this.code, { unheard: [] });
  }

  /** @param {string} sentence @param {Message} message */
  refused(sentence, message) {
    if (this.phase === "entering" || this.phase === "opening") return this.goOut(sentence);
    if (this.asksToEnter || this.whyOutside) return this.enterLater(sentence);
    if (this.phase === "lobby") {
      this.lobby.say(sentence);
      return;
    }
    this.part?.heard(message);
    if (this.part?.showsRefusal) return;
    this.notify(sentence);
    this.press = "refused";
  }

  /** Who was in before is let in again later. @param {string} sentence */
  enterLater(sentence) {
    if (!this.asksToEnter) return; // of what was said meanwhile the server says only that this page is not in
    this.asksToEnter = false;
    this.whyOutside = sentence;
    this.notify(`${sentence} ${TRIES_AGAIN}`);
    this.againTimer = setTimeout(() => this.socket?.connected && this.socket.send(this.greeting()), TRIES_AGAIN_AFTER);
  }

  isInside() {
    this.asksToEnter = false;
    if (this.whyOutside) this.notify("");
    this.whyOutside = "";
  }

  /** @param {boolean} lost */
  lost(lost) {
    const text = lost && this.phase === "in" && this.role !== "learner" ? LOST : ""; // a learner's bar says it itself
    if (this.lostText.textContent !== text) this.lostText.textContent = text;
    if (this.phase === "entering" && lost) this.entering.textContent = "The server does not answer. Trying again…";
    if (this.phase === "opening" && lost) this.entering.textContent = "The server does not answer. Trying again…";
    this.root.toggleAttribute("data-lost", lost);
    this.part?.lost?.(lost);
  }

  // ---------------------------------------------------------------- what is said

  /** @param {Said} message */
  say(message) {
    if (this.press === "refused" && !BY_ITSELF.includes(message.type)) this.press = "tried";
    if (!this.whyOutside && this.socket?.send(message)) return;
    if (TO_BE_HEARD.includes(message.type)) this.unheard.push(message);
  }

  sayUnheard() {
    for (const message of this.unheard.splice(0)) this.say(message);
  }

  /** Tell Python who this is, for it to show what belongs here. */
  tellPlace(more = {}) {
    this.component.setStateValue("place", { code: this.code, role: this.role, secret: this.secret, ...more });
    clearTimeout(this.tellTimer);
    // What is asked while Streamlit reconnects is lost.
    if (this.role !== "learner") this.tellTimer = setTimeout(() => this.phase === "in" && this.component.data.role !== this.role && this.tellPlace(), 2000);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  tellTimer = undefined;

  get links() {
    const join = `${location.origin}${location.pathname}?room=${this.code}`;
    const { teacher, projector } = this.storage.room(this.code);
    return { join, teacher: teacher && `${join}#key=${teacher}`, projector: projector && `${join}#projector=${projector}` };
  }

  // ---------------------------------------------------------------- what is shown

  /** @param {Room["phase"]} phase @param {string} [words] */
  show(phase, words = "") {
    const moved = phase !== this.phase || !this.place.childElementCount;
    const hadFocus = this.place.contains(document.activeElement);
    this.phase = phase;
    this.entering.textContent = words;
    if (phase !== "lobby") this.lobby.say("");
    if (phase === "door") this.showDoor();
    const node = { door: this.door.node, entering: this.entering, opening: this.entering, lobby: this.lobby.node, waiting: this.waiting, in: null }[phase];
    const links = this.place.querySelector("[data-testid=room-links]");
    if (phase === "in" ? !links : moved) this.place.replaceChildren(...(node ? [node] : []));
    setHidden(this.foot, phase !== "in" || this.role === "learner");
    if (!["in", "waiting"].includes(phase)) Object.assign(this.root.dataset, { code: this.code, role: "", learners: "0", state: "" });
    if (moved && hadFocus) (phase === "lobby" ? this.lobby : phase === "door" ? this.door : { focus: () => this.waitingText.focus() }).focus();
  }

  showDoor() {
    this.door.show({ code: "", sentence: "", busy: false });
    this.door.showHeld(heldRooms(new RoomsStorage(false).read()));
  }

  /** The page is at the door again, and says why. @param {string} sentence */
  goOut(sentence) {
    const { code } = this;
    this.stop();
    this.show("door");
    this.door.show({ code, sentence, busy: false });
    if (this.component.data.role) this.tellNothing(code);
  }

  /** Of this room, or of none, Python shows nothing any more. @param {string} code */
  tellNothing(code) {
    this.component.setStateValue("place", { code, role: "learner", secret: "" });
  }

  /** This room is left; the seat stays, for who comes back. @param {string} [sentence] */
  leave(sentence = "") {
    const { code } = this;
    noteRoleOfTab(code, "");
    this.stop();
    this.left = code;
    this.code = "";
    this.show("door");
    this.door.code.value = "";
    this.door.show({ code: "", sentence, busy: false });
    this.tellNothing("");
    this.door.focus();
  }

  stop() {
    this.socket?.close();
    this.socket = null;
    this.unheard = [];
    this.view = null;
    this.dropPart();
    this.notify("");
    clearTimeout(this.tellTimer);
    clearTimeout(this.againTimer);
    this.whyOutside = "";
    this.root.removeAttribute("data-lost");
  }

  /** @param {string} sentence */
  notify(sentence) {
    this.press = "";
    if (this.noticeText.textContent !== sentence) this.noticeText.textContent = sentence;
    setHidden(this.notice, !sentence);
  }

  /** The part of the page for a role, loaded only where it is needed. @param {Role} role */
  partFor(role) {
    if (this.part && this.partRole === role) return Promise.resolve();
    if (this.loading && this.partRole === role) return this.loading;
    this.dropPart();
    this.partRole = role;
    this.loading = this.load(role).catch((error) => {
      console.error(error);
      this.notify(NO_PART);
    });
    return this.loading;
  }

  /** @type {Role | ""} */
  partRole = "";

  /** @param {Role} role */
  async load(role) {
    if (role === "learner") {
      this.part = new LearnersPart(this.partRoot, this);
      this.part.update?.(this.component.data);
      return;
    }
    const { file, name } = PARTS[role];
    const module = await import(new URL(file, import.meta.url).href);
    if (this.partRole !== role) return;
    this.part = new module[name](this.root, { code: this.code, say: (/** @type {Said} */ message) => this.say(message), links: this.links, lessons: JSON.parse(this.component.data.lessons || "[]") });
    this.partsConnection = this.connections; // it asks for what it wants itself
    // Whatever it has made of the root, what the page says about the room stays in it.
    if (!this.alert.isConnected) this.root.prepend(this.alert, this.lostText, this.place);
    this.root.append(this.foot, this.announcer.node);
  }

  dropPart() {
    this.part?.destroy();
    this.part = null;
    this.partRole = "";
    this.loading = null;
  }

  destroy() {
    this.stop();
    window.removeEventListener("hashchange", this.onHash);
    this.root.remove();
  }
}
