"""TensorFlow Playground's six sets: the generators of its dataset.ts, its label +1 being class 1.

Source: https://github.com/tensorflow/playground/blob/master/src/dataset.ts. Two differences: `balance` sets
how many points of each class are kept, and the random numbers are NumPy's.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from playground.core.datasets._counts import Classes, Points, keep, labels
from playground.core.parts import Data

RADIUS = 5.0
REGRESSION_RADIUS = 6.0
XOR_PADDING = 0.3
HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))
"""x1, x2 and sign of each hill; a hill falls off linearly to 0 at distance 2."""

Sample = tuple[Points, Classes]
RegressionSample = tuple[Points, NDArray[np.float64]]


def circle(data: Data, counts: tuple[int, ...], rng: Generator) -> Sample:
    """A disc (class 1) inside a ring; noise moves a point only for the choice of its class."""

    def draw(rng: Generator, n: int) -> Sample:
        in_disc = np.arange(n) < n / 2
        r = np.where(in_disc, rng.uniform(0, RADIUS * 0.5, n), rng.uniform(RADIUS * 0.7, RADIUS, n))
        angle = rng.uniform(0, 2 * np.pi, n)
        X = np.column_stack([r * np.sin(angle), r * np.cos(angle)])
        seen = X + _uniform(rng, RADIUS, n) * data.noise
        y = (np.hypot(*seen.T) < RADIUS * 0.5).astype(np.int64)
        mixed = rng.permutation(n)  # the first ones are kept, and must not all come from the disc
        return X[mixed], y[mixed]

    return keep(counts, draw, rng)


def xor(data: Data, counts: tuple[int, ...], rng: Generator) -> Sample:
    """Four squares off the axes, class 1 where the signs agree; noise moves a point only for its class."""

    def draw(rng: Generator, n: int) -> Sample:
        X = _uniform(rng, RADIUS, n)
        X += np.where(X > 0, XOR_PADDING, -XOR_PADDING)
        seen = X + _uniform(rng, RADIUS, n) * data.noise
        return X, (seen[:, 0] * seen[:, 1] >= 0).astype(np.int64)

    return keep(counts, draw, rng)


def gaussians(data: Data, counts: tuple[int, ...], rng: Generator) -> Sample:
    """Class 1 around (2, 2), class 0 around (-2, -2), of variance 0.5 (noise 0) to 4 (noise 0.5) and on."""
    y = labels(counts)
    variance = 0.5 + (4 - 0.5) * data.noise / 0.5
    centers = np.where(y == 1, 2.0, -2.0)[:, np.newaxis]
    return rng.normal(centers, np.sqrt(variance), (len(y), 2)), y


def spiral(data: Data, counts: tuple[int, ...], rng: Generator) -> Sample:
    """Two arms of 1.75 turns, class 0 half a turn after class 1."""
    share = np.concatenate([np.arange(count) / count for count in counts])
    y = labels(counts)
    r, t = share * RADIUS, 1.75 * share * 2 * np.pi + np.where(y == 1, 0, np.pi)
    X = np.column_stack([r * np.sin(t), r * np.cos(t)])
    return X + _uniform(rng, 1, len(y)) * data.noise, y


def plane(data: Data, counts: tuple[int, ...], rng: Generator) -> RegressionSample:
    """Targets (x1 + x2) / 10, taken where noise has moved the point."""
    X, seen = _regression_points(data, rng)
    return X, seen.sum(axis=1) / 10


def hills(data: Data, counts: tuple[int, ...], rng: Generator) -> RegressionSample:
    """Targets from six hills of height +1 and -1, taken where noise has moved the point."""
    X, seen = _regression_points(data, rng)
    heights = [sign * np.clip(1 - np.hypot(seen[:, 0] - x1, seen[:, 1] - x2) / 2, 0, 1) for x1, x2, sign in HILLS]
    return X, np.sum(heights, axis=0)  # no two hills overlap, so the sum is the highest one


def _regression_points(data: Data, rng: Generator) -> tuple[Points, Points]:
    X = _uniform(rng, REGRESSION_RADIUS, data.samples)
    return X, X + _uniform(rng, REGRESSION_RADIUS, data.samples) * data.noise


def _uniform(rng: Generator, reach: float, n: int) -> Points:
    return rng.uniform(-reach, reach, (n, 2))
