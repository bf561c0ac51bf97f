import assert from "node:assert/strict";
import { test } from "node:test";
import {
  codeIn, heldRooms, keyIn, newRoom, newToken, roleIn, roomsOf, textOf, withAnswer, withoutRoom, withRoom,
} from "../../playground/ui/static/room/known_rooms.js";
import { keptRows } from "../../playground/ui/static/room/learner/kept_rows.js";
import { askedNow } from "../../playground/ui/static/room/learner/question.js";
import { clock, sentTitle, standing, timeLeft } from "../../playground/ui/static/room/sentences.js";
import { closesIn, isKept } from "../../playground/ui/static/room/teacher/joining_rules.js";
import { withWholeLinks } from "../../playground/ui/static/room/teacher/csv_rows.js";
import { knobGroups } from "../../playground/ui/static/room/teacher/knob_groups.js";
import { KNOBS } from "../../playground/ui/static/stage/sharing/knobs.js";
import { nextRetry } from "../../playground/ui/static/room/socket.js";
import { openSteps } from "../../playground/ui/static/web/open_steps.js";

const TOKEN = "0123456789abcdef0123456789abcdef";
const answer = (sent, text = "A") => ({ sent, step: 0, asked: "predict", text });
const rooms = (text) => roomsOf(typeof text === "string" ? text : JSON.stringify(text));

test("what is known of rooms reads back as it was", () => {
  const room = { ...newRoom(), token: TOKEN, seated: true, teacher: "k".repeat(22), place: { sent: 3, step: 2, own: true, link: "?seed=1", ownLink: "" }, unheard: [answer(3)] };
  const known = withRoom({}, "BHMPTX", () => room, 7);
  assert.deepEqual(roomsOf(textOf(known)), { BHMPTX: { ...room, at: 7 } });
  assert.deepEqual(withoutRoom(known, "BHMPTX"), {});
  assert.deepEqual(known.BHMPTX.at, 7, "what was given is left alone");
});

test("of many rooms the newest are kept", () => {
  let known = {};
  const codes = Array.from({ length: 26 }, (_, i) => `BCDFG${String.fromCharCode(65 + i)}`);
  codes.forEach((code, i) => (known = withRoom(known, code, (room) => room, i)));
  assert.deepEqual(Object.keys(roomsOf(textOf(known))).sort(), codes.slice(-20));
});

test("whatever else stands there, nothing breaks and no secret comes of it", () => {
  for (const text of [null, "", "{", "7", "null", "[]", "{}", '{"version":1}', '{"version":2,"rooms":{}}']) assert.deepEqual(roomsOf(text), {});
  const odd = { version: 1, rooms: { bhmptx: {}, BHMPTX: 3, CCCCCC: { token: "short", teacher: 7, projector: "ü".repeat(20), at: "x", place: { sent: -1, step: 0, own: 1, link: 3 }, answered: { 1: ["predict"] }, unheard: [3, null, {}, { ...answer(0) }, { ...answer(1), asked: "x" }, { ...answer(2), step: -1 }, answer(3, "x".repeat(2001)), { ...answer(4), more: 1 }] } } };
  assert.deepEqual(rooms(odd), { CCCCCC: { ...newRoom(), unheard: [answer(4)] } });
  assert.deepEqual(rooms({ version: 1, rooms: { CCCCCC: { unheard: { 1: answer(1) } } } }).CCCCCC.unheard, []);
});

test("of what is answered the last answer waits to be heard, and of many the newest", () => {
  let unheard = [];
  for (let sent = 1; sent <= 40; sent += 1) unheard = withAnswer(unheard, answer(sent));
  assert.deepEqual(unheard.map(({ sent }) => sent), Array.from({ length: 30 }, (_, i) => 11 + i));
  assert.deepEqual(withAnswer([answer(1), answer(2)], answer(1, "B")), [answer(2), answer(1, "B")]);
  assert.equal(withAnswer([answer(1)], { ...answer(1), asked: "observe" }).length, 2);
  assert.equal(withAnswer([], answer(1, "x".repeat(3000)))[0].text.length, 2000);
});

test("a page is again who it was in this tab, and else the most that its keys give", () => {
  const all = { ...newRoom(), token: TOKEN, teacher: TOKEN, projector: TOKEN };
  assert.equal(roleIn(undefined, ""), "learner");
  assert.equal(roleIn(all, ""), "teacher");
  assert.equal(roleIn(all, "projector"), "projector");
  assert.equal(roleIn(all, "learner"), "learner");
  assert.equal(roleIn({ ...newRoom(), projector: TOKEN }, ""), "projector");
  assert.equal(roleIn({ ...newRoom(), projector: TOKEN, token: TOKEN }, ""), "learner");
  assert.equal(roleIn({ ...newRoom(), token: TOKEN }, "teacher"), "learner", "a role without its key is none");
});

test("of the rooms that are known those are led back to of which there is a key or a seat, the newest first", () => {
  const room = (at, more) => ({ ...newRoom(), at, ...more });
  const known = {
    BHMPTA: room(1, { token: TOKEN, seated: true }), BHMPTB: room(3, { token: TOKEN, seated: true, teacher: TOKEN }), BHMPTC: room(4, { token: TOKEN }),
    BHMPTD: room(5, { projector: TOKEN }), BHMPTE: room(2, { teacher: TOKEN }),
  };
  const held = [{ code: "BHMPTB", role: "teacher" }, { code: "BHMPTE", role: "teacher" }, { code: "BHMPTA", role: "learner" }];
  assert.deepEqual(heldRooms(known), held);
  assert.deepEqual(heldRooms(roomsOf(textOf(known))), held);
  assert.deepEqual(heldRooms(rooms({ version: 1, rooms: { BHMPTA: { token: "short", seated: true }, BHMPTB: { token: TOKEN, seated: "yes" } } })), []);
});

test("a key is read from behind the # alone, and nothing else is one", () => {
  assert.deepEqual(keyIn(`#key=${TOKEN}`), { role: "teacher", key: TOKEN });
  assert.deepEqual(keyIn(`#projector=${TOKEN}`), { role: "projector", key: TOKEN });
  for (const hash of ["", "#", "#key=", "#key=short", `#kay=${TOKEN}`, `#key=${"x".repeat(65)}`, "#key=%00aaaaaaaaaaaaaaaaaaaa"]) assert.equal(keyIn(hash), null, hash);
});

test("tokens are 128 random bits", () => {
  const made = new Set(Array.from({ length: 200 }, newToken));
  assert.equal(made.size, 200);
  for (const token of made) assert.match(token, /^[0-9a-f]{32}$/);
});

test("a code is read as it is typed, spelled out or pasted within its link", () => {
  for (const text of ["BHMPTX", "bhm ptx", "B-H-M-P-T-X", "https://a.example/class?room=bhmptx#key=secret", "https://a.example/class?x=1&room=BHMPTX&as=guest"]) {
    assert.equal(codeIn(text), "BHMPTX", text);
  }
  assert.equal(codeIn("?room=%E0%A4%A"), "%E0%A4%A");
  assert.equal(codeIn("x".repeat(5000)).length, 100);
});

test("it tries again after 200 ms at first, and never later than two seconds", () => {
  let wait = 200;
  assert.ok(nextRetry(wait, 1).now <= 260);
  for (let i = 0; i < 30; i += 1) {
    const { now, then } = nextRetry(wait, 1);
    assert.ok(now <= 2000 && then >= wait);
    wait = then;
  }
});

test("a countdown is read as a clock, and heard in words", () => {
  assert.deepEqual([0, 0.2, 59, 60, 61.5, 3600, 3725].map(clock), ["0:00", "0:01", "0:59", "1:00", "1:02", "1:00:00", "1:02:05"]);
  assert.deepEqual([0, 1, 30, 60, 300].map(timeLeft), ["Time is up.", "1 second left.", "30 seconds left.", "1 minute left.", "5 minutes left."]);
});

test("how far a lesson is open is said where it is not open to its end", () => {
  assert.deepEqual([openSteps(1, 3), openSteps(2, 3), openSteps(3, 3), openSteps(null, 3)], ["Your teacher has opened step 1", "Your teacher has opened steps 1–2", "", ""]);
});

test("a question is asked before the run and once more when it is seen", () => {
  assert.equal(askedNow([], false), "predict");
  assert.equal(askedNow([], true), "predict");
  assert.equal(askedNow(["predict"], false), null);
  assert.equal(askedNow(["predict"], true), "observe");
  assert.equal(askedNow(["predict", "observe"], true), null);
});

test("a learner is told how they stand", () => {
  const row = { place: 2, seat: 4, name: "", text: "93 %", edited: false, mine: true };
  assert.equal(standing({ table: [{ ...row, mine: false }] }), "You have handed in nothing yet.");
  assert.equal(standing({ table: [{ ...row, place: 1, mine: false }, row] }), "You: place 2 of 2, 93 %.");
  assert.equal(sentTitle(null), "Nothing was sent yet: try what you like.");
  assert.equal(sentTitle({ title: "", kind: "wall" }), "A wall of networks");
});

const FACTS = {
  seat: 1, state: "paused", epoch: 2048, accuracy: 0.5400000214576721, best: 0.8, task: "classification", n_classes: 2, edited: false, stuck: "", reached: null, sentence: "",
  link: "?dataset=spiral", title: "Spiral", cells: 48, values: 1, lo: 0.123456789, hi: 1, ended: "",
};
const KEPT = {
  room: "BHMPTX", number: 3, name: "<b>", joined_at: 1_700_000_000, spins: 0, admitted: true, guest: false, note: "", notes: 0, step: 2,
  answers: [{ sent: 3, step: 2, asked: "predict", text: "a line", at: 1_700_000_000 }, { sent: 1, step: 0, asked: "observe", text: "a ring", at: 1_700_000_000 }],
  reached: [{ sent: 3, step: 1, reached: true, sentence: "" }],
  scores: [{ challenge: 1, texts: { accuracy: "0.9730000000000001", epoch: "12", parameters: "33", of_seeds: "0.5,0.75", edited: "true" }, link: "?seed=1", at: 1_700_000_000 }],
  networks: { now: FACTS, best: { "0 0": { value: 0.5400000214576721, epoch: 7, link: "?", edited: false }, "3 2": { value: 2.5, epoch: 7, link: "?", edited: true } } },
};

test("what is kept is read in plain words", () => {
  const rows = Object.fromEntries(keptRows(JSON.stringify(KEPT)));
  const expected = {
    Room: "BHMPTX", "Your seat": "3", "Your name here": "<b>", "Other names that you asked for": "0", "You are let in": "yes", "You are a teacher who looks on as a learner": "no",
    "Last message from your teacher": "none", "Messages from your teacher so far": "0", "Step of the lesson": "step 2",
    "Answer 1, given to": "no. 3 of what was sent", "Answer 1, step of the lesson": "step 2", "Answer 1, given": "before it was tried", "Answer 1, words": "a line",
    "Answer 2, step of the lesson": "no step", "Answer 2, given": "after it was tried", "Step that was checked 1, reached": "yes",
    "Handed in 1, accuracy on the test points": "97.3\u202f%", "Handed in 1, accuracy with each seed": "50.0\u202f%, 75.0\u202f%", "Handed in 1, weights edited by hand": "yes",
    "Your network, now, accuracy on the test points": "54.0\u202f%", "Your network, now, epoch": "2,048", "Your network, now, reached": "not checked yet", "Your network, now, classes of the data": "2",
    "Your network, now, task": "telling classes apart", "Your network, now, picture: least value": "0.1235",
    "Your network, best, with something of your own, accuracy on the test points (predicting values: loss)": "54.0\u202f% (0.54)",
    "Your network, best, with no. 3 of what was sent, step 2, accuracy on the test points (predicting values: loss)": "loss 2.5000",
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(rows[name], value, name);
  const regression = { networks: { now: { ...FACTS, task: "regression" }, best: {} } };
  assert.deepEqual(keptRows(JSON.stringify(regression)).filter(([, value]) => value === "loss 0.5400").length, 1);
});

test("of what is kept nothing is left out, whatever it is", () => {
  const leaves = (value) => (value !== null && typeof value === "object" && Object.keys(value).length ? Object.values(value).reduce((sum, each) => sum + leaves(each), 0) : 1);
  const rows = keptRows(JSON.stringify(KEPT));
  assert.equal(rows.length, leaves(KEPT));
  assert.equal(new Set(rows.map(([name]) => name)).size, rows.length, "each has a name of its own");
  assert.ok(rows.every(([name, value]) => !name.includes("_") && value));
  assert.deepEqual(keptRows(JSON.stringify({ something_new: "x", scores: [], networks: { best: {} } })), [["Something new", "x"], ["Handed in to challenges", "none"], ["Your network, best", "none"]]);
  assert.deepEqual(keptRows("{"), [["", "{"]]);
});

test("rules are kept where the room stands as was asked, however names were spaced", () => {
  const asked = { names: "listed", listed: "Ada\n\n Grace  Hopper ", approval: true, hours: 2 };
  const view = { rules: { names: "listed", listed: ["Ada", "Grace Hopper"], approval: true, teachers: 1 }, closes_in: 7198 };
  assert.ok(isKept(asked, view));
  for (const other of [{ names: "free" }, { listed: "Ada" }, { approval: false }, { hours: 3 }]) assert.ok(!isKept({ ...asked, ...other }, view), JSON.stringify(other));
  assert.ok(isKept({ ...asked, listed: null, hours: null }, { ...view, closes_in: 10 }));
});

test("when a room closes is said by the half hour, as the field has it, and in its last hour by the minute", () => {
  for (const [seconds, words] of [[23.6 * 3600, "23.5 hours"], [24 * 3600, "24 hours"], [3600, "1 hour"], [3500, "58 minutes"], [60, "1 minute"], [0, "0 minutes"]]) {
    assert.equal(closesIn(seconds), `It closes in ${words}.`);
  }
});

test("every knob is in one group, those of the network first and those of some datasets last", () => {
  const groups = knobGroups(KNOBS);
  assert.deepEqual(groups.flatMap(([, knobs]) => knobs.map(({ name }) => name)).sort(), KNOBS.map(({ name }) => name).sort());
  const titleOf = (name) => groups.find(([, knobs]) => knobs.some((knob) => knob.name === name))[0];
  assert.deepEqual(["hidden", "output", "learning_rate", "epochs", "dataset", "noise", "gap"].map(titleOf), ["Network", "Network", "Training", "Training", "Data", "Data", "Of some datasets"]);
  assert.equal(groups[0][0], "Network");
});

test("links of a table of results are whole, and nothing else of it is another", () => {
  const csv = 'seat,name,link\r\n1,"Otter, ""B""",?dataset=spiral\r\n2,\'=1+1,?\r\n3,,\r\n4,x,javascript:alert(1)\r\n';
  assert.equal(withWholeLinks(csv, "https://a.example/base/class?room=BHMPTX#key=k"),
    'seat,name,link\r\n1,"Otter, ""B""",https://a.example/base/?dataset=spiral\r\n2,\'=1+1,https://a.example/base/?\r\n3,,\r\n4,x,javascript:alert(1)\r\n');
  assert.equal(withWholeLinks("seat,name\r\n1,?\r\n", "https://a.example/class"), "seat,name\r\n1,?\r\n");
});
