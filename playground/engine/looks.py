"""What is traced of looking at a network: over the plane, into its layers, along its gradients."""

from __future__ import annotations

import math

import tensorflow as tf

from playground.engine.compiled import QUEUED, Compiled, Tensor, Tensors
from playground.engine.readings import Readings
from playground.engine.workbench import Workbench

VIEW_ROWS = 10_000
"""Points of one compiled view: a grid of 100×100."""
MAP_ROWS = 24 * 24
"""Points of a neuron's map."""
LAYER_ROWS = 1024
"""Points of one compiled look into the layers: all points a chart shows, or a map of 32×32 for each neuron."""


class Looks:
    """The traced looks of an architecture; each takes its weights end to end in one tensor."""

    def __init__(self, bench: Workbench, readings: Readings, columns: int, targets: tf.TensorSpec) -> None:
        self._bench, self._readings, self._targets = bench, readings, targets
        self._columns = columns
        self._flat = tf.TensorSpec([sum(math.prod(weight.shape) for weight in bench.weights)], tf.float32)

    def view(self) -> Compiled:
        """(weights, inputs) -> values and scores (K, VIEW_ROWS), and outputs of hidden layers (units, MAP_ROWS).

        One look through the network for the inputs of a grid and, after them, of the neurons' maps.
        """
        return Compiled(self._view, [self._flat, self._rows(VIEW_ROWS + MAP_ROWS)])

    def layers(self) -> Compiled:
        """(weights, inputs) -> hidden layers, logits and outputs, each (LAYER_ROWS, units)."""
        return Compiled(self._layers, [self._flat, self._rows(LAYER_ROWS)])

    def gradients(self) -> Compiled:
        """(weights, inputs, targets, l1 and l2) -> the gradient of each trainable variable, for any n."""
        y = tf.TensorSpec([None, *self._targets.shape[1:]], self._targets.dtype)
        # QUEUED: Keras's hinge losses branch.
        return Compiled(self._gradients, [self._flat, self._rows(None), y, tf.TensorSpec([2], tf.float32)], QUEUED)

    def _rows(self, count: int | None) -> tf.TensorSpec:
        return tf.TensorSpec([count, self._columns], tf.float32)

    def _view(self, flat: Tensor, inputs: Tensor) -> Tensors:
        with self._bench.with_weights(flat):
            *hidden, logits, outputs = self._bench.signals(inputs)
        values, scores = self._readings.values(outputs), self._readings.scores(logits, outputs)
        maps = tf.concat([layer[VIEW_ROWS:] for layer in hidden], 1) if hidden else tf.zeros([MAP_ROWS, 0])
        # Cut after turning: rows of one number are copied one by one.
        return [tf.transpose(values)[:, :VIEW_ROWS], tf.transpose(scores)[:, :VIEW_ROWS], tf.transpose(maps)]

    def _layers(self, flat: Tensor, inputs: Tensor) -> Tensors:
        with self._bench.with_weights(flat):
            return self._bench.signals(inputs)

    def _gradients(self, flat: Tensor, x: Tensor, y: Tensor, penalties: Tensor) -> Tensors:
        bench = self._bench
        bench.put(bench.unpacked(flat))
        bench.put_rates(None, penalties[0], penalties[1])
        with tf.GradientTape() as tape:
            loss = bench.loss(y, bench.model(x, training=False)) + bench.penalty()
        variables = [variable.value for variable in bench.model.trainable_variables]
        return tape.gradient(loss, variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
