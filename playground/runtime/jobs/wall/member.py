"""The contract of a part of a wall: a stack, or a network that trains alone. Parts keep step epoch by epoch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from playground.runtime.engine import Floats32
from playground.runtime.jobs.kinds import Made


class Member(Protocol):
    """What all parts have in common.

    Attributes
    ----------
    places : of its networks on the wall
    n_arrays : how many its weights are
    """

    places: Sequence[int]
    n_arrays: int

    @property
    def waits(self) -> bool:
        """Whether what trains it is not there yet."""

    def take(self) -> bool:
        """Take what has come for it; whether something has."""

    @property
    def begun(self) -> bool:
        """Whether its untrained networks have their figures."""

    @property
    def epoch(self) -> int:
        """The newest epoch of those of its networks that have not ended; only where it has begun."""

    @property
    def ended(self) -> bool:
        """Whether none of its networks has anything left to train; only where it has begun."""

    def advance(self) -> None:
        """Begin, or train, for a slice of time."""

    def rewind(self) -> None:
        """Back to the untrained networks."""

    @property
    def figures(self) -> NDArray[np.float64]:
        """(networks, figures): of the newest epoch, as FIGURES has them."""

    @property
    def ends(self) -> list[int]:
        """Of each network why it has ended, a number of ENDS."""

    @property
    def epochs(self) -> list[int]:
        """Of each network how many epochs it was trained for."""

    @property
    def can_be_seen(self) -> bool:
        """Whether there are weights, and what their maps are made with."""

    @property
    def weights(self) -> list[Floats32]:
        """Those of the newest epoch, or what the networks begin with."""

    @property
    def of_each(self) -> Sequence[Sequence[Floats32]]:
        """Those of each network at the newest epoch, as Keras orders them; only where it has begun."""

    def maps(self, weights: list[Floats32], seconds: float) -> Iterator[Floats32 | None]:
        """What its networks with these weights say, (networks, K, n, n); None until the last slice gives it."""

    def checkpoint(self) -> bytes:
        """The state at its newest epoch, pickled."""


def came(made: Sequence[Made], at: int) -> Any:
    """What has come of a recipe, or None. Raises what it failed with."""
    return made[at].result() if at < len(made) and made[at].done() else None
