"""The last bits of a number differ between processors, and even within an array: no decision may hang on them.

A softmax over one unit is 1, or 0.99999994 where it is computed eight points at a time: both among the same points.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

OF_FLOAT32 = 1e-6
"""Share of its size, a few roundings, by which a float32 that came out of a network may be off."""
OF_FLOAT64 = 1e-12
BITS_KEPT = 20
"""Of the 24 that a float32 has."""


def without_last_bits(values: ArrayLike) -> Floats:
    """The values of float32 numbers, to `BITS_KEPT` binary digits: equal where only rounding tells them apart."""
    mantissa, exponent = np.frexp(np.asarray(values, np.float64))
    rounded: Floats = np.ldexp(np.rint(np.ldexp(mantissa, BITS_KEPT)), exponent - BITS_KEPT)
    return rounded


def are_alike(values: ArrayLike) -> bool:
    """Whether float64 numbers differ by no more than rounding; also of a single one."""
    numbers = np.asarray(values, np.float64)
    return bool(np.ptp(numbers) <= OF_FLOAT64 * np.abs(numbers).max())


def spread_or_1(columns: Floats) -> Floats:
    """The standard deviation of each column of (n, d) numbers; 1 for a column that does not change."""
    deviation = columns.std(axis=0)
    changes = deviation > OF_FLOAT64 * np.abs(columns.mean(axis=0))
    spread: Floats = np.where(changes, deviation, 1.0)
    return spread
