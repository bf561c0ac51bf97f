"""Gaussian blobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.random import Generator
from pydantic import Field

from playground.core.datasets._counts import Classes, Points
from playground.core.datasets._record import Numbers, OwnKnob, Record, Slider

if TYPE_CHECKING:
    from playground.core.parts import Data

CENTERS_RADIUS = 4.0
Coordinate = Annotated[float, Field(ge=-100, le=100)]

DEVIATION: OwnKnob[float] = OwnKnob(
    "deviation",
    float,
    Field(default=1.0, ge=0, le=10),
    "Spread",
    "How wide each blob is (standard deviation, in units of the axes).",
    Slider(0.1),
)
CENTERS: OwnKnob[tuple[float, ...]] = OwnKnob(
    "centers",
    Annotated[tuple[Coordinate, ...], Field(max_length=12)],
    Field(default=()),
    "Centres",
    "Where the blobs lie: x1, x2 of each class one after the other, like 0,0,15,15. Type none to put them on a circle.",
    Numbers(),
)


def blobs(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """A Gaussian blob for each class with the spread `deviation`; noise is the deviation of what is added to that."""
    from sklearn.datasets import make_blobs

    X, y = make_blobs(counts, centers=blob_centers(data), cluster_std=DEVIATION.of(data), random_state=data.data_seed)
    return X + rng.normal(0, data.noise, X.shape), y


def blob_centers(data: Data) -> Points:
    """The centres asked for, or evenly spaced ones on a circle, (classes, 2)."""
    centers = CENTERS.of(data)
    if centers:
        return np.reshape(centers, (data.classes, 2))
    angle = 2 * np.pi * np.arange(data.classes) / data.classes
    return CENTERS_RADIUS * np.column_stack([np.cos(angle), np.sin(angle)])


def _two_numbers_a_class(data: Data) -> Iterator[tuple[str, str]]:
    centers = CENTERS.of(data)
    if centers and len(centers) != 2 * data.classes:
        yield (
            "centers",
            f"centers must hold two numbers for each of the {data.classes} classes. Got {len(centers)} numbers.",
        )


RECORD = Record(
    name="blobs",
    label="Blobs",
    place=70,
    sample=blobs,
    max_classes=6,
    knobs=(DEVIATION, CENTERS),
    rules=_two_numbers_a_class,
)
