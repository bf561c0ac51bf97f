import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ ({ createElement: () => ({ getContext: () => null }) }); // theme.js asks for a pen
const { FIGURES } = await import("../../playground/ui/static/web/facts.js");
const { AxisScale } = await import("../../playground/ui/static/web/axis_scale.js");
const { bandsOf } = await import("../../playground/ui/static/wall/bands.js");
const { ColorScale } = await import("../../playground/ui/static/web/color_scale.js");
const { csvOf } = await import("../../playground/ui/static/wall/csv.js");
const { changeOf, differences } = await import("../../playground/ui/static/wall/differences.js");
const { bordersOf, differenceOf, finer, whyNone } = await import("../../playground/ui/static/wall/difference.js");
const { wordsOf } = await import("../../playground/ui/static/wall/differ_line.js");
const { heldApart, heldWords } = await import("../../playground/ui/static/wall/held_line.js");
const { FigureStore } = await import("../../playground/ui/static/wall/figure_store.js");
const { hiddenBy } = await import("../../playground/ui/static/wall/filter.js");
const { heightOf, layoutOf } = await import("../../playground/ui/static/wall/grid_layout.js");
const { banded, rangeOf, thinned } = await import("../../playground/ui/static/web/lines.js");
const { Luck } = await import("../../playground/ui/static/wall/luck.js");
const { metricsOf } = await import("../../playground/ui/static/web/metrics.js");
const { sorted } = await import("../../playground/ui/static/web/ordering.js");
const { Plan } = await import("../../playground/ui/static/wall/plan.js");
const { Results } = await import("../../playground/ui/static/wall/results.js");
const { Selection } = await import("../../playground/ui/static/web/selection.js");

const RATES = { knob: "learning_rate", scale: "log", labels: ["0.01", "0.1", "1"], positions: [-2, -1, 0] };
const DEPTHS = { knob: "depth", scale: "linear", labels: ["1", "2"], positions: [1, 2] };
const TITLES = { learning_rate: "Learning rate", l2: "L2" };

/** A wall over some axes; its networks' links are their numbers. */
function plan({ rows = null, columns = null, seeds = 1, differences = [], names = [] } = {}) {
  const cells = (rows?.labels.length ?? 1) * (columns?.labels.length ?? 1);
  const cell = { dataset: "circle", task: "classification", n_classes: 2, values: 1, watched: "Test", epochs: 9, x1: [-6, 6], x2: [-6, 6], axes: ["x1", "x2"], held: "", summary: "2 → 1" };
  const links = Array.from({ length: cells * seeds }, (_, i) => `?seed=${i}`);
  return new Plan({ run: "run", networks: cells * seeds, seeds, rows, columns, differences, cells: Array(cells).fill(cell), links, epochs: 9 }, TITLES, names);
}

/** Results at an epoch: network i has the loss i + epoch / 10; `ended` says which have ended, and when. */
function results(of, epoch, ended = {}) {
  const store = new FigureStore(of.networks);
  const rows = [];
  for (let e = 0; e <= epoch; e += 1) for (let i = 0; i < of.networks; i += 1) rows.push(i + e / 10, 0.5, i + e / 10 + 0.25, 0.5);
  store.place(0, Float32Array.from(rows));
  const made = new Results(of, store);
  made.take({
    header: { epoch },
    arrays: {
      ended: { data: Uint8Array.from({ length: of.networks }, (_, i) => ended[i]?.end ?? 0) },
      epochs_of: { data: Int32Array.from({ length: of.networks }, (_, i) => ended[i]?.at ?? epoch) },
    },
  });
  return made;
}

const [accuracy, valLoss, loss, , gap] = metricsOf("Test", true);
const diverged = (at) => ({ end: 3, at });
const near = (a, b) => Math.abs(a - b) < 1e-6;

test("figures that come in parts are put together, and are cut where newer ones begin", () => {
  const store = new FigureStore(2);
  const epochs = (from, to) => Float32Array.from({ length: (to - from) * 8 }, (_, i) => from + Math.floor(i / 8));
  store.place(0, epochs(0, 100));
  store.place(100, epochs(100, 150));
  assert.deepEqual([store.length, store.at(149, 1, FIGURES.val_loss), store.at(7, 0, FIGURES.loss)], [150, 149, 7]);
  store.place(0, epochs(0, 1));
  assert.deepEqual([store.length, store.at(7, 0, 0)], [1, NaN]);
});

test("a network that has ended keeps the figures of its last epoch, and one that diverged has none", () => {
  const of = plan({ columns: RATES });
  const made = results(of, 5, { 1: { end: 2, at: 3 }, 2: diverged(4) });
  assert.ok(near(made.of(0, loss), 0.5) && near(made.of(1, loss), 1.3));
  assert.ok(Number.isNaN(made.of(2, loss)));
  assert.deepEqual([made.noteOf(2), made.noteOf(1), made.endOf(1), made.diverged], ["diverged at epoch 4", "", "stopped early", 1]);
});

test("of several seeds those that diverged do not count in the mean", () => {
  const of = plan({ columns: RATES, seeds: 2 });
  const made = results(of, 0, { 0: diverged(0), 2: diverged(7), 3: diverged(2) });
  const sums = made.cells(loss);
  assert.deepEqual(sums.map(({ count }) => count), [1, 0, 2]);
  assert.deepEqual([sums[0].mean, sums[2].mean, sums[2].least, sums[2].most], [1, 4.5, 4, 5]);
  assert.deepEqual([made.noteOf(0), made.noteOf(1)], ["1 of 2 seeds diverged at epoch 0", "all seeds diverged at epoch 2"]);
  assert.deepEqual([made.isLost(0), made.isLost(1)], [false, true]);
});

test("a gap is what the loss of the part watched is above that of training", () => {
  assert.ok(near(results(plan({ columns: RATES }), 2).of(1, gap), 0.25));
  assert.deepEqual([gap.format(0.25), gap.format(-0.25)], ["+0.2500", "\u22120.2500"]);
});

test("the best has the brightest colour, whether more or less is better, and what is no number has none", () => {
  const scale = new ColorScale(valLoss, [0.02, 0.3, NaN]);
  assert.deepEqual([scale.lo, scale.hi].map((value) => value.toFixed(3)), ["0.020", "0.500"]);
  assert.deepEqual([scale.share(0.02), scale.share(0.5), scale.share(9)], [1, 0, 0]);
  assert.deepEqual([scale.color(0.02), scale.color(0.5), scale.color(NaN)], ["rgb(253,231,37)", "rgb(68,1,84)", ""]);
  assert.deepEqual(new ColorScale(accuracy, [0.51, 0.97]).ends, [0.5, 1]);
});

test("one value far off leaves the colours to the others", () => {
  const usual = Array.from({ length: 40 }, (_, i) => 0.1 + i / 100);
  assert.ok(new ColorScale(valLoss, [...usual, 1e20]).hi < 1000);
  assert.ok(new ColorScale(gap, [...usual, 1e20]).hi < 10);
});

test("a scale of nothing, of one value and of equal ones can be drawn", () => {
  for (const metric of [accuracy, valLoss, gap]) {
    for (const values of [[], [0.5], [0.5, 0.5], [0, 0], [NaN]]) {
      const scale = new ColorScale(metric, values);
      assert.ok(scale.hi > scale.lo && Number.isFinite(scale.share(0.5)), `${metric.name} of ${values}`);
    }
  }
});

test("thinned curves keep a spike one epoch wide, and those that are short are kept whole", () => {
  const { x, y } = thinned((epoch) => (epoch === 4321 ? 9 : 1), 9999, 400);
  assert.ok(x.length <= 400);
  assert.equal(x[y.indexOf(9)], 4321);
  assert.ok(x.every((epoch, i) => i === 0 || epoch >= x[i - 1]));
  assert.deepEqual([...thinned((epoch) => 2 * epoch, 3, 400).y], [0, 2, 4, 6]);
});

test("a band is median and range, without those that have no number", () => {
  const reads = [1, 5, 2, NaN].map((value) => () => value);
  const { x, y, least, most } = banded(reads, 100, 11);
  assert.deepEqual([x.length, x[0], x[10]], [11, 0, 100]);
  assert.deepEqual([least[3], y[3], most[3]], [1, 2, 5]);
  assert.deepEqual([...banded([() => NaN], 0, 5).y], [NaN]);
});

test("a few lines that lie far above the others do not flatten them", () => {
  const lines = Array.from({ length: 50 }, (_, i) => ({ x: Float64Array.of(0, 1), y: Float64Array.of(0.5, 0.1 + i / 1000) }));
  assert.ok(rangeOf([...lines, { x: Float64Array.of(0), y: Float64Array.of(1e9) }], true)[1] < 2);
  assert.ok(rangeOf([...lines, { x: Float64Array.of(0), y: Float64Array.of(2) }], false)[1] > 2);
  assert.deepEqual(rangeOf([], true), [0.01, 1]);
});

test("values stand apart as on their scale, and evenly where that leaves one no room", () => {
  const middles = (axis) => bandsOf(axis).map(({ middle }) => Number(middle.toFixed(3)));
  assert.deepEqual(middles(RATES), [0.167, 0.5, 0.833]);
  assert.deepEqual(middles({ ...RATES, positions: [-2, -1, 1] }), [0.111, 0.333, 0.778]);
  assert.deepEqual(middles({ ...RATES, positions: [0, -1, -2] }), [0.833, 0.5, 0.167]);
  assert.deepEqual(middles({ ...RATES, positions: [1, 2, 5000] }), [0.167, 0.5, 0.833]);
  assert.deepEqual(middles({ ...DEPTHS, labels: ["1"], positions: [1] }), [0.5]);
});

test("ticks of a logarithmic axis are powers of ten, and finer where it is short", () => {
  const texts = (lo, hi) => new AxisScale(lo, hi, true).ticks(6).map(({ text }) => text);
  assert.deepEqual(texts(0.00009, 1.2), ["1e\u22124", "0.001", "0.01", "0.1", "1"]);
  assert.deepEqual(texts(0.09, 1.2), ["0.1", "0.2", "0.5", "1"]);
  assert.ok(texts(0.21, 0.45).length >= 2);
});

test("what has no number comes last, whichever way it is sorted", () => {
  assert.deepEqual(sorted([3, NaN, 1, 2], false), [2, 3, 0, 1]);
  assert.deepEqual(sorted([3, NaN, 1, 2], true), [0, 3, 2, 1]);
  assert.deepEqual(sorted(["b10", "b9", ""], false), [2, 1, 0]);
});

test("what differs between cells is told apart from what does not", () => {
  const of = plan({ rows: DEPTHS, columns: RATES });
  assert.deepEqual(differences(of, [1]), { same: "", each: ["depth 1, learning rate 0.1"] });
  assert.deepEqual(differences(of, [0, 2]), { same: "depth 1", each: ["Learning rate 0.01", "Learning rate 1"] });
  assert.deepEqual(differences(of, [0, 4]).each, ["depth 1, Learning rate 0.01", "depth 2, Learning rate 0.1"]);
});

test("names begin small within a sentence, but for those that are written so", () => {
  const of = plan({ columns: { ...RATES, knob: "l2" }, seeds: 2 });
  assert.equal(of.nameOf(1), "L2 0.1");
  assert.equal(of.nameOfNetwork(3), "L2 0.1, seed 2 of 2");
  assert.equal(plan({ seeds: 20 }).nameOf(0), "20 seeds");
});

test("a cell is hidden for its figure or because it diverged, each when asked", () => {
  const made = results(plan({ columns: RATES }), 0, { 2: diverged(0) });
  assert.deepEqual([...hiddenBy({ diverged: false, bound: null }, made, loss)], []);
  assert.deepEqual([...hiddenBy({ diverged: true, bound: null }, made, loss)], [2]);
  assert.deepEqual([...hiddenBy({ diverged: false, bound: 0.5 }, made, loss)], [1]);
  assert.deepEqual([...hiddenBy({ diverged: false, bound: 0.6 }, made, accuracy)], [0, 1]);
});

test("a pick takes the least number that is free", () => {
  const selection = new Selection();
  [7, 8, 9].forEach((cell) => selection.toggle(cell));
  selection.toggle(8);
  selection.toggle(5);
  assert.deepEqual([...selection.picked], [[7, 1], [9, 3], [5, 2]]);
  assert.equal(selection.colorOf(8, false), "");
  assert.notEqual(selection.colorOf(5, false), selection.colorOf(9, false));
});

test("the text of a download has a row for each network and quotes what needs it", () => {
  const of = plan({ rows: { ...DEPTHS, labels: ["8,8", "4"], knob: "hidden", scale: "names" }, seeds: 2 });
  const lines = csvOf(of, results(of, 1, { 3: diverged(1) }), false).split("\r\n");
  assert.equal(lines[0], "network,hidden,seed_of_cell,epoch,loss,accuracy,val_loss,val_accuracy,ended,name,link");
  assert.equal(lines[1], '1,"8,8",1,1,0.1,0.5,0.35,0.5,,"hidden 8,8, seed 1 of 2",?seed=0');
  assert.match(lines[4], /,diverged,/);
  assert.equal(lines.length, 6);
  assert.equal(csvOf(of, results(of, 1), true).split("\r\n").length, 10);
});

test("cells are as large as their box allows, with as much text as has room", () => {
  const box = { width: 700, height: 600 };
  const few = layoutOf(box, plan({ rows: DEPTHS, columns: RATES }));
  assert.deepEqual([few.columns, few.rows, few.lines], [3, 2, 2]);
  assert.ok(few.size > 200 && few.columns * few.size + few.left <= box.width);
  const many = { labels: Array.from({ length: 16 }, (_, i) => String(i)), positions: [], knob: "a", scale: "names" };
  const most = layoutOf(box, plan({ rows: many, columns: many }));
  assert.deepEqual([most.lines, most.rows], [0, 16]);
  assert.ok(most.size >= 32 && heightOf(most, 0) <= box.height);
});

test("cells of one axis flow so that they are largest, and all have a place", () => {
  const eleven = { labels: Array.from({ length: 11 }, (_, i) => String(i)), positions: [], knob: "a", scale: "names" };
  const { columns, rows, size } = layoutOf({ width: 700, height: 600 }, plan({ columns: eleven }));
  assert.ok(columns * rows >= 11 && (rows - 1) * columns < 11 && size > 120);
});

test("luck counts the seeds that have come to a goal by an epoch, and the median of when they were there first", () => {
  const of = plan({ seeds: 5 });
  const store = new FigureStore(5);
  // Seed i has the goal from epoch i on, but for the last, which never has it, and seed 1, which loses it again.
  const accuracy = (epoch, i) => (i < 4 && epoch >= i && !(i === 1 && epoch > 1) ? 0.95 : 0.9);
  const epochs = (from, to) => {
    const rows = [];
    for (let e = from; e <= to; e += 1) for (let i = 0; i < 5; i += 1) rows.push(1, 1, 1, accuracy(e, i));
    store.place(from, Float32Array.from(rows));
  };
  const luck = new Luck(of, store, 0, 0.95);
  epochs(0, 2);
  assert.deepEqual(luck.at(2), { reached: 3, of: 5, median: 1 });
  epochs(3, 6);
  assert.deepEqual(luck.at(6), { reached: 4, of: 5, median: 1 });
  assert.equal(luck.sentence(1), "Reached 95 % in 2 of 5, median at epoch 0");
  store.place(0, Float32Array.from({ length: 20 }, () => 0.5)); // rewound
  assert.equal(luck.sentence(6), "Reached 95 % in 0 of 5");
});

const RUNS = { knob: "run", scale: "names", labels: ["a", "b", "c"], positions: [0, 1, 2] };
const OF_RUNS = { columns: RUNS, differences: [{ axis: RATES, at: [0, 1, 1] }, { axis: { ...DEPTHS, knob: "l2" }, at: [-1, 0, 1] }] };

test("a run has a name, and beside it what is its own, where that is not its name already", () => {
  const of = plan({ ...OF_RUNS, names: ["slow", "b", "fast"] });
  assert.deepEqual([of.nameOf(0), of.headingOf(0), of.headingOf(2)], ["slow", ["slow", "Learning rate 0.01"], ["fast", "Learning rate 0.1, L2 2"]]);
  assert.deepEqual([plan(OF_RUNS).headingOf(1), plan(OF_RUNS).headingLines, of.headingLines], [["b"], 1, 2]);
  assert.deepEqual(plan({ ...OF_RUNS, names: ["of", "another"] }).nameOf(2), "c", "names of other runs are not these'");
});

test("of two runs it is said what becomes what, of more what is not the same", () => {
  const of = plan(OF_RUNS);
  assert.equal(changeOf(of, 0, 2), "learning rate 0.01 \u2192 0.1, L2 \u2013 \u2192 2");
  assert.equal(wordsOf(of), "They differ in learning rate, L2");
  const two = plan({ columns: { ...RUNS, labels: ["a", "b"], positions: [0, 1] }, differences: [{ axis: RATES, at: [0, 2] }] });
  assert.equal(wordsOf(two), "learning rate 0.01 \u2192 1");
  assert.equal(wordsOf(plan({ columns: RATES })), "");
  assert.deepEqual(differences(of, [0, 2]), { same: changeOf(of, 0, 2), each: ["a", "c"] });
  assert.deepEqual(differences(of, [2, 1, 0]), { same: "", each: ["c", "b", "a"] });
});

test("a download of a comparison has a column for each knob that differs, empty where it makes no difference", () => {
  const lines = csvOf(plan(OF_RUNS), results(plan(OF_RUNS), 1), false).split("\r\n");
  assert.match(lines[0], /^network,run,learning_rate,l2,epoch/);
  assert.match(lines[1], /^1,a,0.01,,1,/);
});

test("a name that a link brought is no formula in a download", () => {
  const lines = csvOf(plan({ ...OF_RUNS, names: ["=1+1", "b", "+2"] }), results(plan(OF_RUNS), 1), false).split("\r\n");
  assert.match(lines[1], /^1,'=1\+1,.*,'=1\+1,/);
  assert.match(lines[3], /^3,\+2,.*,\+2,/);
});

const CELL = { dataset: "xor", task: "classification", n_classes: 2, values: 1, x1: [-6, 6], x2: [-6, 6] };
const seen = (map, cell = CELL, lo = 0, hi = 1) => ({ map: Uint8Array.from(map), lo, hi, cell });

test("two networks disagree where they call another class, however sure they are", () => {
  const found = differenceOf(seen([0, 127, 128, 255]), seen([127, 128, 255, 0]), 2);
  assert.deepEqual([[...found.marks], found.share], [[0, 255, 0, 255], 0.5]);
  const units = { ...CELL, values: 2 };
  assert.equal(differenceOf(seen([0, 0, 255, 255]), seen([255, 255, 0, 0, 0, 0, 255, 255], units), 2).share, 0, "two units say what one says");
  const three = { ...CELL, n_classes: 3, values: 3 };
  assert.equal(differenceOf(seen([9, 1, 1], three), seen([1, 1, 9], three), 1).share, 1);
});

test("two regressions are as far apart as their values, each on its own scale", () => {
  const hills = { ...CELL, task: "regression", n_classes: 0 };
  const { marks, mean, most, share } = differenceOf(seen([0, 255, 255, 255], hills, -1, 1), seen([255, 255, 255, 255], hills, -3, 3), 2);
  assert.ok(near(most, 4) && near(mean, (4 + 3 * 2) / 4) && Number.isNaN(share));
  assert.deepEqual([...marks], [255, 128, 128, 128]);
  assert.deepEqual([...differenceOf(seen([9, 9, 9, 9], hills), seen([9, 9, 9, 9], hills), 2).marks], [0, 0, 0, 0]);
});

test("cells of other data, tasks, classes or parts of the plane have no map, and it is said why", () => {
  assert.equal(whyNone(CELL, { ...CELL, values: 2 }), "");
  for (const [other, word] of [[{ task: "regression" }, /height/], [{ dataset: "moons" }, /xor and moons/], [{ n_classes: 3 }, /2 and 3 classes/], [{ x1: [-1, 1] }, /different parts/]]) {
    assert.match(whyNone(CELL, { ...CELL, ...other }), word);
    assert.match(whyNone(CELL, { ...CELL, ...other }), /\.$/);
  }
});

test("a finer map is linear between the points, which stay what they are", () => {
  const fine = finer(Uint8Array.from([0, 90, 90, 180, 10, 10, 10, 10]), 2, 3);
  assert.deepEqual([...fine.subarray(0, 12)], [0, 0, 30, 60, 90, 90, 0, 0, 30, 60, 90, 90]);
  assert.ok(fine.subarray(36).every((value) => value === 10) && fine.length === 72);
  for (const [row, column, value] of [[1, 1, 0], [1, 4, 90], [4, 4, 180]]) assert.equal(fine[6 * row + column], value);
});

test("borders lie between points of different classes", () => {
  assert.deepEqual(bordersOf(Uint8Array.from([0, 1, 0, 1]), 2), [1, 0, 1, 1, 1, 1, 1, 2]);
  assert.deepEqual(bordersOf(Uint8Array.from([0, 0, 1, 1]), 2), [0, 1, 1, 1, 1, 1, 2, 1]);
  assert.deepEqual(bordersOf(new Uint8Array(9), 3), []);
});

test("what is held fixed is said once of all cells, or of each where it is not the same", () => {
  const held = (...each) => Object.assign(plan({ columns: RATES }), { cells: each.map((held) => ({ held, axes: ["width", "length"] })) });
  const [same, other, none] = [held("d at 1.", "d at 1."), held("d at 1.", ""), held("", "")];
  assert.equal(heldWords(same), "Across: width, up: length. d at 1.");
  assert.deepEqual([0, 1].map((cell) => heldApart(same, cell)), ["", ""]);
  assert.equal(heldWords(other), "");
  assert.deepEqual([0, 1].map((cell) => heldApart(other, cell)), ["Across: width, up: length. d at 1.", ""]);
  assert.equal(heldWords(none) + heldApart(none, 0), "");
});
