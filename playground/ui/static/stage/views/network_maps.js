// Small maps of the diagram: of the output out of the main one, and a neuron's to fill the main one with for a start.
const OUTPUT_STEP = 4; // of the main map's cells, one in so many is drawn in the output's own map

/** @typedef {{data: Uint8Array, cells: number}} Maps one after the other, each cells × cells */

/** The network's answer in fewer cells, a map a class. @param {{data: any, shape: number[]}} map (K, n, n) */
export function outputMaps({ data, shape }) {
  const [classes, n] = shape;
  const cells = Math.floor(n / OUTPUT_STEP);
  const maps = new Uint8Array(classes * cells * cells);
  let to = 0;
  for (let k = 0; k < classes; k += 1) {
    for (let i = 0; i < cells; i += 1) {
      const from = k * n * n + (i * OUTPUT_STEP + 2) * n + 2;
      for (let j = 0; j < cells; j += 1) maps[to++] = data[from + j * OUTPUT_STEP];
    }
  }
  return { data: maps, cells };
}

/**
 * The map of an input or a hidden neuron, as the main chart takes it; null for the output, or when there is none yet.
 *
 * @param {import("./network_pointing.js").Place} place
 * @param {number[][]} shown units drawn of each hidden layer and the output
 * @param {Record<string, any>} header of the frame
 * @param {{inputs?: Maps, neurons?: Maps}} maps
 * @returns {import("../../web/plane.js").Plane | null}
 */
export function smallPlane({ layer, row, unit }, shown, header, { inputs, neurons }) {
  const maps = layer ? neurons : inputs;
  if (!maps || layer === shown.length) return null;
  const before = layer ? shown.slice(0, layer - 1).reduce((sum, column) => sum + column.length, 0) + row : unit;
  const size = maps.cells ** 2;
  const reach = layer ? header.network.columns[layer - 1].reach : 1;
  const map = maps.data.subarray(before * size, (before + 1) * size);
  return { map, classes: 1, n: maps.cells, x1: header.x1, x2: header.x2, lo: -reach, hi: reach };
}
