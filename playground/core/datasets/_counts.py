"""How many points each class gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

if TYPE_CHECKING:
    from playground.core.parts import Data

Points = NDArray[np.float64]
Classes = NDArray[np.int64]


def class_counts(data: Data) -> tuple[int, ...]:
    """Points of each class: `balance` splits two classes, more share evenly; one number where none are drawn."""
    if data.given:
        return (data.n_samples,)
    if data.task == "regression":
        return (data.samples,)
    if data.n_classes == 2:
        first = min(max(int(data.samples * data.balance), 1), data.samples - 1)
        return first, data.samples - first
    each, left = divmod(data.samples, data.n_classes)
    return tuple(each + (k < left) for k in range(data.n_classes))


def labels(counts: tuple[int, ...]) -> Classes:
    """Classes 0, 1, … one after the other, each as often as counted."""
    return np.repeat(np.arange(len(counts)), counts)


def keep(
    counts: tuple[int, ...], draw: Callable[[Generator, int], tuple[Points, Classes]], rng: Generator
) -> tuple[Points, Classes]:
    """Draw until every class has its count, and keep the first ones of each.

    For sets whose class is decided by where a point falls. Points of one class keep their distribution.
    """
    parts: list[list[Points]] = [[] for _ in counts]
    missing = list(counts)
    while any(missing):
        X, y = draw(rng, 2 * sum(counts))
        for k, count in enumerate(missing):
            taken = X[np.flatnonzero(y == k)[:count]]
            parts[k].append(taken)
            missing[k] -= len(taken)
    return np.concatenate([points for part in parts for points in part]), labels(counts)
