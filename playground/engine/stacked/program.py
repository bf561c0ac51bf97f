"""The compiled program of a stack's shape: an epoch of all members in one call, with all state passed in and out."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground.core.experiment import Experiment
from playground.core.stacks import StackShape
from playground.engine.build import build_optimizer
from playground.engine.compiled import XLA, Compiled, Tensor, Tensors
from playground.engine.decoupled import Decoupled
from playground.engine.inputs import SPARSE_LOSS
from playground.engine.judge import make_judge
from playground.engine.pace import Pace, Range
from playground.engine.stacked.layout import Layout
from playground.engine.stacked.network import StackedNetwork
from playground.engine.training import SUMS

MOST_AT_ONCE = 1 << 19
"""Most numbers that a layer puts out at once in an evaluation: bounds memory, and the time a slice cannot be ended."""
MOST_ORDERED = 1 << 20
"""Most points of all members together whose order is handed over at once, but for a single step."""


class StackState(NamedTuple):
    """All that training changes: weights (members, P), the optimizer's memory, each member's sums (members, SUMS)."""

    weights: Tensor
    memory: Tensors
    sums: Tensor


class StackData(NamedTuple):
    """What a stack is trained on; members may share their points.

    Attributes
    ----------
    X : (sets, n, features) float32, of the training part and then the part watched
    y : (sets, n) or (sets, n, units)
    of : (members,) int32, the set of each member
    """

    X: Tensor
    y: Tensor
    of: Tensor


class _OwnRates(keras.optimizers.schedules.LearningRateSchedule):
    """A learning rate for each member, (members, 1): Keras's formulas take it as they take a number."""

    def __init__(self) -> None:
        super().__init__()
        self.rates: Tensor = 0.0

    def __call__(self, step: Tensor) -> Tensor:
        return self.rates

    def get_config(self) -> dict[str, Any]:
        return {}


class StackProgram:
    """What stacks of one shape need to run.

    Parameters
    ----------
    members : of one of these stacks
    shape : with room for them; by default with no more than they need

    Attributes
    ----------
    n_train, batch : training points of each member, and of each but the last step of an epoch
    window : how many of them, at most, the steps of one call may take
    pace : training steps of an epoch and chunks of its evaluation, and what they take
    """

    def __init__(self, members: Sequence[Experiment], shape: StackShape | None = None) -> None:
        first, layout = members[0], Layout(members, shape)
        self.shape = layout.shape
        self._size, self._units = layout.size, layout.units
        self.n_train, n_watched = first.data.n_train, first.data.n_watched
        self._n_points = self.n_train + n_watched
        self.batch = min(first.train.batch_size, self.n_train)
        self._most_steps = max(MOST_ORDERED // (self.batch * self.shape.members), 1)
        self.window = min(self._most_steps * self.batch, self.n_train)
        widest = max(self.shape.features, *self.shape.hidden, self._units, 1)
        self._rows = max(min(MOST_AT_ONCE // (widest * self.shape.members), self._n_points), 1)
        self._sparse = first.loss == SPARSE_LOSS
        self._network = StackedNetwork(layout.shapes, self.shape.groups, first.output)
        self._judge = make_judge(first)
        self._rates = _OwnRates()
        self._optimizer = build_optimizer(first)
        self._is_decoupled = isinstance(self._optimizer, Decoupled)
        if self._is_decoupled:
            kernels = layout.kernels()
            self._optimizer.share_of = lambda _packed: kernels
        self._optimizer.learning_rate = self._rates
        self._packed = keras.Variable(np.zeros((self.shape.members, self._size), np.float32), name="weights")
        self._optimizer.build([self._packed])
        self._fresh_memory = [variable.numpy() for variable in self._slots]
        self._in_use = threading.Lock()
        self.n_chunks = math.ceil(self._n_points / self._rows)
        self._compile()

    def _compile(self) -> None:
        """Trace and compile, and run it, so that nothing is left for later."""
        # By XLA, two to three times faster: a stack owes `fit` five digits, not its bits.
        self._advance = Compiled(self._epoch, self._spec(), XLA)
        self._rates.rates = 0.0  # what was traced is let go
        if self._is_decoupled:
            self._optimizer.l1 = self._optimizer.l2 = 0.0
        self._seconds(0, 0)
        n_steps = math.ceil(self.n_train / self.batch)
        self.pace = Pace(n_steps, self.n_chunks, self._seconds(1, 0), self._seconds(0, 1), self._most_steps)

    def _seconds(self, steps: int, chunks: int) -> float:
        *dummies, _ranges = self._advance.zeros()
        began = time.perf_counter()
        self._advance(*dummies, tf.constant([0, steps, 0, chunks, 0], tf.int32))[-1].numpy()
        return time.perf_counter() - began

    @property
    def _slots(self) -> list[keras.Variable]:
        """What the optimizer remembers."""
        return list(self._optimizer.variables)

    def initial_memory(self) -> Tensors:
        """What the optimizer remembers before training."""
        return [tf.constant(value) for value in self._fresh_memory]

    def zero_sums(self) -> Tensor:
        """The sums at the start of an epoch."""
        return tf.zeros([self.shape.members, SUMS])

    def window_start(self, step: int) -> int:
        """The first of the training points, as an epoch orders them, that a call from this step on is told of."""
        return min(step * self.batch, self.n_train - self.window)

    def advance(
        self,
        state: StackState,
        rates: Tensor,
        data: StackData,
        masks: Tensors,
        orders: Tensor,
        steps: Range,
        chunks: Range,
    ) -> StackState:
        """Train steps [first, last) of an epoch, then evaluate chunks [first, last) of all points.

        Parameters
        ----------
        rates : (members, 3) float32, each member's learning rate, l1 and l2
        orders : (members, window) int32, of each member's order of the training points in this epoch what begins at
            `window_start` of the first step
        """
        ranges = tf.constant([*steps, *chunks, self.window_start(steps[0])], tf.int32)
        arguments = state.weights, *state.memory, state.sums, rates, *data, *masks
        with self._in_use:
            weights, *memory, sums = self._advance(*arguments, orders, ranges)
        return StackState(weights, memory, sums)

    # What is traced.

    def _spec(self) -> list[tf.TensorSpec]:
        shape, n = self.shape, self._n_points
        sparse, dense = ([shape.sets, n], tf.int32), ([shape.sets, n, self._units], tf.float32)
        return [
            tf.TensorSpec(self._packed.shape, tf.float32),
            *(tf.TensorSpec(v.shape, v.dtype) for v in self._slots),
            tf.TensorSpec([shape.members, SUMS], tf.float32),
            tf.TensorSpec([shape.members, 3], tf.float32),
            tf.TensorSpec([shape.sets, n, shape.features], tf.float32),
            tf.TensorSpec(*(sparse if self._sparse else dense)),
            tf.TensorSpec([shape.members], tf.int32),
            *(
                tf.TensorSpec([shape.members, shape.choices(layer), units], tf.float32)
                for layer, units in enumerate(shape.hidden)
            ),
            tf.TensorSpec([shape.members, self.window], tf.int32),
            tf.TensorSpec([5], tf.int32),
        ]

    def _epoch(self, *arguments: Tensor) -> Tensors:
        n_slots = len(self._slots)
        state, rest = arguments[: 1 + n_slots], arguments[1 + n_slots :]
        sums, rates, X, y, of, *masks, orders, ranges = rest
        data = StackData(X, y, of)
        bench = [self._packed, *self._slots]
        for variable, value in zip(bench, state, strict=True):
            variable.assign(value)
        fit_loss = self._train(sums[:, 0], rates, data, masks, orders, ranges)
        weights, *memory = (variable.value.read_value() for variable in bench)
        judged = self._evaluate(sums[:, 1:5], weights, data, masks, ranges)
        penalties = self._penalties(weights, rates)
        return [weights, *memory, tf.concat([fit_loss[:, tf.newaxis], judged, penalties[:, tf.newaxis]], 1)]

    def _train(
        self, fit_loss: Tensor, rates: Tensor, data: StackData, masks: Tensors, orders: Tensor, ranges: Tensor
    ) -> Tensor:
        """Steps [first, last), the last one of an epoch with what is left of the points; the losses times points."""
        self._rates.rates = rates[:, :1]
        if self._is_decoupled:
            self._optimizer.l1, self._optimizer.l2 = rates[:, 1:2], rates[:, 2:]

        def steps(first: Tensor, last: Tensor, size: int, total: Tensor) -> Tensor:
            # The place in the window goes round with the loop: of one reckoned from what comes in the compiler would
            # make a constant, and compile anew for every other.
            def step(index: Tensor, place: Tensor, total: Tensor) -> Tensors:
                x, y = self._rows_of(data, tf.slice(orders, [0, place], [self.shape.members, size]))
                return [index + 1, place + size, total + size * self._step(x, y, rates, masks)]

            begun = [first, first * self.batch - ranges[4], total]
            return tf.while_loop(lambda index, _place, _total: index < last, step, begun)[-1]

        whole, left = divmod(self.n_train, self.batch)
        fit_loss = steps(ranges[0], tf.minimum(ranges[1], whole), self.batch, fit_loss)
        return steps(tf.maximum(ranges[0], whole), ranges[1], left, fit_loss) if left else fit_loss

    def _step(self, x: Tensor, y: Tensor, rates: Tensor, masks: Tensors) -> Tensor:
        """Change the bench by a batch of every member; their losses before it, (members,), penalties included.

        The sum of the losses has for each member the gradient of its own.
        """
        weights = self._packed.value.read_value()
        with tf.GradientTape() as tape:
            tape.watch(weights)
            outputs = self._network.outputs(self._network.logits(weights, x, masks))
            losses = tf.reduce_mean(self._by_member(self._judge.loss.call(_in_a_row(y), outputs)), axis=1)
            losses += self._penalties(weights, rates)
        self._optimizer.apply([tape.gradient(losses, weights)], [self._packed])
        return losses

    def _penalties(self, weights: Tensor, rates: Tensor) -> Tensor:
        """(members,): what of the penalties is in the loss."""
        if self._is_decoupled:
            return tf.zeros([self.shape.members])
        return self._network.penalties(weights, rates[:, 1], rates[:, 2])

    def _evaluate(self, sums: Tensor, weights: Tensor, data: StackData, masks: Tensors, ranges: Tensor) -> Tensor:
        """Chunks [first, last) of all points; the running sums of loss and hits of both parts, (members, 4).

        The last chunk reaches back over points already counted to have the size of the others, and leaves them out.
        """
        n, rows = self._n_points, self._rows

        def chunk(index: Tensor, sums: Tensor) -> Tensors:
            start = tf.minimum(index * rows, n - rows)
            points = tf.range(rows) + start
            x, y = (tf.gather(_rows(table, start, rows), data.of) for table in (data.X, data.y))
            outputs = self._network.outputs(self._network.logits(weights, x, masks))
            loss, hits = map(self._by_member, self._judge(_in_a_row(y), outputs))
            new = points >= index * rows
            parts = new & (points < self.n_train), new & (points >= self.n_train)
            found = [tf.reduce_sum(tf.where(part, what, 0.0), axis=1) for part in parts for what in (loss, hits)]
            return [index + 1, sums + tf.stack(found, axis=1)]

        if self.n_chunks > 1:
            return tf.while_loop(lambda index, _: index < ranges[3], chunk, [ranges[2], sums])[1]
        # Of a loop that goes round once the compiler would do the work before it, whether it is entered or not.
        return tf.cond(ranges[2] < ranges[3], lambda: chunk(tf.constant(0), sums)[1], lambda: sums)

    def _rows_of(self, data: StackData, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Inputs (members, n, features) and targets of these rows (members, n) of each member's own points."""
        index = rows + data.of[:, tf.newaxis] * self._n_points
        return tf.gather(_in_a_row(data.X), index), tf.gather(_in_a_row(data.y), index)

    def _by_member(self, of_points: Tensor) -> Tensor:
        return tf.reshape(of_points, [self.shape.members, -1])


def _rows(table: Tensor, start: Tensor, count: int) -> Tensor:
    """Rows [start, start + count) of each set, with a shape known to the compiler."""
    sets, _n, *columns = table.shape
    return tf.slice(table, [0, start, *([0] * len(columns))], [sets, count, *columns])


def _in_a_row(table: Tensor) -> Tensor:
    """The first two axes as one."""
    return tf.reshape(table, [-1, *table.shape[2:]])
