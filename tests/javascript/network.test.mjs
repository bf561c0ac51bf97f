import assert from "node:assert/strict";
import { test } from "node:test";
import { outputMaps, smallPlane } from "../../playground/ui/static/stage/views/network_maps.js";

test("the output's map is every fourth cell of the main one, a map a class", () => {
  const data = Uint8Array.from({ length: 2 * 100 }, (_, i) => i);
  const { data: maps, cells } = outputMaps({ data, shape: [2, 10, 10] });
  assert.equal(cells, 2);
  assert.deepEqual([...maps], [22, 26, 62, 66, 122, 126, 162, 166]);
});

test("a neuron's small map is found behind those of the layers before, and has its layer's reach", () => {
  const neurons = { data: Uint8Array.from({ length: 5 * 4 }, (_, i) => i), cells: 2 };
  const header = { x1: [-6, 6], x2: [-5, 5], network: { columns: [{ reach: 1 }, { reach: 2.5 }] } };
  const shown = [[0, 1, 7], [4, 2], [0]];
  const plane = smallPlane({ layer: 2, row: 1, unit: 2 }, shown, header, { neurons });
  assert.deepEqual(plane, { map: neurons.data.subarray(16, 20), classes: 1, n: 2, x1: [-6, 6], x2: [-5, 5], lo: -2.5, hi: 2.5 });
  assert.equal(smallPlane({ layer: 3, row: 0, unit: 0 }, shown, header, { neurons }), null);
});

test("an input's small map is found by its place among all features", () => {
  const inputs = { data: Uint8Array.from({ length: 7 * 4 }, (_, i) => i), cells: 2 };
  const header = { x1: [-6, 6], x2: [-6, 6], network: { columns: [] } };
  const plane = smallPlane({ layer: 0, row: 1, unit: 4 }, [[0]], header, { inputs });
  assert.deepEqual([...(plane?.map ?? [])], [16, 17, 18, 19]);
  assert.equal(plane?.lo, -1);
  assert.equal(smallPlane({ layer: 0, row: 0, unit: 0 }, [[0]], header, {}), null);
});
