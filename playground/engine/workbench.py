"""The Keras objects of an architecture. Their variables are only a bench to work on: who calls brings the values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import keras
import tensorflow as tf

from playground.core.experiment import Experiment
from playground.engine.build import build_layers, build_optimizer
from playground.engine.compiled import Tensor, Tensors
from playground.engine.decoupled import Decoupled
from playground.engine.judge import make_judge
from playground.engine.step import make_step


class _RatedPenalty(keras.regularizers.Regularizer):
    """Keras's L1 plus Keras's L2, with rates read from variables, so that a changed rate needs no new trace."""

    def __init__(self, l1: tf.Variable, l2: tf.Variable) -> None:
        self._l1, self._l2 = keras.regularizers.L1(), keras.regularizers.L2()
        self._l1.l1, self._l2.l2 = l1, l2

    def __call__(self, kernel: Tensor) -> Tensor:
        return self._l1(kernel) + self._l2(kernel)


class Workbench:
    """Model, loss, accuracy and optimizer of an architecture, for functions that are traced.

    Attributes
    ----------
    model : its layers, with penalties whose rates are put on the bench
    loss : Keras's own
    step : a training step on the bench's variables
    weights : variables, in the order of `model.get_weights()`
    kernels : of each Dense layer the place of its kernel among the weights
    generators : the states of the dropout layers
    memory : what Keras keeps besides weights: generators, then optimizer slots
    """

    def __init__(self, experiment: Experiment) -> None:
        self._l1, self._l2 = tf.Variable(0.0, trainable=False), tf.Variable(0.0, trainable=False)
        self._optimizer = build_optimizer(experiment)
        self.model = build_layers(experiment, self._rated_penalty())
        self._judge = make_judge(experiment)
        self.loss = self._judge.loss
        self.step = make_step(self.model, self.loss, self._optimizer)
        self._normalised = experiment.model.batch_norm
        self.weights = self.model.weights
        self.kernels = self._places_of_kernels()
        known = {id(weight) for weight in self.weights}
        self.generators = [v for v in self.model.non_trainable_variables if id(v) not in known]
        rate = self._optimizer.learning_rate
        self.memory = [*self.generators, *(v for v in self._optimizer.variables if v is not rate)]

    # Values on the bench.

    def put(self, weights: Sequence[Tensor], memory: Sequence[Tensor] = ()) -> None:
        """Let the variables have these values."""
        for variable, value in zip([*self.weights, *self.memory], [*weights, *memory], strict=False):
            variable.assign(value)

    def put_rates(self, learning_rate: Tensor | None, l1: Tensor, l2: Tensor) -> None:
        """Let the optimizer and the penalties have these rates."""
        if learning_rate is not None:
            self._optimizer.learning_rate.assign(learning_rate)
        self._l1.assign(l1)
        self._l2.assign(l2)

    def taken(self) -> Tensors:
        """What the variables have now: weights, then memory."""
        return [variable.value.read_value() for variable in [*self.weights, *self.memory]]

    @contextmanager
    def with_weights(self, flat: Tensor) -> Iterator[None]:
        """Compute with these weights, end to end in one tensor, and leave the variables alone."""
        with keras.StatelessScope(state_mapping=list(zip(self.weights, self.unpacked(flat), strict=True))):
            yield

    def unpacked(self, flat: Tensor) -> Tensors:
        """The weights that lie end to end in one tensor."""
        shapes = [tuple(weight.shape) for weight in self.weights]
        pieces = tf.split(flat, [math.prod(shape) for shape in shapes])
        return [tf.reshape(piece, shape) for piece, shape in zip(pieces, shapes, strict=True)]

    # What the network says.

    def judge(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """Loss and hit of each point, in inference mode."""
        return self._judge(y, self.model(x, training=False))

    def penalty(self) -> Tensor:
        """The sum of the penalties that are in the loss."""
        return sum(self.model.losses, tf.zeros([]))

    def signals(self, signal: Tensor) -> Tensors:
        """What each hidden layer makes of the inputs, then the logits, then the outputs, in inference mode."""
        *hidden, last = self.model.layers
        signals = []
        for layer in hidden:
            signal = layer(signal, training=False)
            if self._ends_hidden_layer(layer):
                signals.append(signal)
        logits = tf.matmul(signal, last.kernel) + last.bias
        return [*signals, logits, last.activation(logits)]

    def _rated_penalty(self) -> keras.regularizers.Regularizer | None:
        """What puts the penalties into the loss; None where the optimizer has them, at the rates on the bench."""
        if not isinstance(self._optimizer, Decoupled):
            return _RatedPenalty(self._l1, self._l2)
        self._optimizer.l1, self._optimizer.l2 = self._l1, self._l2
        return None

    def _ends_hidden_layer(self, layer: keras.layers.Layer) -> bool:
        """Whether a hidden layer's neurons have their outputs after this Keras layer; dropout changes nothing here."""
        return isinstance(layer, keras.layers.Activation if self._normalised else keras.layers.Dense)

    def _places_of_kernels(self) -> list[int]:
        kernels = {id(layer.kernel) for layer in self.model.layers if isinstance(layer, keras.layers.Dense)}
        return [place for place, weight in enumerate(self.weights) if id(weight) in kernels]
