// All lessons, with how far the learner is in each, live with every tab. One instance a mounted component.
import { arrive, departFor } from "../web/arrival.js";
import { h, setHidden } from "../web/dom.js";
import { counted } from "../web/format.js";
import { forgetLessonFile, readLessonFiles } from "../web/lesson_files_storage.js";
import { broughtBy, broughtWords, doneOf, joined, LONGEST_FILE, progressOf, refusalOf, textOf } from "../web/progress.js";
import { changeProgress, listenToProgress, readProgress } from "../web/progress_storage.js";
import { markTheme } from "../web/theme.js";

/**
 * @typedef {{name: string, taught: string, title: string, level: string, minutes: number, goal: string, titles: string[]}} Head
 * @typedef {{title: string, lessons: Head[]}} Pack
 * @typedef {import("../web/mounting.js").Component<{packs: string, wanted: string}>} Component  wanted: a lesson of a file that Python does not know
 * @typedef {import("../web/progress.js").Progress} Progress
 */

const FILE = "keras-playground-progress.json";
const OF_A_FILE = "file/"; // what lessons of files are taught under begins with

export class Lessons {
  packs = "";
  shown = ""; // what the list was made of
  /** @type {Progress | null} */
  before = null; // what there was before the last change of all of it
  told = new Set(); // names of the lessons whose files Python was told of, or is to forget

  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.build();
    this.retheme();
    this.stopListening = listenToProgress(() => this.show());
    this.update(component);
  }

  build() {
    const small = (/** @type {string} */ text, /** @type {() => void} */ onclick) => h("button", { type: "button", class: "kp-button kp-small-button", onclick }, text);
    this.list = h("div", { class: "kp-packs" });
    this.count = h("span", { class: "kp-progress-count", data: { testid: "progress-count" } });
    this.file = h("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": "A file of progress", data: { testid: "progress-file" }, onchange: () => this.bring() });
    this.take = small("Take along as a file", () => this.download());
    this.back = small("Bring back from a file", () => this.file.click());
    this.forget = small("Forget my progress", () => this.replace({}, "Your progress is forgotten."));
    this.undo = small("Undo", () => this.takeBack());
    this.said = h("span", { role: "status", data: { testid: "progress-said" } });
    this.problem = h("p", { class: "kp-progress-problem", role: "alert" });
    this.bar = h("section", { class: "kp-progress", "aria-label": "Your progress" }, this.count, this.take, this.back, this.forget, this.file, this.said, this.undo, this.problem);
    this.root = h("section", { class: "kp-stage kp-lessons", "aria-label": "Lessons", data: { testid: "lessons" } }, this.bar, this.list);
    this.component.parentElement.append(this.root);
    setHidden(this.undo, true);
  }

  /** @param {Component} component the same component with newer data */
  update(component) {
    this.component = component;
    if (!this.root.isConnected) component.parentElement.append(this.root);
    this.retheme();
    this.packs = component.data.packs;
    this.show();
    this.tell();
    arrive((name) => this.cardNamed(name));
  }

  /** @returns {Pack[]} */
  get listed() {
    return JSON.parse(this.packs);
  }

  // ---------------------------------------------------------------- lessons of files

  /** Bring back a lesson of a file that this browser has kept and Python does not know; it answers with the next update. */
  tell() {
    const { wanted } = this.component.data;
    const known = this.listed.flatMap(({ lessons }) => lessons).filter(isOfAFile).map(({ name }) => name);
    const missing = readLessonFiles().filter(({ name }) => !known.includes(name) && !this.told.has(name));
    const next = missing.find(({ name }) => name === wanted) ?? missing[0];
    if (!next) return;
    this.told.add(next.name);
    this.component.setTriggerValue("kept", { file: next.file, text: next.text });
  }

  /** @param {Head} lesson */
  remove({ name, title }) {
    this.told.add(name);
    this.say(forgetLessonFile(name));
    this.said.textContent = `Removed from this browser: ${title}. How far you are in it is kept.`;
    this.component.setTriggerValue("remove", name);
    this.list.querySelector("a")?.focus();
  }

  // ---------------------------------------------------------------- the list

  show() {
    const { lessons, problem } = readProgress();
    const packs = this.listed;
    const key = JSON.stringify([this.packs, lessons]);
    this.say(problem);
    if (key === this.shown) return;
    this.shown = key;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.lesson : undefined;
    this.list.replaceChildren(...packs.map((pack) => this.packOf(pack, lessons)));
    if (focused) this.cardNamed(focused)?.focus();
    const all = packs.flatMap((pack) => pack.lessons);
    const done = all.filter(({ taught, titles }) => doneOf(lessons[taught], titles.length) === titles.length).length;
    this.count.textContent = `${done} of ${all.length} lessons done`;
    const none = !Object.keys(lessons).length;
    this.take.disabled = this.forget.disabled = none;
  }

  /** @param {string} name of a lesson @returns {HTMLElement | null} */
  cardNamed(name) {
    return this.list.querySelector(`[data-lesson="${CSS.escape(name)}"]`);
  }

  /** @param {Pack} pack @param {Progress} progress */
  packOf({ title, lessons }, progress) {
    return h("section", { class: "kp-pack", "aria-label": title }, h("h2", { class: "kp-pack-title" }, title),
      h("ul", { class: "kp-pack-list" }, ...lessons.map((lesson) => h("li", {}, this.cardOf(lesson, progress[lesson.taught]), this.removal(lesson)))));
  }

  /** @param {Head} lesson */
  removal(lesson) {
    if (!isOfAFile(lesson)) return "";
    return h("button", { type: "button", class: "kp-button kp-small-button", "aria-label": `Remove ${lesson.title}`, onclick: () => this.remove(lesson) }, "Remove");
  }

  /** @param {Head} lesson @param {import("../web/progress.js").LessonProgress | undefined} progress */
  cardOf({ name, title, level, minutes, goal, titles }, progress) {
    const done = doneOf(progress, titles.length);
    const step = progress && done < titles.length ? Math.min(progress.at, titles.length) : 1;
    const words = !progress ? "Not begun" : done === titles.length ? "Done" : `${done} of ${titles.length} steps done`;
    const open = (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return; // another tab, as with every link
      event.preventDefault();
      departFor("lesson");
      this.component.setTriggerValue("open", { lesson: name, step });
    };
    return h("a", { class: "kp-lesson-card", href: addressOf(name, step), onclick: open, data: { lesson: name, done: `${done}/${titles.length}` } },
      h("span", { class: "kp-card-title" }, title), h("span", { class: "kp-card-goal" }, goal),
      h("span", { class: "kp-card-about" }, `${level} · ${minutes} min · ${counted(titles.length, "step")}`),
      h("span", { class: "kp-card-progress" }, h("span", { class: "kp-card-bar", "aria-hidden": "true" }, h("i", { style: `width: ${(100 * done) / titles.length}%` })), words));
  }

  // ---------------------------------------------------------------- progress as a whole

  download() {
    const address = URL.createObjectURL(new Blob([textOf(readProgress().lessons)], { type: "application/json" }));
    h("a", { href: address, download: FILE }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  async bring() {
    const file = this.file.files?.[0];
    this.file.value = "";
    if (!file) return;
    if (file.size > 4 * LONGEST_FILE) return this.refuse(`A file of progress must have at most ${LONGEST_FILE} characters. Got ${file.size} bytes.`);
    const text = await file.text();
    const refusal = refusalOf(text);
    if (refusal) return this.refuse(refusal);
    const known = new Map(this.listed.flatMap(({ lessons }) => lessons).map(({ taught, titles }) => [taught, titles.length]));
    const brought = broughtBy(progressOf(text).lessons, known);
    const words = broughtWords(brought);
    if (!words) return this.refuse("A file of progress must hold a step of a lesson. Got none: nothing has changed.");
    this.replace(joined(readProgress().lessons, brought.lessons), words);
  }

  /** What cannot be brought back takes the place of what was said before. @param {string} sentence */
  refuse(sentence) {
    this.said.textContent = "";
    this.say(sentence);
  }

  /** @param {Progress} lessons @param {string} sentence */
  replace(lessons, sentence) {
    this.before = readProgress().lessons;
    const problem = changeProgress(() => lessons);
    this.said.textContent = sentence;
    setHidden(this.undo, false);
    this.say(problem);
    this.undo.focus();
  }

  takeBack() {
    const { before } = this;
    if (!before) return;
    this.before = null;
    this.say(changeProgress(() => before));
    this.said.textContent = "As it was before.";
    setHidden(this.undo, true);
    this.take.focus();
  }

  /** Why something cannot be done, or nothing. @param {string} problem */
  say(problem) {
    if (this.problem.textContent !== problem) this.problem.textContent = problem;
    setHidden(this.problem, !problem);
  }

  // ---------------------------------------------------------------- looks

  retheme() {
    markTheme(this.root);
  }

  destroy() {
    this.stopListening();
    this.root.remove();
  }
}

/** @param {Head} lesson */
const isOfAFile = ({ taught }) => taught.startsWith(OF_A_FILE);
/** @param {string} name @param {number} step */
const addressOf = (name, step) => new URL(`./learn?lesson=${encodeURIComponent(name)}&step=${step}`, document.baseURI).href;
