"""scikit-learn's random clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        random_state=data.data_seed,
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
)
