"""What TensorFlow Playground's six sets share. They are the generators of its dataset.ts, its label +1 being class 1.

Source: https://github.com/tensorflow/playground/blob/master/src/dataset.ts. Two differences: `balance` sets
how many points of each class are kept, and the random numbers are NumPy's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numpy.random import Generator

from playground.core.datasets._counts import Points

if TYPE_CHECKING:
    from playground.core.parts import Data

RADIUS = 5.0
REGRESSION_RADIUS = 6.0


def regression_points(data: Data, rng: Generator) -> tuple[Points, Points]:
    """Points of the plane, and where noise has moved them."""
    X = uniform(rng, REGRESSION_RADIUS, data.samples)
    return X, X + uniform(rng, REGRESSION_RADIUS, data.samples) * data.noise


def uniform(rng: Generator, reach: float, n: int) -> Points:
    """`n` points of the square [-reach, reach]²."""
    return rng.uniform(-reach, reach, (n, 2))
