"""The compiled program of an architecture: training steps, evaluation and views, with all state passed in and out.

A program holds no data of a run. Its Keras variables are only a workbench: each call first puts the caller's state
into them and at the end hands the new state back, so runs that share a program cannot feel one another.
"""

from __future__ import annotations

import math
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from playground.core import heads
from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.engine.build import (
    LOSSES,
    OPTIMIZERS,
    accuracy_of_points,
    build_layers,
    dropout_seed,
    kernel_initializers,
)
from playground.engine.inputs import SPARSE_LOSS
from playground.engine.pace import Pace, Range
from playground.engine.step import make_step

VIEW_ROWS = 10_000
"""Points of one compiled view: a grid of 100×100."""
LAYER_ROWS = 1024
"""Points of one compiled look into the layers: all points a chart shows, or a map of 32×32 for each neuron."""
CHUNK_ROWS = 4096
"""Most points evaluated in one go: bounds memory, and the time a slice cannot be interrupted."""
SUMS = 6
"""Sums of an epoch: fit loss; train loss, train hits, watched loss, watched hits; penalty."""

Tensor: TypeAlias = Any
Tensors: TypeAlias = list[Any]


class State(NamedTuple):
    """All that training changes: weights, what Keras keeps besides, and the sums of the epoch so far. Never changed."""

    weights: Tensors
    memory: Tensors
    sums: Tensor


_traces = 0


def traces() -> int:
    """How often this process has traced a function so far: equal before and after means nothing was compiled."""
    return _traces


def _count_trace() -> None:
    global _traces
    _traces += 1


class _RatedPenalty(keras.regularizers.Regularizer):
    """Keras's L1 plus Keras's L2, with rates read from variables, so that a changed rate needs no new trace."""

    def __init__(self, l1: tf.Variable, l2: tf.Variable) -> None:
        self._l1, self._l2 = keras.regularizers.L1(), keras.regularizers.L2()
        self._l1.l1, self._l2.l2 = l1, l2

    def __call__(self, kernel: Tensor) -> Tensor:
        return self._l1(kernel) + self._l2(kernel)


class Program:
    """What `compile_program` makes: everything that experiments with equal `program_key` need to run.

    Attributes
    ----------
    key : what experiments must share to use this program
    pace : training steps and evaluation chunks of one epoch, and what they take
    zero_sums : the sums at the start of an epoch
    """

    def __init__(self, experiment: Experiment) -> None:
        self.key = program_key(experiment)
        data, train = experiment.data, experiment.train
        self._n_train, self._n_points = data.n_train, data.n_train + data.n_watched
        self._batch = min(train.batch_size, data.n_train)
        n_steps, n_chunks = math.ceil(self._n_train / self._batch), math.ceil(self._n_points / CHUNK_ROWS)
        self.pace = Pace(n_steps, n_chunks, step_seconds=1e-4, chunk_seconds=1e-4)
        self.zero_sums = tf.zeros([SUMS])
        self._workbench = threading.Lock()
        self._gradients: Any = None
        self._make_workbench(experiment)
        self._make_specs(experiment)
        self._whole_epoch = tf.constant([0, n_steps, 0, n_chunks], tf.int32)
        self._compile()

    # What runs call.

    def initial_weights(self, experiment: Experiment) -> Tensors:
        """The weights `build_model(experiment)` starts from, in the order of `get_weights`."""
        weights = [tf.constant(value) for value in self._fresh_weights]
        for index, initializer in zip(self._kernel_indices, kernel_initializers(experiment), strict=True):
            weights[index] = tf.convert_to_tensor(initializer(weights[index].shape, dtype="float32"))
        return weights

    def initial_memory(self, experiment: Experiment) -> Tensors:
        """What Keras keeps besides weights, before training: dropout generators, then optimizer slots."""
        seed, dropouts = experiment.train.seed, len(self._generators)
        memory = [tf.constant(value) for value in self._fresh_memory]
        for index in range(dropouts):
            memory[index] = tf.constant([dropout_seed(seed, index), 0], memory[index].dtype)
        return memory

    def advance(
        self,
        state: State,
        rates: Tensor,
        points: tuple[Tensor, Tensor],
        order: Tensor,
        steps: Range,
        chunks: Range,
    ) -> tuple[State, list[float]]:
        """Train steps [first, last) of an epoch, then evaluate chunks [first, last) of all points.

        Parameters
        ----------
        state : the state before; its sums start an epoch as `zero_sums`
        rates : (3,) float32, learning rate, l1 and l2
        points : inputs (n, d) float32 and targets of the training part followed by the part watched
        order : (n_train,) int32, the order of the training points in this epoch

        Returns
        -------
        The state after, and its sums as numbers.
        """
        arguments = *state.weights, *state.memory, state.sums, rates, *points, order, self._ranges(steps, chunks)
        with self._workbench:
            flat = self._advance(*arguments)
        split, sums = len(state.weights), flat[-1]
        return State(flat[:split], flat[split:-1], sums), sums.numpy().tolist()

    def _ranges(self, steps: Range, chunks: Range) -> Tensor:
        if steps == (0, self.pace.n_steps) and chunks == (0, self.pace.n_chunks):
            return self._whole_epoch
        return tf.constant([*steps, *chunks], tf.int32)

    def view(self, weights: Sequence[Any], inputs: Tensor) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The network on VIEW_ROWS expanded points.

        Returns
        -------
        values, scores : (K, VIEW_ROWS) float32
            Values as people read them (see `boundary.predict`); scores cross zero, or one another, where the decision
            changes, and do not saturate.
        """
        with self._workbench:
            values, scores = self._view(*[tf.constant(value) for value in weights], inputs)
        return values.numpy(), scores.numpy()

    def layers(self, weights: Sequence[Any], inputs: Tensor) -> list[NDArray[np.float32]]:
        """What every layer makes of LAYER_ROWS expanded points, in inference mode.

        Returns
        -------
        list of (LAYER_ROWS, units) float32
            Each hidden layer's outputs, after batch normalisation and activation; the logits; the outputs.
        """
        with self._workbench:
            signals = self._layers(*[tf.constant(value) for value in weights], inputs)
        return [signal.numpy() for signal in signals]

    def gradients(
        self, weights: Sequence[Any], inputs: Tensor, targets: Tensor, l1: float = 0.0, l2: float = 0.0
    ) -> list[NDArray[np.float32]]:
        """The gradient of the loss over points, penalties included, in inference mode.

        Parameters
        ----------
        inputs, targets : (n, d) expanded points and what `targets` makes of their classes, for any n

        Returns
        -------
        One array for each of the model's trainable variables, in their order and shapes.
        """
        # Traced when first asked for: 30 to 60 ms, which only those who look at it should pay.
        with self._workbench:
            if self._gradients is None:
                with _softmax_over_one_unit_allowed():
                    self._gradients = _traced(self._traced_gradients, self._gradients_spec)
            constants = [tf.constant(value) for value in weights]
            found = self._gradients(*constants, inputs, targets, tf.constant([l1, l2], tf.float32))
        return [gradient.numpy() for gradient in found]

    def scores(self, logits: NDArray[np.float32], outputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """What decides between the classes, (n, K), of logits and outputs as `layers` gives them."""
        return np.asarray(self._to_scores(logits, outputs))

    # Keras's objects, and what goes in and out.

    def _make_workbench(self, experiment: Experiment) -> None:
        self._l1, self._l2 = tf.Variable(0.0, trainable=False), tf.Variable(0.0, trainable=False)
        self._model = build_layers(experiment, _RatedPenalty(self._l1, self._l2))
        self._normalised = experiment.model.batch_norm
        self._loss = LOSSES[experiment.loss]()
        self._accuracy = accuracy_of_points(experiment)
        self._optimizer = OPTIMIZERS[experiment.train.optimizer](experiment.train)
        self._step = make_step(self._model, self._loss, self._optimizer)
        self._weights = self._model.weights
        kernels = {id(layer.kernel) for layer in self._model.layers if isinstance(layer, keras.layers.Dense)}
        self._kernel_indices = [index for index, weight in enumerate(self._weights) if id(weight) in kernels]
        known = {id(weight) for weight in self._weights}
        self._generators = [v for v in self._model.non_trainable_variables if id(v) not in known]
        rate = self._optimizer.learning_rate
        self._memory = [*self._generators, *(v for v in self._optimizer.variables if v is not rate)]
        self._fresh_weights = [value.numpy() for value in self._weights]
        self._fresh_memory = [value.numpy() for value in self._memory]
        self._to_values, self._to_scores = _readings(experiment)

    def _make_specs(self, experiment: Experiment) -> None:
        n, columns = self._n_points, len(experiment.model.features)
        units = heads.output_units(experiment.data, experiment.model)
        sparse = experiment.loss == SPARSE_LOSS
        y = tf.TensorSpec([n], tf.int32) if sparse else tf.TensorSpec([n, units], tf.float32)
        state = [tf.TensorSpec(v.shape, v.dtype) for v in [*self._weights, *self._memory]]
        self._advance_spec = [
            *state,
            tf.TensorSpec([SUMS], tf.float32),
            tf.TensorSpec([3], tf.float32),
            tf.TensorSpec([n, columns], tf.float32),
            y,
            tf.TensorSpec([self._n_train], tf.int32),
            tf.TensorSpec([4], tf.int32),
        ]
        view_state = [tf.TensorSpec(v.shape, v.dtype) for v in self._weights]
        self._view_spec = [*view_state, tf.TensorSpec([VIEW_ROWS, columns], tf.float32)]
        self._layers_spec = [*view_state, tf.TensorSpec([LAYER_ROWS, columns], tf.float32)]
        points = [tf.TensorSpec([None, columns], tf.float32), tf.TensorSpec([None, *y.shape[1:]], y.dtype)]
        self._gradients_spec = [*view_state, *points, tf.TensorSpec([2], tf.float32)]

    def _compile(self) -> None:
        """Trace and compile all functions, and run each so that nothing is left for later."""
        # Not by XLA, though it is two to three times faster on the smallest networks: it rounds differently from `fit`,
        # and where training is ill-conditioned that grows (15 of 148 usual experiments were more than 1e-5 away from
        # `fit` within 100 epochs; so none is).
        self._advance = _traced(self._traced_advance, self._advance_spec)
        self._view = _traced(self._traced_view, self._view_spec)
        self._view(*_zeros(self._view_spec))
        self._layers = _traced(self._traced_layers, self._layers_spec)
        self._layers(*_zeros(self._layers_spec))
        dummies = _zeros(self._advance_spec[:-1])
        self._advance(*dummies, tf.constant([0, 0, 0, 0], tf.int32))
        steps = min(self.pace.n_steps, 4)
        self.pace.step_seconds = _seconds(self._advance, *dummies, tf.constant([0, steps, 0, 0], tf.int32)) / steps
        self.pace.chunk_seconds = _seconds(self._advance, *dummies, tf.constant([0, 0, 0, 1], tf.int32))

    # What is traced.

    def _traced_advance(self, *flat: Tensor) -> Tensors:
        _count_trace()
        sums, rates, X, y, order, ranges = flat[len(self._weights) + len(self._memory) :]
        self._put(self._weights + self._memory, flat)
        self._optimizer.learning_rate.assign(rates[0])
        self._l1.assign(rates[1])
        self._l2.assign(rates[2])
        self._step.begin()
        fit_loss = self._train(sums[0], rates, X, y, order, ranges)
        self._step.end()
        evaluated = self._evaluate(sums[1:5], X, y, ranges[2], ranges[3])
        sums = tf.concat([[fit_loss], evaluated, [self._penalty()]], 0)
        return [*(v.value.read_value() for v in self._weights + self._memory), sums]

    def _put(self, variables: list[Any], values: Sequence[Tensor]) -> None:
        for variable, value in zip(variables, values[: len(variables)], strict=True):
            variable.assign(value)

    def _train(self, fit_loss: Tensor, rates: Tensor, X: Tensor, y: Tensor, order: Tensor, ranges: Tensor) -> Tensor:
        """Steps [first, last); the running sum of each step's loss times its points."""

        def loop(penalised: bool) -> Callable[[], Tensor]:
            def step_of(step: Tensor, total: Tensor) -> tuple[Tensor, Tensor]:
                # A size known only when it runs, as in `fit`: TensorFlow rewrites sums whose sizes it knows.
                start = step * self._batch
                size = tf.minimum(self._batch, self._n_train - start)
                rows = tf.slice(order, [start], [size])
                loss = self._step.take(tf.gather(X, rows), tf.gather(y, rows), penalised)
                return step + 1, total + loss * tf.cast(size, tf.float32)

            return lambda: _loop(step_of, ranges[0], ranges[1], fit_loss)

        return tf.cond(rates[1] + rates[2] > 0, loop(penalised=True), loop(penalised=False))

    def _penalty(self) -> Tensor:
        return sum(self._model.losses)

    def _evaluate(self, sums: Tensor, X: Tensor, y: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Chunks [first, last) of all points; the running sums of loss and hits of both parts.

        The last chunk reaches back over points already counted to have the size of the others, and leaves them out.
        """
        n, rows = self._n_points, math.ceil(self._n_points / self.pace.n_chunks)

        def chunk_of(chunk: Tensor, sums: Tensor) -> tuple[Tensor, Tensor]:
            start = tf.minimum(chunk * rows, n - rows)
            index = tf.range(rows) + start
            new = index >= chunk * rows
            loss, hits = self._judge(_rows(X, start, rows), _rows(y, start, rows))
            in_train, is_watched = new & (index < self._n_train), new & (index >= self._n_train)
            parts = [tf.where(part, what, 0.0) for part in (in_train, is_watched) for what in (loss, hits)]
            return chunk + 1, sums + tf.reduce_sum(tf.stack(parts), axis=1)

        return _loop(chunk_of, first, last, sums)

    def _judge(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """Loss and hit of each point, in inference mode."""
        outputs = self._model(x, training=False)
        loss = tf.reshape(self._loss.call(y, outputs), [-1])
        if self._accuracy is None:
            return loss, tf.zeros_like(loss)
        return loss, tf.reshape(self._accuracy(y, outputs), [-1])

    def _signals(self, signal: Tensor) -> Tensors:
        """What each hidden layer makes of the inputs, then the logits, then the outputs."""
        *hidden, last = self._model.layers
        signals = []
        for layer in hidden:
            signal = layer(signal, training=False)
            if _ends_hidden_layer(layer, self._normalised):
                signals.append(signal)
        logits = tf.matmul(signal, last.kernel) + last.bias
        return [*signals, logits, last.activation(logits)]

    def _traced_layers(self, *flat: Tensor) -> Tensors:
        _count_trace()
        self._put(self._weights, flat)
        return self._signals(flat[-1])

    def _traced_gradients(self, *flat: Tensor) -> Tensors:
        _count_trace()
        *weights, x, y, penalties = flat
        self._put(self._weights, weights)
        self._l1.assign(penalties[0])
        self._l2.assign(penalties[1])
        with tf.GradientTape() as tape:
            loss = self._loss(y, self._model(x, training=False)) + self._penalty()
        variables = [variable.value for variable in self._model.trainable_variables]
        return tape.gradient(loss, variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)

    def _traced_view(self, *flat: Tensor) -> tuple[Tensor, Tensor]:
        _count_trace()
        self._put(self._weights, flat)
        *_, logits, outputs = self._signals(flat[-1])
        values, scores = self._to_values(outputs), self._to_scores(logits, outputs)
        return tf.transpose(values), tf.transpose(scores)


def _ends_hidden_layer(layer: keras.layers.Layer, normalised: bool) -> bool:
    """Whether a hidden layer's neurons have their outputs after this Keras layer; dropout changes nothing here."""
    return isinstance(layer, keras.layers.Activation if normalised else keras.layers.Dense)


def compile_program(experiment: Experiment) -> Program:
    """Build and compile all that experiments with this `program_key` need, so that nothing is traced later.

    Takes about a second for a small network, three for the largest. May run in a second thread.
    """
    with _softmax_over_one_unit_allowed():
        return Program(experiment)


@contextmanager
def _softmax_over_one_unit_allowed() -> Iterator[None]:
    """Keras warns of a softmax over one unit: here that mistake is an experiment, and the page names it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "You are using a softmax over axis", UserWarning)
        yield


def _readings(
    experiment: Experiment,
) -> tuple[Callable[[Tensor], Tensor], Callable[[Tensor, Tensor], Tensor]]:
    """How outputs become values, and logits and outputs become scores (see `Program.view`)."""
    data, model, output = experiment.data, experiment.model, experiment.output
    if data.task == "regression":
        return lambda outputs: outputs, lambda logits, outputs: outputs
    if heads.has_signed_targets(data, model):
        threshold, to_values = 0.0, lambda outputs: tf.clip_by_value((outputs + 1) / 2, 0.0, 1.0)
    else:
        threshold, to_values = 0.5, lambda outputs: tf.clip_by_value(outputs, 0.0, 1.0)
    crosses_with_logits = heads.has_unit_per_class(data, model) or ACTIVATION_MIDDLE.get(output) == threshold
    if crosses_with_logits:
        return to_values, lambda logits, outputs: logits
    return to_values, lambda logits, outputs: outputs - threshold


ACTIVATION_MIDDLE = {"sigmoid": 0.5, "tanh": 0.0}
"""The output of these activations where their logit is 0."""


def _rows(table: Tensor, start: Tensor, count: int) -> Tensor:
    """Rows [start, start + count), with a shape known to the compiler."""
    columns = table.shape[1:]
    return tf.slice(table, [start, *([0] * len(columns))], [count, *columns])


def _loop(
    body: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]], first: Tensor, last: Tensor, total: Tensor
) -> Tensor:
    return tf.while_loop(lambda index, _: index < last, body, (first, total))[1]


def _traced(function: Callable[..., Any], spec: list[tf.TensorSpec]) -> Any:
    return tf.function(function, autograph=False).get_concrete_function(*spec)


def _zeros(spec: list[tf.TensorSpec]) -> Tensors:
    return [tf.zeros(each.shape, each.dtype) for each in spec]


def _seconds(call: Callable[..., Any], *arguments: Any) -> float:
    began = time.perf_counter()
    call(*arguments)[-1].numpy()
    return time.perf_counter() - began
