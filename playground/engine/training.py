"""What is traced of an epoch: training steps over batches, then the evaluation of all points."""

from __future__ import annotations

import math
from collections.abc import Callable

import tensorflow as tf

from playground.core import heads
from playground.core.experiment import Experiment
from playground.engine.compiled import Compiled, Tensor, Tensors
from playground.engine.inputs import SPARSE_LOSS
from playground.engine.workbench import Workbench

CHUNK_ROWS = 4096
"""Most points evaluated in one go: bounds memory, and the time a slice cannot be interrupted."""
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
        data, train = experiment.data, experiment.train
        self._bench = bench
        self._n_train, self._n_points = data.n_train, data.n_train + data.n_watched
        self._batch = min(train.batch_size, data.n_train)
        self._divides_by_ones = _divides_by_ones(experiment)
        self.n_steps = math.ceil(self._n_train / self._batch)
        self.n_chunks = math.ceil(self._n_points / CHUNK_ROWS)
        units = heads.output_units(data, experiment.model)
        sparse = experiment.loss == SPARSE_LOSS
        self.targets = tf.TensorSpec([self._n_points] if sparse else [self._n_points, units], _type(sparse))
        self._columns = len(experiment.model.features)

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
        return Compiled(self._advance, spec)

    def _advance(self, *arguments: Tensor) -> Tensors:
        bench = self._bench
        *state, sums, rates, X, y, order, ranges = arguments
        bench.put(state[: len(bench.weights)], state[len(bench.weights) :])
        bench.put_rates(rates[0], rates[1], rates[2])
        bench.step.begin()
        fit_loss = self._train(sums[0], rates, X, y, order, ranges)
        bench.step.end()
        evaluated = self._evaluate(sums[1:5], X, y, ranges[2], ranges[3])
        return [*bench.taken(), tf.concat([[fit_loss], evaluated, [bench.penalty()]], 0)]

    def _train(self, fit_loss: Tensor, rates: Tensor, X: Tensor, y: Tensor, order: Tensor, ranges: Tensor) -> Tensor:
        """Steps [first, last); the running sum of each step's loss times its points."""

        def loop(penalised: bool) -> Callable[[], Tensor]:
            def step_of(step: Tensor, total: Tensor) -> tuple[Tensor, Tensor]:
                x, targets, size = self._batch_of(step, X, y, order)
                loss = self._bench.step.take(x, targets, penalised)
                return step + 1, total + loss * tf.cast(size, tf.float32)

            return lambda: _loop(step_of, ranges[0], ranges[1], fit_loss)

        return tf.cond(rates[1] + rates[2] > 0, loop(penalised=True), loop(penalised=False))

    def _batch_of(self, step: Tensor, X: Tensor, y: Tensor, order: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs and targets of a batch, and its size."""
        start = step * self._batch
        if self._n_train % self._batch == 0 and self._divides_by_ones:
            size = tf.constant(self._batch)
        else:
            # A size known only when it runs, as in `fit`: TensorFlow multiplies by the reciprocal of a size it knows.
            size = tf.minimum(self._batch, self._n_train - start)
        rows = tf.slice(order, [start], [size])
        return tf.gather(X, rows), tf.gather(y, rows), size

    def _evaluate(self, sums: Tensor, X: Tensor, y: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Chunks [first, last) of all points; the running sums of loss and hits of both parts.

        The last chunk reaches back over points already counted to have the size of the others, and leaves them out.
        """
        n, rows = self._n_points, math.ceil(self._n_points / self.n_chunks)

        def chunk_of(chunk: Tensor, sums: Tensor) -> tuple[Tensor, Tensor]:
            start = tf.minimum(chunk * rows, n - rows)
            index = tf.range(rows) + start
            new = index >= chunk * rows
            loss, hits = self._bench.judge(_rows(X, start, rows), _rows(y, start, rows))
            in_train, is_watched = new & (index < self._n_train), new & (index >= self._n_train)
            parts = [tf.where(part, what, 0.0) for part in (in_train, is_watched) for what in (loss, hits)]
            return chunk + 1, sums + tf.reduce_sum(tf.stack(parts), axis=1)

        return _loop(chunk_of, first, last, sums)


def _divides_by_ones(experiment: Experiment) -> bool:
    """Whether no mean in a training step is over more than one number, but the loss's own over the batch.

    TensorFlow divides a mean's gradient by how many it is over. Where it knows that number when it compiles, it
    multiplies by the reciprocal, which rounds differently from `fit`, where it does not. The mean over the batch is
    a division that it leaves alone, so then batches may have a known size: a quarter of a step's operations fall away.
    """
    one_unit = heads.output_units(experiment.data, experiment.model) == 1
    return (one_unit or experiment.loss == SPARSE_LOSS) and not experiment.model.batch_norm


def _type(sparse: bool) -> tf.DType:
    return tf.int32 if sparse else tf.float32


def _rows(table: Tensor, start: Tensor, count: int) -> Tensor:
    """Rows [start, start + count), with a shape known to the compiler."""
    columns = table.shape[1:]
    return tf.slice(table, [start, *([0] * len(columns))], [count, *columns])


def _loop(
    body: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]], first: Tensor, last: Tensor, total: Tensor
) -> Tensor:
    return tf.while_loop(lambda index, _: index < last, body, (first, total))[1]
