// A lesson beside what trains: the step's text, one prompt at a time, what the server says of the run, and the explanation.
import { arrive, departFor } from "../web/arrival.js";
import { h, icon, setHidden } from "../web/dom.js";
import { guide } from "../web/guide.js";
import { blocks, inline } from "../web/markdown.js";
import { keepLessonFile } from "../web/lesson_files_storage.js";
import { openedAt, stepIn, withStep } from "../web/progress.js";
import { changeProgress, listenToProgress, readProgress } from "../web/progress_storage.js";
import { openSteps } from "../web/open_steps.js";
import { Size } from "../web/size.js";
import { markTheme } from "../web/theme.js";
import { feedbackOn, filled, hasShown, isToLookAt, NOT_CHECKED, runWords, STATE_WORDS, stateOf, verdictWords } from "./flow.js";
import { choicePrompt, drawnPrompt, numberPrompt, plainButton } from "./prompts.js";
import { RunPress } from "./run_press.js";
import { Spotlight } from "./spotlight.js";
import { StepPress } from "./step_press.js";

/**
 * @typedef {object} LessonData
 * @property {string} content  the lesson, as JSON
 * @property {number} step     from 1
 * @property {string} token    of the run whose verdicts count
 * @property {boolean} changed the learner has changed a knob
 * @property {string} taught   under which name progress is kept
 * @property {import("../web/lesson_files.js").LessonFile | null} source  the lesson's file, where this browser is to keep it
 * @property {boolean} [inClass]  a teacher has sent it
 * @property {number | null} [openTo]  the last step that the teacher has opened; null: all are open
 *
 * @typedef {import("../web/mounting.js").Component<LessonData>} Component
 * @typedef {import("./flow.js").Lesson} LessonContent
 * @typedef {import("./flow.js").State} State
 */

const FIRST_PREDICT = "First predict";
const FIXABLE = ["hidden", "seed"]; // knobs that the stage has buttons for
export const ANSWERED = "keras-playground:answer"; // of `window`: {step, asked, text}
const DRAWN = "Drew a line";
const SKIPPED = "Skipped";

export class Lesson {
  /** @type {LessonContent} */
  lesson;
  step = 0; // that is shown, from 1
  text = "";
  /** @type {State | ""} */
  state = "";
  /** @type {import("./prompts.js").Prompt | null} */
  prompt = null;
  promptOf = ""; // what the prompt is for
  saidRun = ""; // of the prompt to run it, what was said last
  told = ""; // what the verdict said last
  saidVerdict = "";
  trained = false; // the run of this step was trained here
  problem = "";
  unkept = ""; // why its file is not kept
  keptText = ""; // the text of the file that was kept last
  /** @type {number | null} */
  openTo = null; // the last step that a teacher has opened

  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.spotlight = new Spotlight();
    this.build();
    this.retheme();
    this.size = new Size(this.root, [], () => {}, () => {});
    this.stopListening = listenToProgress(() => this.refresh());
    this.stopGuide = guide.listen((topic) => this.hear(topic));
    this.take(component.data);
    arrive((place) => (place === "lesson" ? this.stepTitle : null));
  }

  build() {
    const small = (/** @type {string} */ text, /** @type {() => void} */ onclick, more = {}) => h("button", { type: "button", class: "kp-button kp-small-button", onclick, ...more }, text);
    this.title = h("h2", { class: "kp-lesson-title" });
    this.leave = small("All lessons", () => this.goBack());
    this.list = h("ol", { class: "kp-steps", "aria-label": "Steps" });
    this.stepsText = h("span");
    this.steps = h("details", { class: "kp-steps-box", onkeydown: (/** @type {KeyboardEvent} */ event) => this.closeSteps(event) }, h("summary", {}, this.stepsText), this.list);
    this.stepTitle = h("h3", { class: "kp-step-title", tabindex: -1 });
    this.words = h("div", { class: "kp-words" });
    this.showMe = small("Show me", () => this.spotlight.bring(), { class: "kp-button kp-small-button kp-show-me" });
    this.place = h("div", { class: "kp-prompt-place" });
    this.verdictText = h("span");
    this.verdictIcon = h("span", { class: "kp-verdict-icon", "aria-hidden": "true" });
    this.verdict = h("p", { class: "kp-verdict", data: { testid: "verdict" } }, this.verdictIcon, this.verdictText);
    this.explained = h("div", { class: "kp-explained", tabindex: -1, data: { testid: "explanation" } });
    this.free = h("p", { class: "kp-free" });
    this.reset = small("Back to the lesson’s settings", () => this.component.setTriggerValue("reset", Date.now()));
    this.previous = small("Previous step", () => this.goTo(this.step - 1));
    this.next = h("button", { type: "button", class: "kp-button kp-small-button", onclick: () => this.goTo(this.step + 1) });
    this.held = h("p", { class: "kp-held-steps", role: "status", hidden: true });
    this.problemText = h("p", { class: "kp-prompt-fault", role: "alert" });
    this.status = h("p", { class: "kp-hidden", role: "status", "aria-live": "polite", data: { testid: "lesson-status" } });
    this.body = h("div", { class: "kp-lesson-body", tabindex: -1 }, h("div", { class: "kp-lesson-text" }, this.stepTitle, this.words, this.showMe, this.free),
      h("div", { class: "kp-lesson-ask" }, this.place, this.explained, this.problemText));
    this.root = h("section", { class: "kp-stage kp-lesson", "aria-label": "Lesson", data: { testid: "lesson", step: 0, state: "", reached: "false" } },
      h("header", { class: "kp-lesson-head" }, this.leave, this.title, this.steps),
      this.body,
      h("footer", { class: "kp-lesson-foot" }, this.verdict, this.held, this.reset, this.previous, this.next), this.status);
    this.component.parentElement.append(this.root);
  }

  /** @param {Component} component the same component with newer data */
  update(component) {
    this.component = component;
    if (!this.root.isConnected) component.parentElement.append(this.root);
    this.retheme();
    this.take(component.data);
  }

  /** @param {LessonData} data */
  take({ content, step, changed, source, inClass = false, openTo = null }) {
    setHidden(this.leave, inClass);
    const moved = openTo !== this.openTo;
    this.openTo = openTo;
    if (content !== this.text) {
      this.text = content;
      this.lesson = JSON.parse(content);
      this.step = 0;
      this.stepPress.forget();
    }
    if (source && source.text !== this.keptText) {
      this.keptText = source.text;
      this.unkept = keepLessonFile(source);
    }
    setHidden(this.reset, !changed);
    if (this.stepPress.follow(step) && step !== this.step) this.show(step);
    this.press.follow(this.ours);
    if (moved) this.refresh();
    this.showVerdict();
  }

  // ---------------------------------------------------------------- which step

  stepPress = new StepPress((step) => this.component.setTriggerValue("step", step));

  /** Show another step at once; what trains follows. @param {number} step */
  goTo(step) {
    if (step < 1 || step > this.lesson.steps.length || step === this.step || !this.mayOpen(step)) return;
    if (guide.session?.playing) guide.session.pause();
    this.stepPress.press(step);
    this.show(step);
    this.stepTitle.focus({ preventScroll: false });
  }

  /** Whether the teacher has opened a step, or it is the learner's to choose. @param {number} step */
  mayOpen(step) {
    return this.openTo === null || step <= this.openTo;
  }

  /** To the list of all lessons. */
  goBack() {
    departFor(this.lesson.name);
    this.component.setTriggerValue("leave", Date.now());
  }

  /** @param {number} step */
  show(step) {
    this.step = step;
    this.state = "";
    this.promptOf = "";
    this.trained = false;
    this.press.forget();
    this.saidVerdict = "";
    guide.verdict = null;
    this.steps.open = false;
    const { now, lesson } = this;
    this.title.textContent = lesson.title;
    this.stepTitle.textContent = now.title;
    this.words.replaceChildren(...(step === 1 && lesson.text ? blocks(lesson.text) : []), ...blocks(now.text));
    const titles = now.freeTitles;
    this.free.textContent = titles.length ? `Yours to change: ${titles.join(", ")}.` : "";
    setHidden(this.free, !titles.length);
    guide.setFree(now.free);
    fix(FIXABLE.filter((name) => !guide.allows(name)));
    this.spotlight.pointAt(now.pointsAt);
    setHidden(this.showMe, !now.pointsAt);
    this.note(openedAt);
    this.body.scrollTop = 0;
    this.refresh();
  }

  get now() {
    return this.lesson.steps[this.step - 1];
  }

  get taught() {
    return this.component.data.taught;
  }

  get progress() {
    return stepIn(readProgress().lessons, this.taught, this.step);
  }

  /** @param {(lessons: import("../web/progress.js").Progress, name: string, step: number) => import("../web/progress.js").Progress} change */
  note(change) {
    this.problem = changeProgress((lessons) => change(lessons, this.taught, this.step));
  }

  /** @param {Partial<import("../web/progress.js").StepProgress>} change */
  change(change) {
    this.note((lessons, name, step) => withStep(lessons, name, step, change));
    this.refresh(); // also where nothing is kept
  }

  /** What was answered, which a class hears of. @param {"predict" | "observe"} asked @param {string} text @param {Partial<import("../web/progress.js").StepProgress>} change */
  answer(asked, text, change) {
    window.dispatchEvent(new CustomEvent(ANSWERED, { detail: { step: this.step, asked, text } }));
    this.change(change);
  }

  // ---------------------------------------------------------------- what trains

  /** @param {import("../web/guide.js").Topic} topic */
  hear(topic) {
    if (topic === "verdict") this.judge();
    else if (topic === "live") this.follow();
    else if (topic === "stroke") this.prompt?.refresh?.();
  }

  /** Whether what trains is the run of this step. */
  get isOurs() {
    const { token } = this.component.data;
    return this.stepPress.asked === undefined && Boolean(token) && guide.session?.token === token;
  }

  /** What trains, if it is the run of this step. */
  get ours() {
    return this.isOurs ? guide.session : null;
  }

  press = new RunPress();

  judge() {
    const { verdict } = guide;
    if (!verdict || !this.isOurs || verdict.token !== this.component.data.token) return;
    const { progress } = this;
    const reached = verdict.reached === true && verdict.epoch > 0;
    if (verdict.epoch > 0) {
      const figures = JSON.stringify(verdict.figures) !== JSON.stringify(progress.figures) || verdict.answer !== progress.answer;
      // While it trains what is kept would be written with every frame; what has come of it in the end is what counts.
      if ((reached && !progress.reached) || (figures && !guide.session?.playing)) {
        this.change({ figures: verdict.figures, answer: verdict.answer, reached: progress.reached || reached });
      }
    }
    this.showVerdict();
    if (this.state === "explained") this.showExplanation(this.state);
    this.follow();
  }

  follow() {
    const { session } = guide;
    if (!session || !this.isOurs) return;
    this.press.follow(session);
    this.trained ||= session.lastEpoch > 0;
    const { progress, now } = this;
    if (this.state === "run" && hasShown(now, { reached: progress.reached && this.trained, over: session.over && session.lastEpoch > 0 })) this.seen();
    else if (this.state === "run") this.showRun();
    if (session.over) this.sayVerdict();
  }

  /** The learner has seen the run. */
  seen() {
    const { fresh } = this;
    this.change({ ran: true, ...(fresh ? { figures: fresh.figures, answer: fresh.answer } : {}) });
  }

  // ---------------------------------------------------------------- what is shown

  refresh() {
    const { progress, now } = this;
    if (!now) return;
    const state = stateOf(now, progress);
    guide.setHold(state === "predict" ? FIRST_PREDICT : "");
    const { predicted } = progress;
    if (state !== "predict") guide.setStroke(predicted?.kind === "drawn" ? predicted.stroke : [], false);
    this.showPrompt(state);
    this.state = state;
    Object.assign(this.root.dataset, { step: String(this.step), state, reached: String(progress.reached) });
    const problem = [this.problem, this.unkept].filter(Boolean).join(" ");
    if (this.problemText.textContent !== problem) this.problemText.textContent = problem;
    this.showSteps();
    this.showVerdict();
    this.next.textContent = this.step < this.lesson.steps.length ? "Next step" : "";
    setHidden(this.next, this.step >= this.lesson.steps.length);
    const mayGoOn = this.mayOpen(this.step + 1);
    this.next.disabled = !mayGoOn;
    this.held.textContent = mayGoOn || this.step >= this.lesson.steps.length ? "" : `${openSteps(this.openTo, this.lesson.steps.length)}.`;
    setHidden(this.held, !this.held.textContent);
    this.next.classList.toggle("kp-primary", state === "explained" && mayGoOn);
    this.previous.disabled = this.step === 1;
  }

  /** @param {State} state */
  showPrompt(state) {
    const { now, progress } = this;
    const key = `${this.step} ${state} ${this.text.length}`;
    if (key === this.promptOf) {
      if (state === "run") this.showRun();
      return;
    }
    const moved = this.promptOf.startsWith(`${this.step} `);
    this.promptOf = key;
    this.prompt = this.promptFor(state);
    this.place.replaceChildren(...(this.prompt ? [this.prompt.node] : []));
    this.showExplanation(state);
    if (state !== "run") this.say(state === "explained" ? "Explained." : `${now[state]?.question ?? ""}`);
    if (moved) this.focusPrompt();
    if (state === "predict" && now.predict?.kind === "drawn") guide.setStroke(guide.drawing ? guide.stroke : [], true);
    else if (state !== "predict" && !progress.predicted) guide.setStroke([], false);
  }

  /** @param {State} state @returns {import("./prompts.js").Prompt | null} */
  promptFor(state) {
    const { predict, observe } = this.now;
    if (state === "run") return this.runPrompt();
    if (state === "observe" && observe) return choicePrompt(observe, "Answer", "observation", (choice) => this.answer("observe", observe.choices[choice] ?? "", { observed: choice }));
    if (state !== "predict" || !predict) return null;
    if (predict.kind === "choice") return choicePrompt(predict, "Predict", "prediction", (choice) => this.answer("predict", predict.choices[choice] ?? "", { predicted: { kind: "choice", choice } }));
    if (predict.kind === "number") return numberPrompt(predict, (value) => this.answer("predict", `${value}${predict.unit ? ` ${predict.unit}` : ""}`, { predicted: { kind: "number", value } }));
    return drawnPrompt(predict, (stroke) => this.answer("predict", stroke ? DRAWN : SKIPPED, { predicted: stroke ? { kind: "drawn", stroke } : { kind: "skipped" } }));
  }

  runPrompt() {
    this.runText = h("p", { class: "kp-question", tabindex: -1 });
    this.saidRun = "";
    this.runButton = h("button", { type: "button", class: "kp-button kp-primary", onclick: () => this.pressRun() }, "Run it");
    this.enough = plainButton("I have seen it: go on", () => this.seen());
    const node = h("div", { class: "kp-prompt", data: { testid: "run-prompt" } }, this.runText, h("div", { class: "kp-prompt-buttons" }, this.runButton, this.enough));
    this.showRun();
    return { node };
  }

  pressRun() {
    this.press.press(this.ours);
    this.showRun();
  }

  /** What there is to do while a run is to be seen. */
  showRun() {
    const { session } = guide;
    const { progress, now } = this;
    if (!this.runText || !this.runButton || !this.enough) return;
    const known = this.isOurs && session !== null;
    const playing = this.press.waits || (known && session.playing);
    const begun = known && session.lastEpoch > 0;
    const over = begun && session.over;
    const only = isToLookAt(now);
    const noted = progress.predicted && !begun && !playing ? `${notedOf(now, progress.predicted)} ` : "";
    const text = noted + runWords(now, { playing, begun, over });
    if (this.runText.textContent !== text) this.runText.replaceChildren(...inline(text));
    if (this.saidRun !== text) this.say(this.runText.textContent ?? ""); // the same to hear; what a verdict says after it stays
    this.saidRun = text;
    setHidden(this.runButton, playing || over);
    setHidden(this.enough, !begun && !only);
    this.enough.textContent = only ? "Go on" : "I have seen it: go on";
    this.enough.classList.toggle("kp-primary", only);
    this.runButton.classList.toggle("kp-primary", !only);
    const name = begun ? "Run on" : "Run it";
    if (this.runButton.textContent !== name) this.runButton.textContent = name;
  }

  /** @param {State} state */
  showExplanation(state) {
    const { progress, now } = this;
    setHidden(this.explained, state !== "explained");
    if (state !== "explained") return this.explained.replaceChildren();
    const { figures, answer } = this.fresh ?? progress;
    const predicted = now.predict && progress.predicted && feedbackOn(now.predict, progress.predicted, answer);
    const observed = now.observe && progress.observed !== null && feedbackOn(now.observe, { kind: "choice", choice: progress.observed }, null);
    const text = filled(now.explanation, figures);
    const key = JSON.stringify([predicted, observed, text]);
    if (this.explained.childElementCount && this.explained.dataset.key === key) return;
    this.explained.dataset.key = key;
    this.explained.replaceChildren(
      ...(predicted ? [feedback("Your prediction", predicted)] : []), ...(observed ? [feedback("What you saw", observed)] : []),
      h("div", { class: "kp-why" }, ...blocks(text)));
  }

  /** The verdict on the run of this step, once it has trained. */
  get fresh() {
    const { verdict } = guide;
    return verdict && this.isOurs && verdict.token === this.component.data.token && verdict.epoch > 0 ? verdict : null;
  }

  showVerdict() {
    const { now, progress } = this;
    setHidden(this.verdict, !now?.checked);
    if (!now?.checked) return;
    const { fresh } = this;
    const reached = fresh ? fresh.reached === true : progress.reached;
    const whole = verdictWords(fresh, progress.reached);
    if (whole === this.told) return;
    this.told = whole;
    this.verdictText.textContent = whole;
    this.verdict.title = whole;
    this.verdict.toggleAttribute("data-reached", reached);
    this.verdictIcon.replaceChildren(...(reached ? [icon("check")] : []));
    if (reached && fresh) this.sayVerdict();
  }

  /** Once a run, not with every frame. */
  sayVerdict() {
    if (!this.now.checked || this.told === this.saidVerdict || this.told === NOT_CHECKED) return;
    this.saidVerdict = this.told;
    this.say(this.told);
  }

  /** @param {string} text */
  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  showSteps() {
    const { lessons } = readProgress();
    const { steps } = this.lesson;
    this.stepsText.textContent = `Step ${this.step} of ${steps.length}`;
    const items = steps.map((step, i) => {
      const shut = !this.mayOpen(i + 1);
      const progress = stepIn(lessons, this.taught, i + 1);
      const state = stateOf(step, progress);
      const words = progress.reached ? "reached" : state === "explained" ? "done" : progress.predicted || progress.ran ? STATE_WORDS[state] : "not begun";
      return { title: step.title, words: shut ? "not opened yet" : words, here: i + 1 === this.step, shut };
    });
    const key = JSON.stringify(items);
    if (key === this.list.dataset.key) return;
    this.list.dataset.key = key;
    this.list.replaceChildren(...items.map(({ title, words, here, shut }, i) => h("li", {}, h("button", {
      type: "button", class: "kp-step-item", "aria-current": here ? "step" : null, disabled: shut, onclick: () => (here ? (this.steps.open = false) : this.goTo(i + 1)),
    }, h("span", {}, `${i + 1}. ${title}`), h("span", { class: "kp-step-state" }, words)))));
  }

  /** @param {KeyboardEvent} event */
  closeSteps(event) {
    if (event.key !== "Escape" || !this.steps.open) return;
    event.stopPropagation();
    this.steps.open = false;
    this.steps.querySelector("summary").focus();
  }

  /** The keyboard goes on at the new prompt, unless it is at something else that is being used. */
  focusPrompt() {
    const active = document.activeElement;
    const elsewhere = active && active !== document.body && !this.root.contains(active) && !active.closest(".kp-transport");
    if (elsewhere) return;
    // Not at a part of the explanation: while a network trains, the parts are replaced.
    const target = /** @type {HTMLElement | null} */ (this.place.querySelector(".kp-question")) ?? (this.explained.hidden ? this.stepTitle : this.explained);
    target.focus({ preventScroll: true });
    if (this.body.scrollHeight > this.body.clientHeight) target.scrollIntoView({ block: "nearest" });
  }

  // ---------------------------------------------------------------- looks

  retheme() {
    markTheme(this.root);
  }

  destroy() {
    this.stopListening();
    this.stopGuide();
    this.spotlight.destroy();
    this.size?.destroy();
    guide.leave();
    fix([]);
    this.root.remove();
  }
}

/** What may not be changed has no buttons on the stage: lesson.css hides them by this. @param {string[]} names */
const fix = (names) => document.documentElement.setAttribute("data-fixed", names.join(" "));

/** That a prediction was heard, before the run says anything. @param {import("./flow.js").Step} step @param {import("../web/progress.js").Answer} answer */
function notedOf({ predict }, answer) {
  if (answer.kind === "choice" && predict?.kind === "choice") return `Noted: “${predict.choices[answer.choice] ?? ""}”`;
  if (answer.kind === "number" && predict?.kind === "number") return `Noted: ${answer.value}${predict.unit ? `\u202f${predict.unit}` : ""}.`;
  return answer.kind === "drawn" ? "Noted: your line stays on the chart." : "";
}

/** @param {string} title @param {{right: boolean | null, text: string}} said */
function feedback(title, { right, text }) {
  const mark = right === null ? [] : [h("strong", { class: right ? "kp-right" : "kp-wrong" }, right ? "✓ " : "✗ ", h("span", { class: "kp-hidden" }, right ? "right: " : "not so: "))];
  return h("p", { class: "kp-feedback", data: { right: String(right) } }, ...mark, h("span", { class: "kp-feedback-title" }, `${title}. `), ...inline(text));
}
