import assert from "node:assert/strict";
import { test } from "node:test";

const room = "../../playground/ui/static/room";
const { answeredWords, barRows, chosenBars, keyOf, titleOf } = await import(`${room}/seats/bar_rows.js`);
const { tilesIn } = await import(`${room}/seats/tile_layout.js`);
const { rowsOf } = await import(`${room}/teacher/csv_rows.js`);
const { between, shownSeats } = await import(`${room}/teacher/seat_order.js`);
const { figuresOf, headCount, noteOf, questionWords, saidOf, sentTo, sentWords, stepOf, verdictsOf } = await import(`${room}/teacher/seat_words.js`);
const { choicesOf, lessonLink, linkOf, onTheShelf, openedFiles, shownLast } = await import(`${room}/teacher/sources.js`);

const view = (seat, more = {}) => ({ seat, name: `N${seat}`, state: "connected", guest: false, step: 1, own: false, note: "", answers: [], reached: [], ...more });
const facts = (more = {}) => ({ task: "classification", best: 0.5, accuracy: 0.5, epoch: 1, stuck: "", reached: null, edited: false, state: "playing", ...more });
const order = (seats, wanted) => shownSeats(seats, { sort: "seat", filter: "all", text: "", ...wanted });

test("seats are sorted by what is asked for, and equal ones stay as they came", () => {
  const seats = [
    { view: view(1, { name: "Zed" }), facts: facts({ best: 0.7, epoch: 5 }) },
    { view: view(2, { name: "amy", state: "away" }), facts: facts({ best: 0.9, epoch: 5 }) },
    { view: view(3, { name: "Bob 10" }), facts: null },
    { view: view(4, { name: "Bob 9" }), facts: facts({ best: 0.7, epoch: 9, stuck: "It does not move." }) },
  ];
  assert.deepEqual(order(seats), [1, 2, 3, 4]);
  assert.deepEqual(order(seats, { sort: "name" }), [2, 4, 3, 1]);
  assert.deepEqual(order(seats, { sort: "accuracy" }), [2, 1, 4, 3]);
  assert.deepEqual(order(seats, { sort: "epoch" }), [4, 1, 2, 3]);
  assert.deepEqual(order(seats, { sort: "away" }), [2, 1, 3, 4]);
  assert.deepEqual(order(seats, { sort: "stuck" }), [4, 1, 2, 3]);
  assert.deepEqual(order(seats.toReversed(), { sort: "accuracy" }), [2, 1, 4, 3]);
});

test("the least loss is the best, and is never compared with an accuracy", () => {
  const loss = (best) => facts({ task: "regression", best });
  const seats = [loss(0.3), facts({ best: 0.1 }), loss(0.02), facts({ best: 0.99 })].map((each, i) => ({ view: view(i + 1), facts: each }));
  assert.deepEqual(order(seats, { sort: "accuracy" }), [4, 2, 3, 1]);
});

test("seats are filtered, and who waits to be let in stands first", () => {
  const seats = [
    { view: view(1), facts: facts({ reached: true }) }, { view: view(2, { state: "away" }), facts: facts({ stuck: "x" }) },
    { view: view(3, { state: "waiting" }), facts: null }, { view: view(4), facts: null },
  ];
  assert.deepEqual(order(seats), [3, 1, 2, 4]);
  assert.deepEqual(order(seats, { filter: "stuck" }), [2]);
  assert.deepEqual(order(seats, { filter: "away" }), [2]);
  assert.deepEqual(order(seats, { filter: "not_reached" }), [2, 4]);
  assert.deepEqual(order(seats, { filter: "waiting" }), [3]);
  assert.deepEqual(order(seats, { text: " n4 " }), [4]);
  assert.deepEqual(order(seats, { sort: "no such", filter: "no such" }), [3, 1, 2, 4]);
});

test("Shift takes all from one to the other, in the order shown", () => {
  assert.deepEqual(between([5, 1, 4, 2], 4, 5), [5, 1, 4]);
  assert.deepEqual(between([5, 1, 4, 2], 1, 2), [1, 4, 2]);
  assert.deepEqual(between([5, 1], 9, 1), [1]);
});

test("tiles are as large as all have room, and scroll where they would be too small", () => {
  const limits = { least: 112, most: 240, words: 76, beside: 10, picture: 50, gap: 6 };
  for (const [box, count] of [[{ width: 1240, height: 540 }, 30], [{ width: 992, height: 540 }, 30], [{ width: 1400, height: 800 }, 60], [{ width: 1240, height: 540 }, 1]]) {
    const { columns, width, height, picture } = tilesIn(box, count, limits);
    const rows = Math.ceil(count / columns);
    assert.ok(columns * width + 6 * (columns - 1) <= box.width && rows * height + 6 * (rows - 1) <= box.height, `${count}`);
    assert.ok(width >= limits.least && width <= limits.most && picture >= limits.picture);
    for (let other = 1; other <= 20; other += 1) { // nothing else is larger: tried one by one
      const across = Math.min(limits.most, Math.floor((box.width - 6 * (other - 1)) / other));
      const down = Math.floor((box.height - 6 * (Math.ceil(count / other) - 1)) / Math.ceil(count / other));
      if (across >= limits.least) assert.ok(Math.min(across - 10, down - 76) <= picture);
    }
  }
  const crowded = tilesIn({ width: 400, height: 300 }, 60, limits);
  assert.deepEqual([crowded.columns, crowded.picture], [3, 50]);
});

test("bars are shares of the longest, before and after", () => {
  const bars = { sent: 2, step: 1, title: "Which?", bars: [{ text: "a", predicted: 3, observed: 0 }, { text: "b", predicted: 1, observed: 4 }] };
  assert.deepEqual(barRows(bars).map(({ before, after }) => [before, after]), [[0.75, 0], [0.25, 1]]);
  assert.equal(answeredWords(bars), "4 answered before, 4 after.");
  assert.deepEqual(barRows({ ...bars, bars: [{ text: "a", predicted: 0, observed: 0 }] })[0], { text: "a", predicted: 0, observed: 0, before: 0, after: 0 });
  const titles = [bars, { ...bars, step: 0 }, { ...bars, title: "Step 1" }].map(titleOf);
  assert.deepEqual(titles, ["Step 1: Which?", "Which?", "Step 1"]);
});

test("the newest question that somebody has answered is shown, but for another that was chosen", () => {
  const made = (sent, step, count) => ({ sent, step, title: "", bars: [{ text: "a", predicted: count, observed: 0 }] });
  const all = [made(1, 1, 5), made(2, 1, 1), made(2, 2, 3), made(2, 3, 0)];
  assert.equal(chosenBars(all), all[2]);
  assert.equal(chosenBars(all, keyOf(all[0])), all[0]);
  assert.equal(chosenBars(all, "9 9"), all[2]);
  assert.equal(chosenBars([made(1, 1, 0), made(1, 2, 0)])?.step, 2);
  assert.equal(chosenBars([]), null);
});

test("a table of text is read back, whatever stands in its cells", () => {
  assert.deepEqual(rowsOf('a,b\r\n"x, ""y""","two\nlines"\r\n,\r\n'), [["a", "b"], ['x, "y"', "two\nlines"], ["", ""]]);
  assert.deepEqual(rowsOf("a\n1"), [["a"], ["1"]]);
  assert.deepEqual(rowsOf(""), []);
});

test("how a step stands is said once: of the one they are in by their run, of others as judged last", () => {
  const lesson = { number: 2, steps: 3 };
  const [old, now] = ["not yet, because epoch is 40, wanted at least 100", "not yet, because epoch is 90, wanted at least 100"];
  const reached = [{ sent: 2, step: 2, reached: false, sentence: old }, { sent: 1, step: 1, reached: true, sentence: "reached" }, { sent: 2, step: 1, reached: true, sentence: "reached" }];
  const said = (more, run) => verdictsOf(view(1, { reached, step: 2, ...more }), run, lesson);
  const judged = facts({ reached: false, sentence: now });
  assert.deepEqual(said({}, judged), ["Step 1: reached", `Step 2: ${now}`]);
  assert.deepEqual(said({}, facts({ reached: true, sentence: "reached" })), ["Step 1: reached", "Step 2: reached"]);
  for (const [more, run] of [[{}, null], [{}, facts({ sentence: "" })], [{ own: true }, judged], [{ step: 3 }, null]]) {
    assert.deepEqual(said(more, run), ["Step 1: reached", `Step 2, when last judged: ${old}`]);
  }
  assert.deepEqual(said({ reached: [{ sent: 2, step: 2, reached: false, sentence: "" }] }, null), ["Step 2: not yet"]);
  assert.deepEqual(verdictsOf(view(1, { reached }), judged, null), []);
});

test("who has reached their step is not stuck", () => {
  const lesson = { number: 2, steps: 3 };
  const stuck = facts({ stuck: "It stands still." });
  const noted = { reached: [{ sent: 2, step: 1, reached: true }] };
  const seats = [
    { view: view(1), facts: { ...stuck, reached: true }, sent: lesson }, { view: view(2), facts: { ...stuck, reached: false }, sent: lesson },
    { view: view(3, noted), facts: stuck, sent: lesson }, { view: view(4, { ...noted, own: true }), facts: stuck, sent: lesson },
    { view: view(5, { ...noted, step: 2 }), facts: stuck, sent: lesson },
  ];
  assert.deepEqual(seats.map((seat) => noteOf(seat.view, seat.facts, seat.sent)), ["", "stuck: It stands still.", "", "stuck: It stands still.", "stuck: It stands still."]);
  assert.deepEqual(order(seats, { filter: "stuck" }), [2, 4, 5]);
  assert.deepEqual(order(seats, { sort: "stuck" }), [2, 4, 5, 1, 3]);
  assert.deepEqual(order(seats, { filter: "not_reached" }), [2, 4, 5]);
});

test("what stands at a seat is said in words", () => {
  const lesson = { number: 2, steps: 3 };
  assert.equal(stepOf(view(1, { step: 2 }), facts({ reached: true }), lesson), "step 2 ✓");
  assert.equal(stepOf(view(1, { step: 2, reached: [{ sent: 2, step: 2, reached: true }] }), null, lesson), "step 2 ✓");
  assert.equal(stepOf(view(1, { step: 2, reached: [{ sent: 1, step: 2, reached: true }] }), null, lesson), "step 2");
  assert.equal(stepOf(view(1, { own: true }), null, lesson), "something of their own");
  const answers = [{ sent: 2, step: 1, asked: "predict", text: "a" }, { sent: 1, step: 1, asked: "observe", text: "old" }, { sent: 2, step: 2, asked: "predict", text: "b" }, { sent: 2, step: 1, asked: "predict", text: "c" }];
  assert.equal(saidOf(view(1, { answers }), lesson), "predicts: c");
  assert.equal(saidOf(view(1, { answers: [...answers, { sent: 2, step: 1, asked: "observe", text: "d" }] }), lesson), "saw: d");
  assert.equal(saidOf(view(1, { answers }), null), "");
  assert.deepEqual(["waiting", "away", "connected"].map((state) => noteOf(view(1, { state }), facts({ stuck: "No." }))), ["waits to be let in", "away", "stuck: No."]);
  assert.equal(noteOf(view(1), facts({ state: "diverged", stuck: "No." })), "diverged");
  assert.equal(figuresOf(facts({ accuracy: 0.9, best: 0.95 })).replaceAll("\u202f", " "), "90.0 %, best 95.0 %");
  assert.equal(figuresOf(facts({ task: "regression", accuracy: 0.25, best: 0.125 })), "0.2500, best 0.1250");
  assert.equal(headCount({ learners: 30, connected: 27, seats: [view(1), view(2, { state: "waiting" })] }), "27 of 30 connected, 1 waiting");
  assert.equal(sentWords({ title: "Spiral", to: [3] }, (seat) => `N${seat}`), "Sent to N3: Spiral");
  assert.equal(sentWords({ title: "Spiral", to: [3, 4] }, String), "Sent to 2 learners: Spiral");
});

test("a seat has the newest that was sent to it, whatever went to others since", () => {
  const [ready, toAll, toSome] = [{ number: 1, to: [] }, { number: 2, to: null }, { number: 3, to: [4] }];
  const history = [ready, toAll, toSome];
  assert.deepEqual([4, 5].map((seat) => sentTo(history, seat)), [toSome, toAll]);
  assert.equal(sentTo([ready], 4), null);
  const [before, after] = [{ sent: 2, step: 0, title: "Which?", bars: [] }, { sent: 3, step: 1, title: "Why?", bars: [] }];
  assert.deepEqual([before, after].map((each) => questionWords(each, [before, after], history)), ["Which? (sent to all)", "Step 1: Why? (sent to some)"]);
  assert.equal(questionWords(after, [after], history), "Step 1: Why?");
});

test("of a link that was pasted its query is sent, and what is no link of ours is refused", () => {
  const base = "https://class.example/keras/class?room=BHMPTX";
  assert.deepEqual(linkOf(" https://class.example/keras/?dataset=spiral&noise=0.1 ", base), { link: "?dataset=spiral&noise=0.1", refusal: "" });
  assert.equal(linkOf("https://class.example/keras/learn?lesson=overfitting&step=2", base).link, "?lesson=overfitting&step=2");
  assert.equal(linkOf("?rows=learning_rate:0.01|0.1", base).link, "?rows=learning_rate:0.01|0.1");
  assert.equal(linkOf("https://class.example/keras/play", base).link, "?");
  for (const other of ["https://other.example/?dataset=spiral", "javascript:alert(1)", "https://class.example/keras/class?room=X", "https://class.example/?dataset=xor", "http://[", "hello"]) {
    const { link, refusal } = linkOf(other, base);
    assert.equal(link, "", other);
    assert.match(refusal, /must be one of Play, Explore or Learn/, other);
  }
  assert.equal(linkOf("  ", base).refusal, "Paste a link first.");
});

test("what this browser knows is offered by what it is", () => {
  assert.deepEqual(shownLast({ play: "?dataset=spiral", explore: "?rows=learning_rate:0.1|1&columns=depth:1|2", learn: "?lesson=l2" }), [
    { text: "Play now: Spiral · 4, 2 Tanh · SGD 0.03", link: "?dataset=spiral" },
    { text: "Explore now: a wall by learning rate and depth", link: "?rows=learning_rate:0.1|1&columns=depth:1|2" },
    { text: "Learn now: lesson l2", link: "?lesson=l2" },
  ]);
  assert.deepEqual(onTheShelf([{ name: "Mine", link: "?noise=0.1" }]), [{ text: "Shelf: Mine", link: "?noise=0.1" }]);
  assert.deepEqual(openedFiles([{ file: "a.md", text: "A" }, { file: "b.md", text: "B" }]).map(({ lesson }) => lesson), ["B", "A"]);
  assert.equal(lessonLink("ours/l2"), "?lesson=ours%2Fl2");
  assert.deepEqual(choicesOf(" a \n\nb\na\n"), ["a", "b"]);
});
