import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ ({ createElement: () => ({ getContext: () => null }) }); // theme.js asks for a pen
const { TRIAL_STATES } = await import("../../playground/ui/static/web/facts.js");
const { metricsOf } = await import("../../playground/ui/static/web/metrics.js");
const { csvOf } = await import("../../playground/ui/static/search/csv.js");
const { KnobAxis } = await import("../../playground/ui/static/search/knob_axis.js");
const { divergedOf, figuresOf, progressOf } = await import("../../playground/ui/static/search/sentences.js");
const { Trials } = await import("../../playground/ui/static/search/trials.js");

const RATE = { knob: "learning_rate", scale: "log", low: 0.001, high: 1, labels: [] };
const DEPTH = { knob: "depth", scale: "linear", low: 1, high: 4, labels: [] };
const L2 = { knob: "l2", scale: "log_with_zero", low: 1e-5, high: 0.1, labels: [] };
const NAMES = { knob: "activation", scale: "names", low: 0, high: 1, labels: ["relu", "tanh"] };
const METRICS = metricsOf("test", true);
const near = (a, b) => Math.abs(a - b) < 1e-6;

/** Two seeds a trial: trial i, seed s has the losses i + s / 2. */
function trials(states, knobs = [RATE, NAMES]) {
  const figures = states.flatMap((_, i) => [0, 1].flatMap((seed) => [i + seed / 2, 0.5, i + seed / 2, 0.25 * (seed + 1)]));
  const counts = Object.fromEntries(TRIAL_STATES.map((name) => [name, states.filter((state) => state === name).length]));
  const ended = states.length - counts.running;
  return new Trials({ run: "run", knobs, seeds: 2, trials: 200 }, { learning_rate: "Learning rate", activation: "Activation" }, {
    header: { last_epoch: ended, seconds: 38.9, counts, best: null, importance: {} },
    arrays: {
      values: { data: Float64Array.from(states.flatMap((_, i) => [0.01 * (i + 1), i % 2])) },
      states: { data: Uint8Array.from(states.map((name) => TRIAL_STATES.indexOf(name))) },
      epochs: { data: Int32Array.from(states.map((name) => (name === "running" ? 0 : 34))) },
      figures: { data: Float32Array.from(figures) },
      bests: { data: Int32Array.from(states.map(() => -1)) },
    },
  }, states.map((_, i) => `?seed=${i}`));
}

test("numbers lie by their logarithm, names evenly, and zero has a place of its own below all others", () => {
  const rate = new KnobAxis(RATE, "Learning rate");
  assert.ok(near(rate.at(0.001), 0) && near(rate.at(0.0316227766), 0.5) && near(rate.at(1), 1));
  const zero = new KnobAxis(L2, "L2");
  assert.equal(zero.at(0), 0);
  assert.ok(zero.at(1e-5) > 0.1 && near(zero.at(0.1), 1));
  assert.equal(zero.ticks[0].text, "0");
  assert.deepEqual(new KnobAxis(NAMES, "Activation").ticks, [{ at: 0.25, text: "relu" }, { at: 0.75, text: "tanh" }]);
});

test("few whole numbers are all written", () => {
  assert.deepEqual(new KnobAxis(DEPTH, "Layers").ticks.map(({ text }) => text), ["1", "2", "3", "4"]);
});

test("of several seeds there is the mean and the range, and of what has diverged nothing", () => {
  const some = trials(["complete", "diverged"]);
  const [kept, lost] = some.sums(METRICS[1]);
  assert.deepEqual([kept.mean, kept.least, kept.most, kept.count], [0.25, 0, 0.5, 2]);
  assert.equal(lost.count, 0);
  assert.ok(Number.isNaN(lost.mean));
});

test("a trial tells its settings, its figures and how it ended", () => {
  const some = trials(["complete", "pruned", "diverged", "running"]);
  assert.equal(some.settingsInWords(1), "learning rate 0.02, activation tanh");
  const look = { trials: some, metrics: METRICS, metric: METRICS[0] };
  assert.equal(figuresOf(0, look), "test accuracy 37.5\u202f% (25.0\u202f% to 50.0\u202f%), test loss 0.2500 (0.0000 to 0.5000), finished after 34 epochs");
  assert.equal(figuresOf(2, look), "diverged by epoch 34");
  assert.equal(figuresOf(3, look), "under way");
});

test("time, trials, pruned and diverged are counted, those under way apart", () => {
  const some = trials(["complete", "pruned", "pruned", "diverged", "running"]);
  assert.equal(progressOf(some, 60), "38 of 60 s, 4 trials, 2 pruned, 1 diverged");
  assert.equal(progressOf(some, 30), "30 of 30 s, 4 trials, 2 pruned, 1 diverged");
  assert.equal(divergedOf(some), "1 of 4 diverged");
  assert.equal(divergedOf(trials(["complete"])), "");
});

test("the table of text has a row for each seed of each trial", () => {
  const lines = csvOf(trials(["complete", "diverged"])).trim().split("\r\n");
  assert.equal(lines[0], "trial,learning_rate,activation,state,epoch,seed_of_trial,loss,accuracy,val_loss,val_accuracy,link");
  assert.equal(lines[2], "1,0.01,relu,finished,34,2,0.5,0.5,0.5,0.5,?seed=0");
  assert.equal(lines.length, 5);
});
