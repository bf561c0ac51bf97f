"""TensorFlow Playground's hills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Points
from playground.core.datasets._record import Record
from playground.core.datasets._tensorflow_playground import regression_points

if TYPE_CHECKING:
    from playground.core.parts import Data

HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))
"""x1, x2 and sign of each hill; a hill falls off linearly to 0 at distance 2."""


def hills(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Points]:
    """Targets from six hills of height +1 and -1, taken where noise has moved the point."""
    X, seen = regression_points(data, rng)
    heights = [sign * np.clip(1 - np.hypot(seen[:, 0] - x1, seen[:, 1] - x2) / 2, 0, 1) for x1, x2, sign in HILLS]
    return X, np.sum(heights, axis=0)  # no two hills overlap, so the sum is the highest one


RECORD = Record(name="hills", label="Hills (regression)", place=130, sample=hills, task="regression", wide=True)
