"""What is traced of an epoch: training steps over batches, then the evaluation of all points."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import tensorflow as tf
from tensorflow.python.util._pywrap_util_port import IsMklEnabled

from playground.core import heads
from playground.core.architecture import batch_and_counts
from playground.core.experiment import Experiment
from playground.engine.compiled import IN_PLACE, QUEUED, BranchesError, Compiled, Tensor, Tensors
from playground.engine.inputs import SPARSE_LOSS
from playground.engine.rewritten import Rewritten
from playground.engine.workbench import Workbench

CHUNK_ROWS = 4096
"""Most points evaluated in one go: bounds memory, and the time a slice cannot be interrupted."""
StepOf: TypeAlias = Callable[[Tensor, Tensor], Tensors]
SUMS = 6
"""Sums of an epoch: fit loss; train loss, train hits, watched loss, watched hits; penalty."""


class Training:
    """The traced training of an architecture.

    Attributes
    ----------
    n_steps, n_chunks : training steps of an epoch, and pieces of its evaluation
    targets : shape and type of the targets of all points
    """

    def __init__(self, bench: Workbench, experiment: Experiment) -> None:
        data = experiment.data
        batch, n_train, n_watched = batch_and_counts(experiment)
        self._bench = bench
        # None where one program takes any number of points: they come and go one by one then, and are few.
        self._n_train = None if data.counts_vary else n_train
        self._n_points = None if data.counts_vary else n_train + n_watched
        self._batch = experiment.train.batch_size if data.counts_vary else batch
        self._sizes_are_known = not data.counts_vary and n_train % batch == 0 and _rounds_the_same(experiment)
        self.n_steps, self.n_chunks = steps_and_chunks(experiment)
        units = heads.output_units(data, experiment.model)
        sparse = experiment.loss == SPARSE_LOSS
        self.targets = tf.TensorSpec([self._n_points] if sparse else [self._n_points, units], _type(sparse))
        self._columns = len(experiment.inputs)
        self._executor, self._plain_step, self._penalised_step = self._make_steps()

    def compiled(self) -> Compiled:
        """(weights, memory, sums, rates, X, y, order, ranges) -> weights, memory, sums (see `Program.advance`)."""
        bench, n = self._bench, self._n_points
        spec = [
            *(tf.TensorSpec(v.shape, v.dtype) for v in [*bench.weights, *bench.memory]),
            tf.TensorSpec([SUMS], tf.float32),
            tf.TensorSpec([3], tf.float32),
            tf.TensorSpec([n, self._columns], tf.float32),
            self.targets,
            tf.TensorSpec([self._n_train], tf.int32),
            tf.TensorSpec([4], tf.int32),
        ]
        return Compiled(self._advance, spec, self._executor)

    def _advance(self, *arguments: Tensor) -> Tensors:
        bench = self._bench
        *state, sums, rates, X, y, order, ranges = arguments
        bench.put(state[: len(bench.weights)], state[len(bench.weights) :])
        bench.put_rates(rates[0], rates[1], rates[2])
        bench.step.begin()
        fit_loss = self._train(sums[0], rates, X, y, order, ranges)
        bench.step.end()
        n_train = tf.size(order) if self._n_train is None else self._n_train
        evaluated = self._evaluate(sums[1:5], X, y, n_train, ranges[2], ranges[3])
        return [*bench.taken(), tf.concat([[fit_loss], evaluated, [bench.penalty()]], 0)]

    def _train(self, fit_loss: Tensor, rates: Tensor, X: Tensor, y: Tensor, order: Tensor, ranges: Tensor) -> Tensor:
        """Steps [first, last); the running sum of each step's loss times its points."""

        def loop(step: StepOf, last: Tensor, total: Tensor) -> Tensor:
            def step_of(index: Tensor, total: Tensor) -> tuple[Tensor, Tensor]:
                x, targets, size = self._batch_of(index, X, y, order)
                (loss,) = step(x, targets)
                return index + 1, total + loss * tf.cast(size, tf.float32)

            return _loop(step_of, ranges[0], last, total)

        # One of the two runs. Not by `tf.cond`, whose branches go to another thread.
        penalised = rates[1] + rates[2] > 0
        fit_loss = loop(self._penalised_step, tf.where(penalised, ranges[1], ranges[0]), fit_loss)
        return loop(self._plain_step, tf.where(penalised, ranges[0], ranges[1]), fit_loss)

    def _make_steps(self) -> tuple[str, StepOf, StepOf]:
        """The executor, and a step on a batch without penalties and one with them."""
        size = self._batch if self._sizes_are_known else None
        x = tf.TensorSpec([size, self._columns], tf.float32)
        y = tf.TensorSpec([size, *self.targets.shape[1:]], self.targets.dtype)
        plain, penalised = self._step(penalised=False), self._step(penalised=True)
        if IsMklEnabled():  # `fit`'s operations are oneDNN's then, which TensorFlow puts into loops only when QUEUED
            return QUEUED, plain, penalised
        try:
            return IN_PLACE, Rewritten(plain, [x, y]), Rewritten(penalised, [x, y])
        except BranchesError:  # of Keras's hinge losses, which look whether targets are 0 and 1
            return QUEUED, plain, penalised

    def _step(self, penalised: bool) -> StepOf:
        return lambda x, y: [self._bench.step.take(x, y, penalised)]

    def _batch_of(self, step: Tensor, X: Tensor, y: Tensor, order: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs and targets of a batch, and its size."""
        start = step * self._batch
        # Else one that is known when it runs, as in `fit`.
        size = tf.constant(self._batch) if self._sizes_are_known else tf.minimum(self._batch, tf.size(order) - start)
        rows = tf.slice(order, [start], [size])
        return tf.gather(X, rows), tf.gather(y, rows), size

    def _evaluate(self, sums: Tensor, X: Tensor, y: Tensor, n_train: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Chunks [first, last) of all points; the running sums of loss and hits of both parts.

        The last chunk reaches back over points already counted to have the size of the others, and leaves them out.
        """
        n = tf.shape(X)[0] if self._n_points is None else self._n_points
        rows = n if self.n_chunks == 1 else math.ceil(n / self.n_chunks)

        def chunk_of(chunk: Tensor, sums: Tensor) -> tuple[Tensor, Tensor]:
            start = tf.minimum(chunk * rows, n - rows)
            index = tf.range(rows) + start
            new = index >= chunk * rows
            loss, hits = self._bench.judge(_rows(X, start, rows), _rows(y, start, rows))
            in_train, is_watched = new & (index < n_train), new & (index >= n_train)
            parts = [tf.where(part, what, 0.0) for part in (in_train, is_watched) for what in (loss, hits)]
            return chunk + 1, sums + tf.reduce_sum(tf.stack(parts), axis=1)

        if self.n_chunks == 1:
            return tf.where(first < last, chunk_of(tf.constant(0), sums)[1], sums)
        return _loop(chunk_of, first, last, sums)


def steps_and_chunks(experiment: Experiment) -> tuple[int, int]:
    """Training steps of an epoch, and pieces of its evaluation."""
    batch, n_train, n_watched = batch_and_counts(experiment)
    return math.ceil(n_train / batch), math.ceil((n_train + n_watched) / CHUNK_ROWS)


def _rounds_the_same(experiment: Experiment) -> bool:
    """Whether steps compiled for one batch size give the bits of `fit`, whose steps are for any.

    Then a quarter of a step's operations fall away. TensorFlow divides a mean's gradient by how many it is over. A
    number that it knows it turns into a factor, which rounds differently, but for the loss's own mean over the batch:
    so no other mean may be over more than one. And it moves GELU's constants where it knows that all factors have one
    shape.
    """
    model = experiment.model
    one_number = heads.output_units(experiment.data, model) == 1 or experiment.loss == SPARSE_LOSS
    return one_number and not model.batch_norm and "gelu" not in model.activation


def _type(sparse: bool) -> tf.DType:
    return tf.int32 if sparse else tf.float32


def _rows(table: Tensor, start: Tensor, count: int | Tensor) -> Tensor:
    """Rows [start, start + count), with a shape known to the compiler where `count` is."""
    columns = table.shape[1:]
    return tf.slice(table, [start, *([0] * len(columns))], [count, *columns])


def _loop(
    body: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]], first: Tensor, last: Tensor, total: Tensor
) -> Tensor:
    return tf.while_loop(lambda index, _: index < last, body, (first, total))[1]
