"""The checkerboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points, labels
from playground.core.datasets._record import Record

if TYPE_CHECKING:
    from playground.core.parts import Data

BOARD_EDGE = 6.0
CELLS = 4


def checkerboard(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """4×4 cells over [-6, 6]², class 0 in the lower left; noise is the deviation of the points."""
    y = labels(counts)
    row = rng.integers(CELLS, size=len(y))
    column = 2 * rng.integers(CELLS // 2, size=len(y)) + (row + y) % 2
    inside = rng.uniform(0, 1, (len(y), 2))
    X = (np.column_stack([column, row]) + inside) * (2 * BOARD_EDGE / CELLS) - BOARD_EDGE
    return X + rng.normal(0, data.noise, X.shape), y


RECORD = Record(name="checkerboard", label="Checkerboard", place=110, sample=checkerboard, wide=True)
