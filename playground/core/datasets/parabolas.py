"""Two parabolas, one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator
from pydantic import Field

from playground.core.datasets._counts import Classes, Points, labels
from playground.core.datasets._record import OwnKnob, Record, Slider

if TYPE_CHECKING:
    from playground.core.parts import Data

GAP: OwnKnob[float] = OwnKnob(
    "gap", float, Field(default=0.5, ge=0, le=5), "Gap", "Vertical distance between the two parabolas.", Slider(0.1)
)
SLOPE: OwnKnob[float] = OwnKnob(
    "slope",
    float,
    Field(default=0.0, ge=0, le=2),
    "Slope",
    "0 draws plain parabolas. Above 0 each is the square of a line with this slope and the noise, so the noise is "
    "wider where the parabola is steep.",
    Slider(0.05),
)
"""0 for x2 = x1² over [-2, 2], else the square of a noisy line, x2 = (slope·x1 + noise)², x1 normal."""


def parabolas(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """A parabola (class 0) and the same one `gap` higher (class 1), drawn as `slope` says."""
    y = labels(counts)
    return (_squared_line if SLOPE.of(data) else _parabola)(data, y, rng), y


def _parabola(data: Data, y: Classes, rng: Generator) -> Points:
    """x2 = x1² over [-2, 2]; noise is the deviation of the points."""
    x1 = rng.uniform(-2, 2, len(y))
    X = np.column_stack([x1, x1**2 + GAP.of(data) * y])
    return X + rng.normal(0, data.noise, X.shape)


def _squared_line(data: Data, y: Classes, rng: Generator) -> Points:
    """x2 = (t / 100)², where t is what scikit-learn's `make_regression` makes of x1 with the coefficient 100 `slope`.

    `noise` is the deviation of t / 100; the square makes it wider where the parabola is steep.
    """
    x1 = rng.normal(0, 1, len(y))
    line = SLOPE.of(data) * x1 + rng.normal(0, data.noise, len(y))
    return np.column_stack([x1, line**2 + GAP.of(data) * y])


RECORD = Record(name="parabolas", label="Parabolas", place=100, sample=parabolas, knobs=(GAP, SLOPE))
