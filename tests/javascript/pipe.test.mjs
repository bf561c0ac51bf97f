// The page's end of the live channel in turns.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

globalThis.document = { hidden: false, baseURI: "http://localhost/app/" };
const { pipe, PipedSocket } = await import("../../playground/ui/static/web/pipe.js");
const { addressOf, way } = await import("../../playground/ui/static/web/way.js");

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => {
  for (const socket of pipe.sockets.values()) pipe.forget(socket);
  mock.timers.reset();
});

/** A component that hears what is asked of Python, and answers as Streamlit does: with the newest data alone. */
function attached() {
  const asked = [];
  const end = {};
  const component = (answer) => ({ data: { answer }, setTriggerValue: (_, value) => asked.push(value.exchange) });
  way.attach(end, component(""));
  return { asked, answer: (answer) => way.attach(end, component(JSON.stringify(answer))) };
}

const packed = (text) => Buffer.from(text).toString("base64");
const heard = (more) => ({ heard: 0, first: 0, messages: [], code: null, ...more });

function opened() {
  const socket = new PipedSocket("token");
  const seen = [];
  socket.onopen = () => seen.push("open");
  socket.onmessage = ({ data }) => seen.push(new TextDecoder().decode(data));
  socket.onclose = ({ code }) => seen.push(code);
  return { socket, seen };
}

test("what the server may not have heard is said again, and what it says is heard once", () => {
  const { asked, answer } = attached();
  const { socket, seen } = opened();
  socket.send("one");
  mock.timers.tick(0);
  assert.deepEqual(asked.map((each) => each.channels[socket.name].texts), [["one"]]);
  mock.timers.tick(2000); // the turn was lost
  assert.deepEqual(asked[1].channels[socket.name], { token: "token", first: 0, heard: 0, texts: ["one"], ended: false });
  answer({ number: 2, channels: { [socket.name]: heard({ heard: 1, messages: [packed("hello"), packed("frame 1")] }) } });
  assert.deepEqual(seen, ["open", "hello", "frame 1"]);
  socket.send("two");
  mock.timers.tick(0);
  assert.deepEqual(asked[2].channels[socket.name], { token: "token", first: 1, heard: 2, texts: ["two"], ended: false });
  answer({ number: 3, channels: { [socket.name]: heard({ heard: 2, first: 1, messages: [packed("frame 1"), packed("frame 2")] }) } });
  assert.deepEqual(seen.slice(3), ["frame 2"]);
  answer({ number: 4, channels: { [socket.name]: heard({ heard: 2, first: 3, code: 4404 }) } });
  assert.deepEqual(seen.slice(4), [4404]);
  assert.equal(socket.readyState, WebSocket.CLOSED);
  mock.timers.tick(60_000);
  assert.equal(asked.length, 3); // nobody has anything to say
});

test("a channel that is left is said to be, once, and hears nothing more", () => {
  const { asked, answer } = attached();
  const { socket, seen } = opened();
  mock.timers.tick(0);
  socket.close();
  const { number } = asked.at(-1);
  answer({ number, channels: { [socket.name]: heard({ messages: [packed("late")] }) } });
  mock.timers.tick(100);
  assert.equal(asked.at(-1).channels[socket.name].ended, true);
  answer({ number: asked.at(-1).number, channels: { [socket.name]: heard() } });
  mock.timers.tick(60_000);
  assert.deepEqual(seen, []);
  assert.equal(pipe.sockets.size, 0);
});

test("while nothing is said turns become rare, and a press is said at once", () => {
  const { asked, answer } = attached();
  const { socket } = opened();
  mock.timers.tick(0);
  const turns = (milliseconds) => {
    const before = asked.length;
    for (let passed = 0; passed < milliseconds; passed += 10) {
      const { number } = asked.at(-1);
      answer({ number, channels: { [socket.name]: heard({ heard: socket.first + socket.texts.length }) } });
      mock.timers.tick(10);
    }
    return asked.length - before;
  };
  turns(2000);
  assert.ok(turns(3000) <= 11);
  const before = asked.length;
  socket.send("pause");
  mock.timers.tick(0);
  assert.equal(asked.length, before + 1);
  socket.end(1000);
});

test("who leaves the page ends all its channels on the way", () => {
  const { asked } = attached();
  const { socket } = opened();
  pipe.leave();
  assert.equal(asked.at(-1).channels[socket.name].ended, true);
});

test("the address of a live channel is relative to the page, or names Streamlit's connection", async () => {
  assert.equal(addressOf("_playground/live/Abc"), "ws://localhost/app/_playground/live/Abc");
  assert.equal(addressOf("streamlit:Abc"), "streamlit:Abc");
  assert.equal((await way.connectionTo("streamlit:Abc")).token, "Abc");
});
