// The order of a step, what is kept of it, and Markdown that never becomes markup.
import assert from "node:assert/strict";
import { test } from "node:test";
import { feedbackOn, filled, hasShown, NOT_CHECKED, numberOf, runWords, stateOf, verdictWords } from "../../playground/ui/static/lesson/flow.js";
import { RunPress } from "../../playground/ui/static/lesson/run_press.js";
import { StepPress } from "../../playground/ui/static/lesson/step_press.js";
import { MOST_POINTS, withPoint } from "../../playground/ui/static/web/stroke.js";
import { Guide } from "../../playground/ui/static/web/guide.js";
import { filesOf, MOST_CHARACTERS, MOST_FILES, textOf as textOfFiles, withFile, without } from "../../playground/ui/static/web/lesson_files.js";
import { BEGUN, broughtBy, broughtWords, doneOf, joined, LONGEST_FILE, progressOf, refusalOf, stepIn, textOf, withStep } from "../../playground/ui/static/web/progress.js";

const CHOICE = { kind: "choice", question: "Which?", choices: ["One.", "Two"], answer: 1, feedback: ["No.", "Yes."] };
const STEP = { title: "", text: "", explanation: "", predict: CHOICE, observe: CHOICE, checked: true, wall: false, free: [], freeTitles: [], pointsAt: null };

test("a step goes from prediction to run to what was seen to why, and leaves out what it does not ask", () => {
  const predicted = { ...BEGUN, predicted: { kind: "choice", choice: 0 } };
  const states = [BEGUN, predicted, { ...predicted, ran: true }, { ...predicted, ran: true, observed: 0 }].map((each) => stateOf(STEP, each));
  assert.deepEqual(states, ["predict", "run", "observe", "explained"]);
  const bare = { ...STEP, predict: null, observe: null };
  assert.deepEqual([BEGUN, { ...BEGUN, ran: true }].map((each) => stateOf(bare, each)), ["run", "explained"]);
});

test("a run is seen when the check holds, at its end where nothing is checked, and a predicted number waits for the end", () => {
  const at = (step, reached, over) => hasShown({ ...STEP, ...step }, { reached, over });
  assert.deepEqual([at({}, false, true), at({}, true, false)], [false, true]);
  assert.deepEqual([at({ checked: false }, false, false), at({ checked: false }, false, true)], [false, true]);
  const number = { kind: "number", question: "", within: 1, unit: "" };
  assert.deepEqual([at({ predict: number }, true, false), at({ predict: number }, true, true)], [false, true]);
});

test("the epoch at which a run got there is the server's, and where that is not known none is named", () => {
  const late = "not yet, because epoch is 100, wanted at most 50";
  assert.equal(verdictWords({ reached: true, reached_at: 1031, sentence: "reached" }, true), "Reached at epoch 1,031.");
  assert.equal(verdictWords({ reached: true, reached_at: null, sentence: "reached" }, true), "Reached.");
  assert.equal(verdictWords({ reached: false, reached_at: null, sentence: late }, false), `N${late.slice(1)}.`);
  assert.equal(verdictWords({ reached: false, reached_at: null, sentence: late }, true), `N${late.slice(1)}. You have reached it before.`);
  assert.deepEqual([verdictWords(null, true), verdictWords(null, false)], ["Reached.", NOT_CHECKED]);
});

test("what there is to do at a run is one text for eyes and ears, and a step that asks nothing is looked at", () => {
  const bare = { ...STEP, predict: null, observe: null, checked: false };
  const at = (step, run) => runWords(step, { playing: false, begun: false, over: false, ...run });
  assert.deepEqual([at(bare, {}), at(STEP, {}), at({ ...STEP, wall: true }, {})], ["Have a look, then go on.", "Press Play, and watch.", "Press Play, and watch the networks."]);
  assert.deepEqual([at(bare, { playing: true }), at(bare, { begun: true })], ["It trains: watch.", "Go on training, or go on in the lesson."]);
  assert.match(at({ ...bare, free: ["seed"] }, { begun: true, over: true }), /^It has trained to its end\. Change something/);
});

test("of two presses in a row the last counts, and a press that Python never heard of is said again", () => {
  const asked = [];
  const press = new StepPress((step) => asked.push(step));
  assert.equal(press.follow(1), true);
  press.press(2);
  press.press(3);
  assert.deepEqual([press.follow(2), press.follow(1), press.follow(3)], [false, false, true]);
  assert.deepEqual(asked, [2, 3, 3, 3]);
  assert.deepEqual([press.follow(3), press.follow(2)], [true, true]); // one that the browser went back to
  press.press(4);
  press.forget();
  assert.equal(press.follow(1), true);
  assert.equal(asked.length, 5);
});

test("every prediction gets feedback", () => {
  assert.deepEqual(feedbackOn(CHOICE, { kind: "choice", choice: 1 }, null), { right: true, text: "You said: “Two”. Yes." });
  assert.equal(feedbackOn({ ...CHOICE, feedback: ["", ""] }, { kind: "choice", choice: 0 }, null).text, "You said: “One”. The run shows something else.");
  const percent = { kind: "number", question: "", within: 5, unit: "%" };
  assert.equal(feedbackOn(percent, { kind: "number", value: 90 }, 0.949).right, true);
  assert.equal(feedbackOn(percent, { kind: "number", value: 90 }, 0.96).right, false);
  assert.equal(feedbackOn(percent, { kind: "number", value: 90 }, null).right, null);
  for (const answer of [{ kind: "skipped" }, { kind: "drawn", stroke: [] }]) assert.ok(feedbackOn({ kind: "drawn", question: "" }, answer, null).text);
});

test("numbers are taken as people type them, and nothing else is", () => {
  assert.deepEqual(["90", " 0,95 ", "−3", "95 %", "1e-3"].map(numberOf), [90, 0.95, -3, 95, 0.001]);
  assert.deepEqual(["", "x", "1 2", "Infinity", "1e400", "9".repeat(40)].map(numberOf), Array(6).fill(null));
});

test("an explanation quotes the figures of the run, and says so where there is none", () => {
  assert.equal(filled("At {epoch}: {val_accuracy}, {nothing}.", { epoch: "12", val_accuracy: "95 %" }), "At 12: 95\u202f%, ….");
});

test("progress survives being written and read, and what is no progress is passed over", () => {
  const lessons = withStep({}, "line_and_ring", 2, { predicted: { kind: "drawn", stroke: [[1, 2], null] }, reached: true, figures: { epoch: "3" } });
  assert.deepEqual(progressOf(textOf(lessons)), { lessons, problem: "" });
  const hostile = { version: 1, lessons: {
    "<b>": {}, __proto__x: 3, a: { at: "x", steps: { 0: {}, 31: {}, 2: { predicted: { kind: "choice", choice: "1" }, ran: "yes", observed: -1, reached: 1, figures: { a: 5, b: "x".repeat(99) }, answer: "x" }, x: {} } },
  } };
  assert.deepEqual(progressOf(JSON.stringify(hostile)).lessons, { a: { at: 1, steps: { 2: BEGUN } } });
  for (const text of ["", "[]", "{", "null", '{"version": 1}', "x".repeat(LONGEST_FILE + 1)]) assert.ok(progressOf(text).problem);
});

test("a file of progress is refused with the rule and what it was", () => {
  assert.equal(refusalOf(textOf({})), "");
  assert.match(refusalOf("no"), /must be one that was taken along/);
  assert.match(refusalOf('{"version": 2, "lessons": {}}'), /newer version/);
  assert.match(refusalOf("x".repeat(LONGEST_FILE + 1)), new RegExp(`at most ${LONGEST_FILE} characters. Got ${LONGEST_FILE + 1}`));
});

test("lesson files survive being written and read, the newest for which there is room, and nothing else does", () => {
  const file = (name, text = "---") => ({ name, file: `${name}.md`, text });
  const both = withFile([file("a")], file("b"));
  assert.deepEqual(filesOf(textOfFiles(both)), both);
  assert.deepEqual(withFile(both, file("a", "new")), [file("b"), file("a", "new")]);
  assert.deepEqual(without(both, "a"), [file("b")]);
  for (const text of [null, "", "{", "[]", "null", '{"version": 9, "files": []}', '{"version": 1, "files": 3}']) assert.deepEqual(filesOf(text), []);
  assert.deepEqual(filesOf(JSON.stringify({ version: 1, files: [null, 3, { name: "a" }, { name: "a", file: "b", text: 4 }, file("c")] })), [file("c")]);
  const many = Array.from({ length: 30 }, (_, n) => file(`l${n}`)).reduce(withFile, []);
  assert.deepEqual([many.length, many[0].name, many.at(-1).name], [MOST_FILES, "l10", "l29"]);
  const long = withFile([file("a"), file("b", "x".repeat(MOST_CHARACTERS - 10))], file("c", "x".repeat(10)));
  assert.deepEqual(long.map(({ name }) => name), ["b", "c"]);
});

test("of what is brought back lessons with a step that can be shown are counted, and those of elsewhere are kept", () => {
  const known = new Map([["a", 2], ["b", 3]]);
  const said = (lessons) => broughtWords(broughtBy(progressOf(textOf(lessons)).lessons, known));
  const a = withStep({}, "a", 2, { ran: true });
  assert.equal(said(a), "Brought back: 1 lesson.");
  assert.equal(said(withStep(withStep(a, "b", 1, {}), "file/other", 1, {})), "Brought back: 2 lessons. Kept, but not on this page: 1 lesson.");
  assert.equal(said({ x: { at: "<b>" } }), "");
  assert.equal(said(withStep({}, "a", 9, {})), "", "a step that the lesson has not");
  assert.deepEqual(Object.keys(broughtBy(withStep({ x: { at: 1, steps: {} } }, "file/other", 1, {}), known).lessons), ["file/other"]);
});

test("what is brought back never takes a step back", () => {
  const here = withStep(withStep({}, "a", 1, { ran: true, reached: true }), "b", 1, {});
  const all = joined(here, withStep(withStep({}, "a", 1, {}), "a", 2, { ran: true }));
  assert.equal(stepIn(all, "a", 1).reached, true);
  assert.equal(doneOf(all.a, 3), 2);
  assert.deepEqual(Object.keys(all).sort(), ["a", "b"]);
});

test("a lesson holds back what trains until it lets go, and a stroke is bounded", () => {
  const guide = new Guide();
  const heard = [];
  const stop = guide.listen((topic) => heard.push(topic));
  guide.setHold("First predict");
  guide.setHold("First predict");
  guide.setFree(["hidden"]);
  assert.deepEqual([guide.allows("hidden"), guide.allows("seed")], [true, false]);
  let stroke = withPoint([], null);
  assert.deepEqual(stroke, [], "a pointer that drew nothing leaves no gap");
  for (let i = 0; i < 1000; i += 1) stroke = withPoint(stroke, [i, i]);
  assert.equal(stroke.length, MOST_POINTS);
  guide.setStroke(stroke, true);
  stop();
  guide.leave();
  assert.deepEqual([guide.hold, guide.free, guide.allows("seed")], ["", null, true]);
  assert.deepEqual(heard.slice(0, 2), ["hold", "free"]);
});

test("markdown becomes elements and text, whatever it holds", async () => {
  class Element {
    constructor(tag) {
      Object.assign(this, { tag, attributes: {}, children: [], dataset: {} });
    }
    setAttribute(name, value) {
      this.attributes[name] = value;
    }
    append(...children) {
      this.children.push(...children);
    }
    get said() {
      return `<${this.tag}>${this.children.map((each) => each.said ?? each).join("")}</${this.tag}>`;
    }
  }
  globalThis.document ??= { createElement: (tag) => new Element(tag) };
  const { blocks } = await import("../../playground/ui/static/web/markdown.js");
  const said = (text) => blocks(text).map((each) => each.said).join("");
  assert.equal(said("A **bold** *word*,\n`x < 1` and \\*.\n\n- one\n  more\n- two"), "<p>A <strong>bold</strong> <em>word</em>, <code>x < 1</code> and *.</p><ul><li>one more</li><li>two</li></ul>");
  assert.equal(said("1. a\n2. b\n\n### Why\n\n```\n**x**\n```\n> q"), "<ol><li>a</li><li>b</li></ol><h4>Why</h4><pre><code>**x**</code></pre><blockquote>q</blockquote>");
  const [evil] = blocks('<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>y</script>');
  assert.ok(evil.children.every((each) => typeof each === "string"));
  const [link] = blocks("[here](https://example.org/a)");
  assert.deepEqual([link.children[0].tag, link.children[0].attributes.href], ["a", "https://example.org/a"]);
  assert.ok(said("*".repeat(5000) + "_a".repeat(2000)).length > 0);
});

test("a press of Run it counts for the run of the step, also before that is there, and is forgotten with the step", () => {
  const asked = [];
  const run = { play: () => asked.push("play"), toggle: () => asked.push("toggle") };
  const press = new RunPress();
  press.follow(run);
  press.press(null);
  press.follow(null);
  assert.deepEqual([asked, press.waits], [[], true]);
  press.follow(run);
  press.follow(run);
  press.press(run);
  assert.deepEqual([asked, press.waits], [["play", "toggle"], false]);
  press.press(null);
  press.forget();
  press.follow(run);
  assert.deepEqual(asked, ["play", "toggle"]);
});
