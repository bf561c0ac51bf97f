"""The compiled program of an architecture: training, evaluation and looks, with all state passed in and out.

A program holds no data of a run: each call brings the caller's state and hands the new state back, so runs that share
a program cannot feel one another.
"""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike, NDArray

from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.engine.build import dropout_seed, initial_bias, kernel_initializers
from playground.engine.compiled import Compiled, Tensor, Tensors
from playground.engine.looks import Looks
from playground.engine.pace import Pace, Range
from playground.engine.readings import make_readings
from playground.engine.training import SUMS, Training, steps_and_chunks
from playground.engine.workbench import Workbench

Floats32 = NDArray[np.float32]


class State(NamedTuple):
    """All that training changes: weights, what Keras keeps besides, and the sums of the epoch so far. Never changed."""

    weights: Tensors
    memory: Tensors
    sums: Tensor


class View(NamedTuple):
    """`values` and `scores` (K, VIEW_ROWS), and of all hidden neurons in a row `maps` (units, MAP_ROWS)."""

    values: Floats32
    scores: Floats32
    maps: Floats32


class Program:
    """What `compile_program` makes: everything that experiments with equal `program_key` need to run.

    Attributes
    ----------
    key : what experiments must share to use this program
    zero_sums : the sums at the start of an epoch
    """

    _pace: Pace
    _kept_ranges: tuple[tuple[Range, Range], Tensor]

    def __init__(self, experiment: Experiment) -> None:
        self.key = program_key(experiment)
        self.zero_sums = tf.zeros([SUMS])
        self._bench = Workbench(experiment)
        self._in_use = threading.Lock()
        self._fresh_weights = [value.numpy() for value in self._bench.weights]
        self._fresh_memory = [value.numpy() for value in self._bench.memory]
        self._readings = make_readings(experiment)
        training = Training(self._bench, experiment)
        self._looks = Looks(self._bench, self._readings, len(experiment.inputs), training.targets)
        self._gradients: Compiled | None = None
        self._compile(training, experiment.data.n_train)

    # How a run begins.

    def initial_weights(self, experiment: Experiment) -> Tensors:
        """The weights `build_model(experiment)` starts from, in the order of `get_weights`."""
        weights = [tf.constant(value) for value in self._fresh_weights]
        for index, initializer in zip(self._bench.kernels, kernel_initializers(experiment), strict=True):
            weights[index] = tf.convert_to_tensor(initializer(weights[index].shape, dtype="float32"))
            weights[index + 1] = tf.fill(weights[index + 1].shape, initial_bias(experiment.model))
        return weights

    def initial_memory(self, experiment: Experiment) -> Tensors:
        """What Keras keeps besides weights, before training: dropout generators, then optimizer slots."""
        memory = [tf.constant(value) for value in self._fresh_memory]
        for index in range(len(self._bench.generators)):
            memory[index] = tf.constant([dropout_seed(experiment.train.seed, index), 0], memory[index].dtype)
        return memory

    # How it goes on.

    def pace_of(self, experiment: Experiment) -> Pace:
        """Training steps and evaluation chunks of one epoch, and what they take: one for all with equal counts."""
        n_steps, n_chunks = steps_and_chunks(experiment)
        if (n_steps, n_chunks) != (self._pace.n_steps, self._pace.n_chunks):
            self._pace = replace(self._pace, n_steps=n_steps, n_chunks=n_chunks)
        return self._pace

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
        with self._in_use:
            flat = self._advance(*arguments)
        split, sums = len(state.weights), flat[-1]
        return State(flat[:split], flat[split:-1], sums), sums.numpy().tolist()

    def _ranges(self, steps: Range, chunks: Range) -> Tensor:
        """As a tensor; most epochs are done in one go, like the one before."""
        kept = self._kept_ranges
        if kept[0] != (steps, chunks):
            kept = self._kept_ranges = (steps, chunks), tf.constant([*steps, *chunks], tf.int32)
        return kept[1]

    # How it looks. Traced without the bench's variables, so looking waits for nobody.

    def view(self, weights: Sequence[ArrayLike], inputs: Tensor) -> View:
        """The network on VIEW_ROWS expanded points, and its hidden neurons on the MAP_ROWS points after them."""
        return View(*(found.numpy() for found in self._view(_end_to_end(weights), inputs)))

    def layers(self, weights: Sequence[ArrayLike], inputs: Tensor) -> list[Floats32]:
        """What every layer makes of LAYER_ROWS expanded points, in inference mode.

        Returns
        -------
        list of (LAYER_ROWS, units) float32
            Each hidden layer's outputs, after batch normalisation and activation; the logits; the outputs.
        """
        return [signal.numpy() for signal in self._layers(_end_to_end(weights), inputs)]

    def gradients(
        self, weights: Sequence[ArrayLike], inputs: Tensor, targets: Tensor, l1: float = 0.0, l2: float = 0.0
    ) -> list[Floats32]:
        """The gradient of the loss over points, penalties included, in inference mode.

        Parameters
        ----------
        inputs, targets : (n, d) expanded points and what `targets` makes of their classes, for any n

        Returns
        -------
        One array for each of the model's trainable variables, in their order and shapes.
        """
        # Traced when first asked for: 30 to 60 ms, which only those who look at it should pay.
        with self._in_use:
            if self._gradients is None:
                with _softmax_over_one_unit_allowed():
                    self._gradients = self._looks.gradients()
            penalties = tf.constant([l1, l2], tf.float32)
            found = self._gradients(_end_to_end(weights), tf.constant(inputs), tf.constant(targets), penalties)
        return [gradient.numpy() for gradient in found]

    def scores(self, logits: Floats32, outputs: Floats32) -> Floats32:
        """What decides between the classes, (n, K), of logits and outputs as `layers` gives them."""
        return np.asarray(self._readings.scores(logits, outputs))

    def _compile(self, training: Training, n_train: int) -> None:
        """Trace and compile all functions, and run each so that nothing is left for later."""
        # Not by XLA, though it is two to three times faster on the smallest networks: it rounds differently from `fit`,
        # and where training is ill-conditioned that grows (15 of 148 usual experiments were more than 1e-5 away from
        # `fit` within 100 epochs; so none is).
        self._advance, self._view, self._layers = training.compiled(), self._looks.view(), self._looks.layers()
        self._view(*self._view.zeros())
        self._layers(*self._layers.zeros())
        *dummies, nothing = self._advance.zeros(n_train)
        self._advance(*dummies, nothing)
        self._kept_ranges = ((0, 0), (0, 0)), nothing
        n_steps, n_chunks = training.n_steps, training.n_chunks
        steps = min(n_steps, 4)
        step_seconds = _seconds(self._advance, *dummies, tf.constant([0, steps, 0, 0], tf.int32)) / steps
        chunk_seconds = _seconds(self._advance, *dummies, tf.constant([0, 0, 0, 1], tf.int32))
        self._pace = Pace(n_steps, n_chunks, step_seconds, chunk_seconds)


def compile_program(experiment: Experiment) -> Program:
    """Build and compile all that experiments with this `program_key` need, so that nothing is traced later.

    Takes about a second for a small network, three for the largest. May run in a second thread.
    """
    with _softmax_over_one_unit_allowed():
        return Program(experiment)


def as_program(program: object) -> Program:
    """A program of this engine, which to others is known by its key alone.

    Raises
    ------
    TypeError
        When it is something else.
    """
    if not isinstance(program, Program):
        raise TypeError(f"program must be one that compile_program made. Got {type(program).__name__}.")
    return program


@contextmanager
def _softmax_over_one_unit_allowed() -> Iterator[None]:
    """Keras warns of a softmax over one unit: here that mistake is an experiment, and the page names it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "You are using a softmax over axis", UserWarning)
        yield


def _end_to_end(weights: Sequence[ArrayLike]) -> Tensor:
    """All weights in one tensor: making a tensor costs more than what is in it."""
    return tf.constant(np.concatenate([np.ravel(np.asarray(weight, np.float32)) for weight in weights]))


def _seconds(call: Callable[..., Any], *arguments: Any) -> float:
    began = time.perf_counter()
    call(*arguments)[-1].numpy()
    return time.perf_counter() - began
