"""The learning-rate range test of a stack: the rate grows from step to step while all its members train."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike, NDArray

from playground.core.experiment import Experiment
from playground.engine.rates import rates_after
from playground.engine.stacked.initial import initial_rows
from playground.engine.stacked.layout import Layout
from playground.engine.stacked.orders import Orders
from playground.engine.stacked.points import stack_data
from playground.engine.stacked.program import StackProgram, StackState

Floats = NDArray[np.float64]


class RangeTest:
    """Members of one stack on their way through the rates; each goes on from the step before, as training does.

    Parameters
    ----------
    experiments : the members, of one `stack_key`
    program : of their `stack_shape`
    rates : (steps,) the learning rate of every member in each step

    Attributes
    ----------
    losses : (members, steps so far) the loss of each batch before the step that it makes, penalties included
    """

    def __init__(self, experiments: Sequence[Experiment], program: StackProgram, rates: ArrayLike) -> None:
        self.rates = np.asarray(rates, np.float64)
        self._experiments, self._program = list(experiments), program
        layout = Layout(experiments)
        self._masks = [tf.constant(mask) for mask in layout.masks()]
        self._data = stack_data(experiments, program.shape)
        self._orders = Orders(experiments, program)
        self._penalties = np.array([rates_after(each, 0)[1:] for each in experiments])
        self._state = StackState(
            tf.constant(initial_rows(experiments, layout)), program.initial_memory(), program.zero_sums()
        )
        self._losses: list[Floats] = []

    @property
    def losses(self) -> Floats:
        """(members, steps) so far."""
        return np.array(self._losses).reshape(-1, len(self._experiments)).T

    @property
    def ended(self) -> bool:
        """Whether there is no rate left, or no member whose loss is a number."""
        done = len(self._losses)
        return done == len(self.rates) or (done > 0 and not np.isfinite(self._losses[-1]).any())

    def slices(self, seconds: float = 0.02) -> Iterator[None]:
        """Train to the end of the test; each `next` works for about `seconds`."""
        until = time.perf_counter() + seconds
        while not self.ended:
            for ended in self._epoch():
                if time.perf_counter() > until:
                    yield
                    until = time.perf_counter() + seconds
                if ended:
                    return

    def _epoch(self) -> Iterator[bool]:
        """The steps of an epoch, one by one; whether the test has ended with it."""
        self._orders.are_drawn_after(math.inf)
        self._orders.begin()
        n_train, batch = self._program.n_train, self._program.batch
        self._state = self._state._replace(sums=self._program.zero_sums())
        before = np.zeros(len(self._experiments))
        for step, first in enumerate(range(0, n_train, batch)):
            self._step(step)
            summed = self._state.sums.numpy()[:, 0].astype(np.float64)
            self._losses.append((summed - before) / min(batch, n_train - first))
            before = summed
            yield self.ended

    def _step(self, step: int) -> None:
        rates = np.column_stack([np.full(len(self._experiments), self.rates[len(self._losses)]), self._penalties])
        rate_tensor, orders = tf.constant(rates, tf.float32), self._orders.window(step)
        self._state = self._program.advance(
            self._state, rate_tensor, self._data, self._masks, orders, (step, step + 1), (0, 0)
        )
