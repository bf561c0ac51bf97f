"""Parabolas and the checkerboard."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points, labels
from playground.core.parts import Data

BOARD_EDGE = 6.0
CELLS = 4


def parabolas(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """A parabola (class 0) and the same one `gap` higher (class 1), drawn as `slope` says."""
    y = labels(counts)
    return (_squared_line if data.slope else _parabola)(data, y, rng), y


def _parabola(data: Data, y: Classes, rng: Generator) -> Points:
    """x2 = x1² over [-2, 2]; noise is the deviation of the points."""
    x1 = rng.uniform(-2, 2, len(y))
    X = np.column_stack([x1, x1**2 + data.gap * y])
    return X + rng.normal(0, data.noise, X.shape)


def _squared_line(data: Data, y: Classes, rng: Generator) -> Points:
    """x2 = (t / 100)², where t is what scikit-learn's `make_regression` makes of x1 with the coefficient 100 `slope`.

    `noise` is the deviation of t / 100; the square makes it wider where the parabola is steep.
    """
    x1 = rng.normal(0, 1, len(y))
    line = data.slope * x1 + rng.normal(0, data.noise, len(y))
    return np.column_stack([x1, line**2 + data.gap * y])


def checkerboard(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """4×4 cells over [-6, 6]², class 0 in the lower left; noise is the deviation of the points."""
    y = labels(counts)
    row = rng.integers(CELLS, size=len(y))
    column = 2 * rng.integers(CELLS // 2, size=len(y)) + (row + y) % 2
    inside = rng.uniform(0, 1, (len(y), 2))
    X = (np.column_stack([column, row]) + inside) * (2 * BOARD_EDGE / CELLS) - BOARD_EDGE
    return X + rng.normal(0, data.noise, X.shape), y
