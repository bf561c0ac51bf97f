"""The grid a view is computed on. Everywhere, value[i, j] belongs to x2 = axis2[i], x1 = axis1[j]."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.core.datasets._registry import RECORDS

Floats = NDArray[np.float64]
Range = tuple[float, float]

WIDE_VIEW: Range = (-6.0, 6.0)
"""Where sets are shown whose record says `wide`."""

MARGIN = 0.15
"""Room left on each side of the points, as a share of their extent."""


def axis(lo: float, hi: float, n: int) -> Floats:
    """`n` evenly spaced coordinates from `lo` to `hi`, both included."""
    return np.linspace(lo, hi, n)


def grid_points(x1_range: Range, x2_range: Range, n: int) -> Floats:
    """The points of an n×n grid.

    Returns
    -------
    (n*n, 2) float64
        Reshaped to (n, n, 2), entry [i, j] is (axis1[j], axis2[i]).
    """
    x1, x2 = np.meshgrid(axis(*x1_range, n), axis(*x2_range, n))
    return np.column_stack([x1.ravel(), x2.ravel()])


def default_view(dataset: str, X: Floats) -> tuple[Range, Range]:
    """The x1 and x2 range to show first: [-6, 6]² where that is the domain, else the points and a margin."""
    if RECORDS[dataset].wide:
        return WIDE_VIEW, WIDE_VIEW
    return _with_margin(X[:, 0]), _with_margin(X[:, 1])


def _with_margin(values: Floats) -> Range:
    lo, hi = float(values.min()), float(values.max())
    room = MARGIN * (hi - lo) or 1.0
    return lo - room, hi + room
