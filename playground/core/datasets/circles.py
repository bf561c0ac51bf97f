"""Two rings, one in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numpy.random import Generator
from pydantic import Field

from playground.core.datasets._counts import Classes, Points
from playground.core.datasets._record import OwnKnob, Record, Slider

if TYPE_CHECKING:
    from playground.core.parts import Data

FACTOR: OwnKnob[float] = OwnKnob(
    "factor",
    float,
    Field(default=0.8, ge=0.05, le=0.95),
    "Inner ring",
    "Radius of the inner ring, as a share of the outer one.",
    Slider(0.05),
)


def circles(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """A ring of radius `factor` (class 1) in a ring of radius 1; noise is the deviation of the points."""
    from sklearn.datasets import make_circles

    X, y = make_circles(counts, noise=data.noise, factor=FACTOR.of(data), random_state=data.data_seed)
    return X, y


RECORD = Record(name="circles", label="Two rings", place=60, sample=circles, knobs=(FACTOR,))
