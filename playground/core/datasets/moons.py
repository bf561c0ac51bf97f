"""Two interleaving half circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points
from playground.core.datasets._record import Record

if TYPE_CHECKING:
    from playground.core.parts import Data


def moons(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """Two interleaving half circles; noise is the deviation of the points."""
    from sklearn.datasets import make_moons

    X, y = make_moons(counts, noise=data.noise, random_state=data.data_seed)
    return X, y


RECORD = Record(name="moons", label="Moons", place=50, sample=moons)
