// The teacher's dashboard: everyone's network at once, and everything that steers the class.
import { h, setHidden } from "../../web/dom.js";
import { NextPicture } from "../../web/next_picture.js";
import { markTheme } from "../../web/theme.js";
import { loadStyle } from "../../web/late_style.js";
import { Answers } from "./answers.js";
import { Challenges } from "./challenges.js";
import { Head } from "./head.js";
import { JoiningDialog } from "./joining_dialog.js";
import { LinkDialog } from "./links_dialog.js";
import { Projecting } from "./projecting.js";
import { ResultsDialog } from "./results_dialog.js";
import { QrCode } from "../seats/qr_code.js";
import { Refusal, Saying } from "./saying.js";
import { SeatWall } from "./seat_wall.js";
import { sentTo } from "./seat_words.js";
import { SendDialog } from "./send_dialog.js";
import { SentLine } from "./sent_line.js";
import { Shoulder } from "./shoulder.js";
import { SidePanel } from "./side_panel.js";
import { Teller } from "./teller.js";
import { Tools } from "./tools.js";

const BELOW = 12; // px that the window keeps free below it
const LEAST = 430; // px of its height

/** @typedef {import("../../web/decode.js").Message} Message */
/** @typedef {import("../messages.js").RoomView} RoomView */
/**
 * @typedef {object} Shell
 * @property {string} code
 * @property {(message: import("../messages.js").Said) => void} say
 * @property {{join: string, teacher: string, projector: string}} links  "" where they are not known
 * @property {import("./sources.js").LessonOffer[]} [lessons]  of ours, that can be sent
 */

export class Dashboard {
  /** @type {RoomView | null} */
  view = null;
  /** @type {SeatWall} */
  wall;
  /** @type {Head} */
  head;
  /** @type {SentLine} */
  sent;
  /** @type {Tools} */
  tools;
  /** @type {SidePanel} */
  side;
  /** @type {Shoulder} */
  shoulder;
  /** @type {Answers} */
  answers;
  /** @type {Challenges} */
  challenges;
  /** @type {Projecting} */
  projecting;
  /** @type {SendDialog} */
  sending;
  /** @type {JoiningDialog} */
  joining;
  /** @type {ResultsDialog} */
  results;
  /** @type {QrCode} */
  joinCode;
  /** @type {LinkDialog} */
  joinLink;
  /** @type {LinkDialog} */
  teacherLink;
  /** @type {LinkDialog} */
  coTeacherLink;
  /** @type {LinkDialog} */
  projectorLink;
  /** @type {Teller} */
  teller;
  /** @type {HTMLElement} */
  unsaved;

  /** @param {HTMLElement} root @param {Shell} shell */
  constructor(root, { code, say, links, lessons = [] }) {
    this.root = root;
    this.links = links;
    this.saying = new Saying(say);
    this.fitting = new NextPicture(() => this.fit());
    this.refusal = new Refusal();
    this.node = h("div", { class: "kp-stage kp-teacher", data: { testid: "dashboard" } });
    root.append(this.node);
    markTheme(this.node);
    this.build(code, lessons);
    this.node.style.visibility = "hidden"; // until its rules are there
    loadStyle(new URL("./teacher.css", import.meta.url).href).catch(() => {}).then(() => {
      this.node.style.visibility = "";
      this.fit();
    });
    this.onResize = () => this.fitting.request();
    window.addEventListener("resize", this.onResize);
    this.boxes = new ResizeObserver(this.onResize); // what stands above and below it comes and goes
    this.boxes.observe(root);
    this.fit();
  }

  /** @param {string} code @param {import("./sources.js").LessonOffer[]} lessons */
  build(code, lessons) {
    const { saying, links } = this;
    const back = () => this.opener?.focus();
    this.wall = new SeatWall(this.node, { open: (seat) => this.lookAt(seat), admit: (seat) => this.say({ type: "admit", seat }), selected: () => this.showChosen() });
    this.head = new Head(code, links, saying, {
      code: () => this.show(() => this.joinLink.open(links.join)), joining: () => this.show(() => this.joining.open()), teacher: () => this.show(() => this.teacherLink.open(links.teacher)),
      coTeacher: () => this.say({ type: "new_key", role: "teacher" }), results: () => this.show(() => this.results.open()),
    });
    this.sent = new SentLine(saying, {
      send: (these) => this.show(() => this.send(these)), answers: () => this.beside("Answers", this.answers.node), challenges: () => this.beside("Challenges", this.challenges.node),
      project: () => this.beside("On the projector", this.projecting.node),
    });
    this.tools = new Tools({
      want: (wanted) => this.wall.want(wanted), choosing: (on) => {
        this.wall.choosing = on;
        if (!on) this.wall.clear();
      }, clear: () => this.wall.clear(), admitAll: () => this.say({ type: "admit", seat: null }),
    });
    this.side = new SidePanel();
    this.shoulder = new Shoulder(saying, this.node, (pins) => saying.say({ type: "project", pins }, this.shoulder.refusal));
    this.answers = new Answers();
    this.challenges = new Challenges(saying);
    this.projecting = new Projecting(saying, links.projector);
    this.sending = new SendDialog(saying, lessons, () => [...this.wall.chosen].sort((a, b) => a - b), () => {
      this.sent.giveWay(false);
      if (this.opener?.hidden) this.sent.toAll.focus(); // nobody is selected any more
      else back();
    });
    this.joining = new JoiningDialog(saying, back);
    this.results = new ResultsDialog(saying, code, back);
    this.joinCode = new QrCode((message) => this.saying.plainly(message));
    this.joinLink = new LinkDialog("join-link", "Join this room", `Learners open this link, or the page Class, and type ${code}.`, back, this.joinCode);
    this.teacherLink = new LinkDialog("teacher-link", "Your teacher's link", "Whoever has this link teaches in this room. Keep it to yourself.", back);
    this.coTeacherLink = new LinkDialog("co-teacher-link", "A link for a co-teacher", "It is shown this once: only what it must match is kept. Whoever has it teaches in this room.", back);
    this.projectorLink = new LinkDialog("projector-link", "A link for the projector", "Open it on the screen that the class sees: nothing private is in it. This browser keeps it; links that were made before go on.", back);
    this.teller = new Teller();
    this.unsaved = h("p", { class: "kp-unsaved", role: "status", hidden: true, data: { testid: "unsaved" } });
    this.node.append(this.head.node, this.unsaved, this.sent.node, this.refusal.node,
      h("div", { class: "kp-room-body" }, h("div", { class: "kp-room-wall" }, this.tools.node, this.wall.node), this.side.node), this.teller.node,
      ...[this.sending, this.joining, this.results, this.joinLink, this.teacherLink, this.coTeacherLink, this.projectorLink].map(({ node }) => node));
  }

  // ---------------------------------------------------------------- what the server says

  /** @param {RoomView} view */
  room(view) {
    this.view = view;
    if (markedAnew(this.node) && this.wall.retheme()) this.shoulder.retheme();
    this.head.show(view);
    this.sent.show(view, this.nameOf);
    this.sending.history = view.history ?? [];
    if (this.sending.sent(view.sent?.number ?? 0)) this.wall.clear();
    this.wall.room(view);
    this.tools.showWaiting((view.seats ?? []).filter(({ state }) => state === "waiting").length);
    this.joining.show(view);
    this.answers.show(view.bars ?? [], view.history ?? []);
    this.challenges.show(view.contests, view.state === "closed");
    if (view.projected) this.projecting.show(view.projected, this.nameOf);
    this.showUnsaved(view.unsaved);
    this.showShoulder(view);
    this.teller.tell(view);
  }

  /** @param {string} sentence */
  showUnsaved(sentence) {
    setHidden(this.unsaved, !sentence);
    if (this.unsaved.textContent !== sentence) this.unsaved.textContent = sentence;
  }

  /** @param {Message} message */
  heard(message) {
    const { header } = message;
    switch (header.type) {
      case "tiles":
        this.wall.show(/** @type {any} */ (message));
        this.showShoulderFacts();
        break;
      case "results":
        return this.results.show(/** @type {any} */ (header));
      case "new_key":
        return this.showNewKey(/** @type {any} */ (header));
      case "link_drawn":
        return this.joinCode.heard(/** @type {any} */ (header));
      case "not_done":
        return this.saying.refused(header.message);
      default:
        this.shoulder.heard(message);
    }
  }

  get showsRefusal() {
    return this.saying.showsRefusal;
  }

  /** The connection is another one: what the server forgot with the last is asked for again. */
  reconnected() {
    if (this.shoulder.seat) this.saying.plainly({ type: "look_at", seat: this.shoulder.seat });
  }

  // ---------------------------------------------------------------- what the teacher does

  /** @param {import("../messages.js").Said} message */
  say(message) {
    this.saying.say(message, this.refusal);
  }

  /** @param {number} seat */
  nameOf = (seat) => this.view?.seats?.find((each) => each.seat === seat)?.name ?? `seat ${seat}`;

  /** Open a dialog; the keyboard comes back to where it was. @param {() => void} open */
  show(open) {
    this.opener = /** @type {HTMLElement | null} */ (document.activeElement);
    open();
  }

  /** @param {boolean} these */
  send(these) {
    this.sent.giveWay(true);
    this.sending.openFor(these);
  }

  /** @param {string} title @param {HTMLElement} content */
  beside(title, content) {
    const opener = /** @type {HTMLElement | null} */ (document.activeElement);
    if (this.side.shows(content)) return this.side.close();
    this.side.open(title, content, () => opener?.focus());
  }

  /** Over the shoulder of a learner. @param {number} seat */
  lookAt(seat) {
    const { view, side, shoulder } = this;
    if (!view || shoulder.seat === seat) return;
    side.open(this.nameOf(seat), shoulder.node, () => this.lookedAway(seat));
    shoulder.look(seat);
    this.showShoulder(view);
    this.showShoulderFacts();
    this.node.dataset.looking = String(seat);
    this.saying.say({ type: "look_at", seat }, shoulder.refusal);
    this.wall.tiles.get(seat)?.cell.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} seat */
  lookedAway(seat) {
    this.shoulder.look(0);
    delete this.node.dataset.looking;
    this.saying.plainly({ type: "look_at", seat: null });
    this.wall.focus(seat);
  }

  /** @param {RoomView} view */
  showShoulder({ seats = [], history = [], projected }) {
    const { shoulder, side } = this;
    if (!shoulder.seat) return;
    const seat = seats.find((each) => each.seat === shoulder.seat);
    if (!seat) return side.close(); // they were removed, or have left
    side.title.write(seat.name);
    shoulder.show(seat, sentTo(history, seat.seat), projected?.pins ?? []);
  }

  showShoulderFacts() {
    const facts = this.wall.facts.get(this.shoulder.seat);
    if (facts && facts !== this.shoulder.facts) this.shoulder.showFacts(facts);
  }

  showChosen() {
    const { size } = this.wall.chosen;
    this.sent.showChosen(size);
    this.tools.showChosen(size);
  }

  /** @param {import("../messages.js").NewKeyMade} made */
  showNewKey({ role, key }) {
    if (role === "teacher") return this.show(() => this.coTeacherLink.open(this.linkWith("key", key)));
    const link = this.linkWith("projector", key);
    this.projecting.know(link);
    this.show(() => this.projectorLink.open(link));
  }

  /** The room's link with a key behind its #. @param {"key" | "projector"} name @param {string} key */
  linkWith(name, key) {
    const link = new URL(this.links.join, document.baseURI);
    link.hash = `${name}=${key}`;
    return link.href;
  }

  /** As high as the window allows. */
  fit() {
    const scrolled = this.root.closest("[data-testid=stMain]")?.scrollTop ?? window.scrollY;
    const { top, bottom } = this.node.getBoundingClientRect();
    const below = Math.max(0, this.root.getBoundingClientRect().bottom - bottom) + BELOW;
    const height = `${Math.max(LEAST, Math.floor(window.innerHeight - top - scrolled - below))}px`;
    if (this.node.style.height !== height) this.node.style.height = height;
  }

  destroy() {
    window.removeEventListener("resize", this.onResize);
    this.boxes.disconnect();
    this.fitting.cancel();
    this.head.destroy();
    this.wall.destroy();
    this.shoulder.destroy();
    this.node.remove();
  }
}

/** Whether the page has become light or dark. @param {HTMLElement} node */
function markedAnew(node) {
  const before = node.dataset.theme;
  markTheme(node);
  return before !== node.dataset.theme;
}
