"""Points that nobody has seen, of the same distribution as a run's data: what a challenge is judged by."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from playground.core.datasets._counts import class_counts
from playground.core.datasets._make import points_of
from playground.core.datasets._registry import RECORDS
from playground.core.errors import Refused
from playground.core.parts import MAX_SEED, Data

N = 1000
"""Points, as a rule."""
APART = 1e-6
"""Points closer than this along both axes count as the same."""
TRIES = 8

GIVEN = "A challenge must be judged by points that nobody has seen, and of {label} there are none but those of the run."
NO_OTHERS = "A challenge must be judged by points that nobody has seen, and {label} with these settings has no others."

Floats = NDArray[np.float64]


def hidden_points(data: Data, seed: int, n: int = N) -> tuple[Floats, NDArray[Any]]:
    """Fresh points of the distribution that `data` are drawn from, noise and shares of classes included.

    Parameters
    ----------
    data : whose points are drawn at random; none of them, of whatever part, is among what is returned
    seed : of the hidden points; whoever knows it can draw them, so it is to be kept from pages
    n : how many points, at least as many as there are classes

    Returns
    -------
    X (n, 2) float64 and y (n,), as `Dataset` has them, in no order that matters
        Equal `data`, seeds and counts give equal points.

    Raises
    ------
    Refused
        When the points are given, like drawn ones, tables and real sets, or no others can be drawn.
    """
    label = RECORDS[data.dataset].label
    if data.given is not None:
        raise Refused(GIVEN.format(label=f"“{label}”"))
    rng = np.random.default_rng(seed)
    known = points_of(data)[0]
    counts = class_counts(data.model_copy(update={"samples": n}))
    by_class = data.task == "classification" and RECORDS[data.dataset].further is None
    wanted = counts if by_class else (n,)
    X, y = np.empty((0, 2)), np.empty(0)
    for _ in range(TRIES):
        more_X, more_y = _drawn(data, n, rng)
        others = ~_are_among(more_X, known)
        X, y = np.concatenate([X, more_X[others]]), np.concatenate([y, more_y[others]])
        classes = y if by_class else np.zeros(len(y))
        places = [np.flatnonzero(classes == k)[:count] for k, count in enumerate(wanted)]
        if all(len(own) == count for own, count in zip(places, wanted, strict=True)):
            chosen = np.concatenate(places)
            return X[chosen], y[chosen].astype(np.int64 if data.task == "classification" else np.float64)
    raise Refused(NO_OTHERS.format(label=f"“{label}”"))


def _drawn(data: Data, n: int, rng: Generator) -> tuple[Floats, NDArray[Any]]:
    """More points than are wanted, in no order; how many is drawn, too, by which sets without noise place them."""
    more = data.model_copy(
        update={"samples": int(rng.integers(2 * n, 3 * n)), "data_seed": int(rng.integers(MAX_SEED))}
    )
    record = RECORDS[data.dataset]
    if record.further is None:
        X, y = record.sample(more, class_counts(more), rng)
    else:
        X, y = record.further(data, class_counts(more), rng)
    order = rng.permutation(len(X))
    return X[order].astype(np.float64), y[order]


def _are_among(X: Floats, known: Floats) -> NDArray[np.bool_]:
    """Which points lie at one of those known: two so close fall into one cell of at least one of four grids."""
    found = np.zeros(len(X), np.bool_)
    for shift in ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5)):
        found |= np.isin(_cells(X, shift), _cells(known, shift))
    return found


def _cells(X: Floats, shift: tuple[float, float]) -> NDArray[np.complex128]:
    cells = np.floor(X / (2 * APART) + shift)
    return cells[:, 0] + 1j * cells[:, 1]
