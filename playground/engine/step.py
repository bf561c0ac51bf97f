"""One optimizer step on one batch, as Keras's own `train_step` makes it, to be traced into a loop.

The same operations on arrays of the same shapes as in `fit`, so that every step gives `fit`'s own bits: where training
is ill-conditioned, a different rounding would grow to a different run.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import keras
import numpy as np
import tensorflow as tf

from playground.engine.decoupled import Decoupled

Tensor: TypeAlias = Any

PACKED_OPTIMIZERS = frozenset({"adam", "adamw", "nadam"})
"""Optimizers whose update of a number does not depend on where in its array the number stands.

TensorFlow rewrites RMSprop's, Adagrad's and Adadelta's `x / sqrt(y)` to a reciprocal root, which the processor rounds
differently in the last few numbers of an array."""


class Step:
    """Steps of a model on its own variables.

    Attributes
    ----------
    variables : what the optimizer works on
    """

    def __init__(self, model: keras.Sequential, loss: keras.losses.Loss, optimizer: keras.optimizers.Optimizer) -> None:
        self._model, self._loss, self._optimizer = model, loss, optimizer
        self.variables = self._make_variables()
        optimizer.build(self.variables)

    def begin(self) -> None:
        """Before the first step, when the model's variables have been written to."""

    def take(self, x: Tensor, y: Tensor, penalised: bool) -> Tensor:
        """Change weights, optimizer slots and generators by one batch; its loss before the step.

        Without `penalised` the penalties, whose rates must then be 0, are left out: they are half of the operations.
        """
        with tf.GradientTape() as tape:
            loss = self._loss_of(x, y, penalised)
        gradients = tape.gradient(loss, [variable.value for variable in self.variables])
        self._optimizer.apply(gradients, self.variables)
        return loss

    def end(self) -> None:
        """After the last step, before the model's variables are read."""

    def _make_variables(self) -> list[keras.Variable]:
        return list(self._model.trainable_variables)

    def _loss_of(self, x: Tensor, y: Tensor, penalised: bool) -> Tensor:
        loss = self._loss(y, self._model(x, training=True))
        return loss + sum(self._model.losses) if penalised else loss


class PackedStep(Step):
    """The same with all weights in one variable: a third of the operations for an optimizer with many of them."""

    def begin(self) -> None:
        """Pack the model's weights."""
        self.variables[0].assign(tf.concat([tf.reshape(v.value, [-1]) for v in self._model.trainable_variables], 0))

    def take(self, x: Tensor, y: Tensor, penalised: bool) -> Tensor:
        """As `Step.take`; the model's own weights stay as they are until `end`."""
        packed = self.variables[0].value.read_value()
        with tf.GradientTape() as tape:
            tape.watch(packed)
            weights = zip(self._model.trainable_variables, self._unpacked(packed), strict=True)
            with keras.StatelessScope(state_mapping=list(weights)) as scope:
                loss = self._loss_of(x, y, penalised)
        gradient = tape.gradient(loss, packed)
        for variable in self._model.non_trainable_variables:
            if (drawn := scope.get_current_value(variable)) is not None:
                variable.assign(drawn)
        self._optimizer.apply([gradient], self.variables)
        return loss

    def end(self) -> None:
        """Unpack them again."""
        weights = self._unpacked(self.variables[0].value.read_value())
        for variable, weight in zip(self._model.trainable_variables, weights, strict=True):
            variable.assign(weight)

    def _make_variables(self) -> list[keras.Variable]:
        weights = [variable.numpy().ravel() for variable in self._model.trainable_variables]
        return [keras.Variable(np.concatenate(weights), dtype="float32", name="weights")]

    def _unpacked(self, packed: Tensor) -> list[Tensor]:
        shapes = [tuple(variable.shape) for variable in self._model.trainable_variables]
        pieces = tf.split(packed, [math.prod(shape) for shape in shapes])
        return [tf.reshape(piece, shape) for piece, shape in zip(pieces, shapes, strict=True)]


def make_step(model: keras.Sequential, loss: keras.losses.Loss, optimizer: keras.optimizers.Optimizer) -> Step:
    """The fastest way to step this model by this optimizer that gives `fit`'s bits; builds the optimizer.

    Batch normalisation multiplies last where its scale enters, and TensorFlow moves that product into the update.
    An optimizer that penalises kernels must see them apart from biases.
    """
    normalises = any(isinstance(layer, keras.layers.BatchNormalization) for layer in model.layers)
    penalises = isinstance(optimizer, Decoupled)
    packs = optimizer.name in PACKED_OPTIMIZERS and not normalises and not penalises
    return PackedStep(model, loss, optimizer) if packs else Step(model, loss, optimizer)
