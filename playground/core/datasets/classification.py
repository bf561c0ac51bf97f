"""scikit-learn's random clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.random import Generator
from pydantic import Field

from playground.core.datasets._counts import Classes, Points
from playground.core.datasets._record import OwnKnob, Record, Slider

if TYPE_CHECKING:
    from playground.core.parts import Data

MAX_CLASSES = 4
"""make_classification with two informative features and one cluster a class has room for 2² classes."""
SEPARATION: OwnKnob[float] = OwnKnob(
    "separation",
    float,
    Field(default=1.0, ge=0, le=10),
    "Separation",
    "How far apart the classes lie: larger is easier.",
    Slider(0.1),
)
LEAST_SEPARATION = 1e-9
"""What stands for 0, which scikit-learn refuses."""


def classification(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """A stretched cluster for each class; noise is the share of points given a random class."""
    return _clusters(data, np.random.RandomState(data.data_seed))


def further(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """More points of the clusters of `data`, whose seed decides how they lie and are stretched."""
    draws = -(-sum(counts) // data.samples)
    parts = [_clusters(data, _SameClusters(data.data_seed, rng)) for _ in range(draws)]
    return np.concatenate([X for X, _ in parts]), np.concatenate([y for _, y in parts])


class _SameClusters(np.random.RandomState):
    """Draws what the random state of a seed draws, but for the places of points in their clusters.

    Those are all that `make_classification` takes from a normal distribution.
    """

    def __init__(self, seed: int, fresh: Generator) -> None:
        super().__init__(seed)
        self._fresh = fresh

    def standard_normal(self, size: Any = None) -> Any:
        super().standard_normal(size)  # what follows is drawn after them
        return self._fresh.standard_normal(size)


def _clusters(data: Data, state: np.random.RandomState) -> tuple[Points, Classes]:
    from sklearn.datasets import make_classification

    X, y = make_classification(
        data.samples,
        n_features=2,
        n_informative=2,
        n_redundant=0,
        n_classes=data.classes,
        n_clusters_per_class=1,
        weights=[data.balance, 1 - data.balance] if data.classes == 2 else None,
        class_sep=max(SEPARATION.of(data), LEAST_SEPARATION),
        flip_y=data.noise,
        random_state=state,
    )
    return X, _with_every_class(y, data.classes)


def _with_every_class(y: Classes, n_classes: int) -> Classes:
    """`y` with a point given to each class that random labels or an extreme balance left empty."""
    for k in range(n_classes):
        if not np.any(y == k):
            y[np.argmax(y == np.bincount(y).argmax())] = k
    return y


RECORD = Record(
    name="classification",
    label="Random clusters",
    place=80,
    sample=classification,
    max_classes=MAX_CLASSES,
    knobs=(SEPARATION,),
    further=further,
)
