// What is to be sent, to whom, which knobs are free, and a question before it.
import { checkbox, Choice, Segments } from "../../web/controls.js";
import { stageDialog } from "../../web/dialog.js";
import { h, setHidden } from "../../web/dom.js";
import { readLessonFiles } from "../../web/lesson_files_storage.js";
import { counted } from "../../web/format.js";
import { readLastShown } from "../../web/last_shown.js";
import { readShelf } from "../../web/shelf_storage.js";
import { KNOBS } from "../../stage/sharing/knobs.js";
import { button, field, group } from "./controls.js";
import { knobGroups } from "./knob_groups.js";
import { Refusal } from "./saying.js";
import { choicesOf, lessonLink, linkOf, LONGEST_LESSON, onTheShelf, openedFiles, shownLast } from "./sources.js";

/** @typedef {"link" | "browser" | "lesson" | "file" | "room"} Source */
/** @type {[Source, string][]} */
const SOURCES = [["link", "A link"], ["browser", "From this browser"], ["lesson", "A lesson"], ["file", "A lesson file"], ["room", "Of this room"]];
/** @type {[string, string][]} */
const FREEDOMS = [["all", "All"], ["none", "None"], ["chosen", "Chosen"]];
const MOST_CHOICES = 8;

export class SendDialog {
  source = /** @type {Source} */ ("link");
  freedom = "all";
  /** @type {import("./sources.js").Offer[]} */
  offers = [];
  /** @type {import("../messages.js").SentView[]} what was sent, or lies ready by the plan */
  history = [];
  file = "";
  number = 0; // of what was sent last, to see that it has gone
  sending = false;
  toSelected = false; // what is being sent

  /** @param {import("./saying.js").Saying} saying @param {import("./sources.js").LessonOffer[]} lessons @param {() => number[]} chosen seats @param {() => void} closed */
  constructor(saying, lessons, chosen, closed) {
    this.saying = saying;
    this.chosen = chosen;
    this.refusal = new Refusal();
    this.sources = new Segments("What is sent", (source) => this.take(/** @type {Source} */ (source)));
    this.link = h("input", { class: "kp-input", spellcheck: "false", placeholder: "https://…/?dataset=spiral, or ?dataset=spiral" });
    this.browser = new Choice("Shown last, or kept on the shelf", () => this.write());
    this.lesson = new Choice("Lesson", () => this.write());
    this.lesson.show(lessons.map(({ name, title, steps }) => [name, steps ? `${title} (${counted(steps, "step")})` : title]), lessons[0]?.name ?? "");
    this.lessons = lessons;
    this.opened = h("input", { type: "file", class: "kp-file", accept: ".md,text/markdown,text/plain", onchange: () => this.open() });
    this.again = new Choice("Sent before, or of the plan", () => this.write());
    this.none = h("p", { class: "kp-field-hint" });
    this.panes = {
      link: field("Link of Play, Explore or Learn", this.link), browser: field("Shown last, or kept on the shelf", this.browser.node),
      lesson: field("Lesson", this.lesson.node), file: field("Lesson file (Markdown)", this.opened),
      room: field("Sent before, or of the plan", this.again.node),
    };
    this.freedoms = new Segments("Knobs that learners may turn", (freedom) => this.setFree(freedom));
    this.knobs = KNOBS.map(({ name, text }) => ({ name, node: checkbox(text, () => {}) }));
    this.knobList = h("div", { class: "kp-knobs", tabindex: -1, hidden: true }, ...knobGroups(KNOBS).map(([title, knobs]) => this.knobsOf(title, knobs)));
    this.question = h("input", { class: "kp-input", dir: "auto", maxlength: 2000 });
    this.choices = h("textarea", { class: "kp-input", dir: "auto", rows: 3, placeholder: "One answer a line" });
    this.toAll = button("Send to all", () => this.send(null), { class: "kp-primary" });
    this.toThese = button("", () => this.send(this.chosen()));
    this.knobGroup = group("Knobs that learners may turn", this.freedoms.node, this.knobList);
    this.questionGroup = group("Ask before it is tried (optional)", field("Question", this.question), field("Answers", this.choices, "Learners answer before Play, and once more after."));
    this.node = stageDialog("send", "Send", [
      group("What", this.sources.node, ...Object.values(this.panes), this.none), this.knobGroup, this.questionGroup, this.refusal.node,
      h("div", { class: "kp-taking-items" }, this.toAll, this.toThese),
    ], closed);
  }

  /** @param {string} title @param {import("./knob_groups.js").Knob[]} knobs */
  knobsOf(title, knobs) {
    const nodes = this.knobs.filter(({ name }) => knobs.some((knob) => knob.name === name)).map(({ node }) => node);
    return h("div", { class: "kp-knob-group", role: "group", "aria-label": title }, h("h4", {}, title), ...nodes);
  }

  /** @param {boolean} these whether it begins with those who are chosen */
  openFor(these) {
    this.offers = [...shownLast(readLastShown()), ...onTheShelf(readShelf().runs), ...openedFiles(readLessonFiles())];
    const before = this.browser.node.value;
    this.browser.show(this.offers.map(({ text }, i) => [String(i), text]), before && Number(before) < this.offers.length ? before : "0");
    this.showHistory();
    this.write();
    this.refusal.clear();
    const count = this.chosen().length;
    setHidden(this.toThese, !count);
    this.toThese.textContent = `Send to these (${count})`;
    this.toThese.classList.toggle("kp-primary", these);
    this.toAll.classList.toggle("kp-primary", !these);
    this.sending = false;
    this.node.showModal();
    this.sources.node.querySelector("[aria-pressed=true]")?.focus();
  }

  /** What is next of a plan comes first. */
  showHistory() {
    const items = this.history.map((sent) => /** @type {[string, string]} */ ([String(sent.number), `${sent.title}${isReady(sent) ? " (of the plan)" : ""}`]));
    const next = nextOf(this.history);
    this.again.show(items, String(next?.number ?? ""));
    if (next && isReady(next)) this.source = "room";
  }

  /** @param {Source} source */
  take(source) {
    this.source = source;
    this.write();
  }

  write() {
    const { source, lessons, offers } = this;
    this.sources.show(SOURCES, source);
    for (const [name, pane] of Object.entries(this.panes)) setHidden(pane, name !== source);
    const none = source === "browser" && !offers.length ? "Nothing was shown here yet: open something on Play or Explore, or keep a run on the shelf."
      : source === "lesson" && !lessons.length ? "The list of lessons is not known here: paste the lesson's link."
        : source === "room" && !this.history.length ? "Nothing was sent yet." : "";
    this.none.textContent = none;
    setHidden(this.none, !none);
    if (none) setHidden(this.panes[source], true);
    const lesson = source === "lesson" || source === "file" || source === "room"; // what was sent before is sent as it was
    setHidden(this.knobGroup, lesson); // a lesson frees its own, and asks its own questions
    setHidden(this.questionGroup, lesson);
    this.setFree(this.freedom);
  }

  /** @param {string} freedom */
  setFree(freedom) {
    this.freedom = freedom;
    this.freedoms.show(FREEDOMS, freedom);
    setHidden(this.knobList, freedom !== "chosen");
  }

  async open() {
    const [file] = this.opened.files;
    this.file = "";
    if (!file) return;
    const text = file.size <= 4 * LONGEST_LESSON ? await file.text() : "";
    if (text && text.length <= LONGEST_LESSON) this.file = text;
    this.refusal.show(this.file ? "" : `A lesson's file must have 1 to ${LONGEST_LESSON.toLocaleString("en")} characters.`);
  }

  /** What is chosen, or the sentence why nothing is. @returns {{link?: string, lesson?: string, again?: number, refusal?: string}} */
  get what() {
    switch (this.source) {
      case "browser": {
        const offer = this.offers[Number(this.browser.node.value)];
        return offer ? { link: offer.link, lesson: offer.lesson ?? "" } : { refusal: "Choose something first." };
      }
      case "lesson":
        return this.lesson.node.value ? { link: lessonLink(this.lesson.node.value) } : { refusal: "Choose a lesson first." };
      case "room":
        return this.again.node.value ? { again: Number(this.again.node.value) } : { refusal: "Nothing was sent yet." };
      case "file":
        return this.file ? { lesson: this.file } : { refusal: "Open a lesson's file first." };
      default:
        return linkOf(this.link.value, document.baseURI);
    }
  }

  get free() {
    if (this.freedom === "all") return null;
    if (this.freedom === "none") return [];
    return this.knobs.filter(({ node }) => /** @type {any} */ (node.firstElementChild).checked).map(({ name }) => name);
  }

  /** @param {number[] | null} to */
  send(to) {
    const { refusal, ...what } = this.what;
    if (refusal) return this.refusal.show(refusal);
    const lesson = this.source === "lesson" || Boolean(what.lesson) || Boolean(what.again);
    const [question, choices] = lesson ? ["", []] : [this.question.value.trim(), choicesOf(this.choices.value)];
    if (choices.length === 1 || choices.length > MOST_CHOICES || (choices.length && !question)) {
      return this.refusal.show(question ? `A question must have 2 to ${MOST_CHOICES} answers, or none. Got ${choices.length}.` : "Answers need a question.");
    }
    this.sending = true;
    this.toSelected = to !== null;
    this.saying.say({ type: "send", ...what, to, free: lesson ? null : this.free, question, choices }, this.refusal);
  }

  /** Whether it has just gone to those who are selected. @param {number} number of what was sent last */
  sent(number) {
    if (number === this.number) return false;
    const gone = this.sending;
    if (gone) this.node.close();
    this.sending = false;
    this.number = number;
    return gone && this.toSelected;
  }
}

/** Whether it lies ready by the plan of an earlier room. @param {import("../messages.js").SentView} sent */
const isReady = ({ to }) => to !== null && !to.length;

/** What of the plan was not sent here yet, else the newest. @param {import("../messages.js").SentView[]} history */
function nextOf(history) {
  const sent = history.filter((each) => !isReady(each));
  const isSent = (/** @type {import("../messages.js").SentView} */ { link, title }) => sent.some((each) => each.link === link && each.title === title);
  return history.find((each) => isReady(each) && !isSent(each)) ?? sent.at(-1) ?? history.at(-1);
}
