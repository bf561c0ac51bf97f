"""Each member's order of its training points in an epoch: drawn in slices of time, handed over window by window.

Of many members with many points either takes longer than a slice.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from playground.core.experiment import Experiment
from playground.engine.compiled import Tensor
from playground.engine.stacked.program import StackProgram


class Orders:
    """The orders of one epoch after the other.

    Parameters
    ----------
    experiments : the members; the seed of each draws its orders
    program : of the windows
    """

    def __init__(self, experiments: Sequence[Experiment], program: StackProgram) -> None:
        self._program = program
        self._random = [np.random.default_rng(each.train.seed) for each in experiments]
        self._orders = np.zeros((len(experiments), program.n_train), np.int32)
        self._drawn = 0
        """Members whose order of the next epoch is there."""
        self._window: tuple[int, Tensor] | None = None

    def are_drawn_after(self, seconds: float) -> bool:
        """Draw those of the next epoch for about `seconds`; whether there is one for every member then."""
        until = time.perf_counter() + seconds
        for member in range(self._drawn, len(self._random)):
            self._orders[member] = self._random[member].permutation(self._program.n_train)
            self._drawn += 1
            if time.perf_counter() > until:
                break
        return self._drawn == len(self._random)

    def begin(self) -> None:
        """An epoch begins with those that are drawn."""
        self._drawn, self._window = 0, None

    def window(self, step: int) -> Tensor:
        """(members, window) int32: what the steps from this one on need of them."""
        start = self._program.window_start(step)
        if self._window is None or self._window[0] != start:
            self._window = start, tf.constant(self._orders[:, start : start + self._program.window])
        return self._window[1]

    @property
    def states(self) -> list[Mapping[str, Any]]:
        """How far each member's random numbers are."""
        return [random.bit_generator.state for random in self._random]

    @states.setter
    def states(self, states: Sequence[Mapping[str, Any]]) -> None:
        for random, state in zip(self._random, states, strict=True):
            random.bit_generator.state = state
