"""TensorFlow Playground's plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numpy.random import Generator

from playground.core.datasets._counts import Points
from playground.core.datasets._record import Record
from playground.core.datasets._tensorflow_playground import regression_points

if TYPE_CHECKING:
    from playground.core.parts import Data


def plane(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Points]:
    """Targets (x1 + x2) / 10, taken where noise has moved the point."""
    X, seen = regression_points(data, rng)
    return X, seen.sum(axis=1) / 10


RECORD = Record(name="plane", label="Plane (regression)", place=120, sample=plane, task="regression", wide=True)
