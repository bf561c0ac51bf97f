// What things of a network are called.
import { inputNames, inputText, shortClassName } from "../web/given_names.js";

/**
 * What a neuron is called, also in the diagram.
 * @param {{layer: number, unit: number}} neuron @param {Record<string, any>} experiment
 */
export function neuronName({ layer, unit }, experiment) {
  if (layer === 0) return `Input ${inputText(inputNames(experiment)[unit] ?? String(unit + 1))}`;
  if (layer > (experiment.hidden ?? []).length) return `Output ${experiment.units_out > 1 ? shortClassName({ ...experiment, n_classes: 4 }, unit) : unit}`;
  return `Layer ${layer}, neuron ${unit + 1}`;
}
