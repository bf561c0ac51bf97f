// What things of a network are called.
import { FEATURES } from "../web/facts.js";

/**
 * What a neuron is called, also in the diagram.
 * @param {{layer: number, unit: number}} neuron @param {Record<string, any>} experiment
 */
export function neuronName({ layer, unit }, experiment) {
  if (layer === 0) return `Input ${FEATURES[unit]?.text ?? unit + 1}`;
  if (layer > (experiment.hidden ?? []).length) return `Output ${unit}`;
  return `Layer ${layer}, neuron ${unit + 1}`;
}
