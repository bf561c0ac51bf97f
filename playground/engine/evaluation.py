"""The evaluation of all points by itself: what ends an epoch, without training, in slices of time."""

from __future__ import annotations

import math
import time
from typing import Any

import tensorflow as tf

from playground.engine.compiled import Tensor, Tensors
from playground.engine.pace import Pace
from playground.engine.program import Program, State

NO_STEPS = (0, 0)


class Evaluation:
    """The evaluation of a network, chunk by chunk; its sums are to the bit those of one go.

    Parameters
    ----------
    pace : of the program for the experiment that has these points
    weights, memory : of the network, as a `State` has them
    rates, points : as `Program.advance` takes them
    n_train : number of training points
    """

    def __init__(
        self,
        program: Program,
        pace: Pace,
        weights: Tensors,
        memory: list[Any],
        rates: Tensor,
        points: tuple[Any, Any],
        n_train: int,
    ) -> None:
        self._program, self._pace, self._rates, self._points = program, pace, rates, points
        self._order = tf.range(n_train, dtype=tf.int32)
        self._done = 0
        self.state = State(weights, memory, program.zero_sums)

    def advance(self, seconds: float = math.inf) -> list[float] | None:
        """Evaluate for about `seconds`; the sums once all points are in them."""
        pace = self._pace
        _steps, chunks = pace.next_ranges(pace.n_steps, self._done, seconds)
        began = time.perf_counter()
        self.state, sums = self._program.advance(self.state, self._rates, self._points, self._order, NO_STEPS, chunks)
        pace.learn(NO_STEPS, chunks, time.perf_counter() - began)
        self._done = chunks[1]
        return sums if self._done == pace.n_chunks else None
