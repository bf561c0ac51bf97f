import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_LINK, LONGEST_NAME } from "../../playground/ui/static/web/facts.js";
import {
  FULL, MOST_RUNS, NEWER, refusalOf, renamed, restored, shelfOf, textOf, uniqueName, UNREADABLE, withRun, without,
} from "../../playground/ui/static/web/shelf.js";

const PICTURE = "data:image/jpeg;base64,AAAA";
const run = (n, more = {}) => ({
  id: `id${n}`, name: `Run ${n}`, link: `?seed=${n}`, kept: "2026-11-26T20:00:00.000Z", epoch: n,
  figures: { part: "Test", loss: 0.5, accuracy: null }, picture: PICTURE, ...more,
});
const shelf = (count) => Array.from({ length: count }, (_, n) => run(n));
const keep = (runs, more) => withRun(runs, { ...run(999), ...more }, "new");
const reread = (value) => shelfOf(JSON.stringify({ version: 1, runs: [value] })).runs;

test("what is kept reads back as it was", () => {
  for (const runs of [[], shelf(1), shelf(MOST_RUNS)]) assert.deepEqual(shelfOf(textOf(runs)), { runs, problem: "" });
});

test("before anything is kept the shelf is empty and nothing is wrong", () => {
  assert.deepEqual(shelfOf(null), { runs: [], problem: "" });
});

test("whatever stands there instead is no shelf, and is not taken for an empty one", () => {
  for (const text of ["", "{", "null", "7", "[]", "{}", '{"version":1}', '{"version":1,"runs":{}}']) {
    assert.deepEqual(shelfOf(text), { runs: [], problem: UNREADABLE }, text);
  }
  assert.deepEqual(shelfOf('{"version":2,"shelf":[]}'), { runs: [], problem: NEWER });
});

test("what is no run is passed over, and the others stay", () => {
  const bad = [
    null, 7, "run", [], {}, run(1, { id: 1 }), run(1, { id: "" }), run(1, { name: {} }), run(1, { link: "https://else.example/" }),
    run(1, { link: "javascript:alert(1)" }), run(1, { link: `?${"x".repeat(LONGEST_LINK)}` }),
  ];
  const text = JSON.stringify({ version: 1, runs: [run(0), ...bad, run(2)] });
  assert.deepEqual(shelfOf(text).runs.map(({ id }) => id), ["id0", "id2"]);
});

test("of a run what cannot be so is left out", () => {
  const figures = { part: "Test", loss: "0.1", accuracy: Infinity };
  const [found] = reread(run(1, { epoch: -1, figures, picture: "data:image/svg+xml;base64,AAAA", kept: "yesterday" }));
  assert.deepEqual([found.epoch, found.figures, found.picture, found.kept], [null, { part: "Test", loss: null, accuracy: null }, "", ""]);
  assert.equal(reread(run(1, { figures: { part: "<b>", loss: 1, accuracy: 1 } }))[0].figures, null);
  assert.equal(reread(run(1, { picture: `${PICTURE}${"A".repeat(5000)}` }))[0].picture, "");
});

test("no run is there twice, by its link or by its name", () => {
  const twice = [run(0), run(1, { link: "?seed=0" }), run(2, { id: "id0" }), run(3, { name: "Run 0" })];
  assert.deepEqual(shelfOf(textOf(twice)).runs.map(({ name }) => name), ["Run 0", "Run 0 (2)"]);
});

test("a run comes last, under a name of its own", () => {
  const { runs, run: kept, again, problem } = keep(shelf(2), { name: "Run 1" });
  assert.deepEqual(runs.map(({ name }) => name), ["Run 0", "Run 1", "Run 1 (2)"]);
  assert.deepEqual([kept.id, again, problem], ["new", false, ""]);
});

test("a link that is kept again stays in its place under its name, with what is new of it", () => {
  const { runs, again } = keep(shelf(3), { link: "?seed=1", epoch: 70 });
  assert.equal(again, true);
  assert.deepEqual(runs.map(({ id, name, epoch }) => [id, name, epoch]), [["id0", "Run 0", 0], ["id1", "Run 1", 70], ["id2", "Run 2", 2]]);
});

test("a full shelf says the rule and the number, and what is on it may still be kept again", () => {
  const full = shelf(MOST_RUNS);
  const { runs, problem } = keep(full, {});
  assert.equal(problem, FULL);
  assert.match(problem, /at most 50 runs\. Got 51/);
  assert.equal(runs, full);
  assert.equal(keep(full, { link: "?seed=1" }).problem, "");
});

test("names are one line of at most 60 characters, cut between characters", () => {
  assert.equal(uniqueName(" a\n\tb\u0007 ", []), "a b");
  const long = uniqueName("😀".repeat(100), []);
  assert.deepEqual([[...long].length, [...long].at(-1), long.isWellFormed()], [LONGEST_NAME, "…", true]);
  const other = uniqueName("😀".repeat(100), [{ name: long }]);
  assert.equal([...other].length, LONGEST_NAME);
  assert.ok(other.endsWith("… (2)"));
});

test("a new name is unique too, and no run but that one has another", () => {
  const runs = renamed(shelf(3), "id1", "  Run 2 ");
  assert.deepEqual(runs.map(({ name }) => name), ["Run 0", "Run 2 (2)", "Run 2"]);
  assert.deepEqual(renamed(runs, "id1", "Run 2 (2)"), runs);
});

test("a name that is none, or too long, is refused by the rule and the number", () => {
  assert.equal(refusalOf("  "), "A name must have 1 to 60 characters. Got 0.");
  assert.equal(refusalOf("x".repeat(61)), "A name must have 1 to 60 characters. Got 61.");
  assert.deepEqual(["x", "😀".repeat(60)].map(refusalOf), ["", ""]);
});

test("a run that was removed comes back to its place, unless it was kept again or there is no room", () => {
  const runs = shelf(3);
  for (const at of [0, 1, 2]) assert.deepEqual(restored(without(runs, `id${at}`), runs[at], at), { runs, problem: "" });
  assert.deepEqual(restored(runs, { ...runs[1], id: "old" }, 1), { runs, problem: "" });
  const full = shelf(MOST_RUNS);
  assert.deepEqual(restored(full, run(999), 0), { runs: full, problem: FULL });
});
