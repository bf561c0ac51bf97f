import assert from "node:assert/strict";
import { test } from "node:test";
import { Curves } from "../../playground/ui/static/stage/curves.js";
import { CurveStore } from "../../playground/ui/static/stage/curve_store.js";

const THEME = { scale: 1, text: "black", background: "white", border: "grey", muted: "grey", font: "serif", train: "blue", test: "red" };

/** Curves in a box of this size, and the names of the traces that Plotly was last given. */
function drawn() {
  const plotted = { names: [] };
  const axis = () => ({ _offset: 0, _length: 100, range: [0, 1], type: "linear" });
  const take = (chart, traces) => {
    plotted.names = traces.map(({ name }) => name);
    const axes = traces.flatMap(({ xaxis, yaxis }) => [xaxis, yaxis].map((name) => [name.replace(/^[xy]/, "$&axis"), axis()]));
    chart._fullLayout = { width: 400, height: 400, ...Object.fromEntries(axes) };
  };
  const pen = new Proxy({}, { get: () => () => {}, set: () => true });
  const canvas = { dataset: {}, style: {}, setAttribute() {}, getContext: () => pen };
  globalThis.window = { devicePixelRatio: 1 };
  globalThis.document = { createElement: () => canvas };
  const Plotly = { newPlot: take, react: take, restyle() {}, relayout() {}, Plots: { resize() {} } };
  const node = { clientWidth: 400, clientHeight: 400, on() {}, querySelector: () => null };
  const curves = new Curves(Plotly, node, THEME, new CurveStore(), { pick() {}, cut() {} });
  curves.setRun(true);
  curves.update(false, null);
  return { curves, plotted };
}

test("a change of the rates is marked even where the chart gets another size before the next picture", () => {
  const { curves, plotted } = drawn();
  curves.setTurns([{ epoch: 0, text: "rate 0.3" }]);
  curves.resize();
  curves.update(false, null);
  assert.equal(plotted.names.at(-1), "Changed");
});

test("another task's curves are drawn even where the chart gets another size before the next picture", () => {
  const { curves, plotted } = drawn();
  curves.setRun(false);
  curves.resize();
  curves.update(false, null);
  assert.deepEqual(plotted.names, ["Training loss", "Test loss"]);
});

test("and so are those of a task that has more of them", () => {
  const { curves, plotted } = drawn();
  curves.setRun(false);
  curves.update(false, null);
  curves.setRun(true);
  curves.resize();
  assert.deepEqual(plotted.names.at(-1), "Test accuracy");
});
