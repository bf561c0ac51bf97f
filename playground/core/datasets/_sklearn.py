"""scikit-learn's generators. It takes a second to import, so it is imported when first needed."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from playground.core.datasets._counts import Classes, Points
from playground.core.parts import Data

CENTERS_RADIUS = 4.0


def moons(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """Two interleaving half circles; noise is the deviation of the points."""
    from sklearn.datasets import make_moons

    X, y = make_moons(counts, noise=data.noise, random_state=data.data_seed)
    return X, y


def circles(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """A ring of radius `factor` (class 1) in a ring of radius 1; noise is the deviation of the points."""
    from sklearn.datasets import make_circles

    X, y = make_circles(counts, noise=data.noise, factor=data.factor, random_state=data.data_seed)
    return X, y


def blobs(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """A Gaussian blob for each class with the spread `deviation`; noise is the deviation of what is added to that."""
    from sklearn.datasets import make_blobs

    X, y = make_blobs(counts, centers=blob_centers(data), cluster_std=data.deviation, random_state=data.data_seed)
    return X + rng.normal(0, data.noise, X.shape), y


def blob_centers(data: Data) -> Points:
    """The centres asked for, or evenly spaced ones on a circle, (classes, 2)."""
    if data.centers:
        return np.reshape(data.centers, (data.classes, 2))
    angle = 2 * np.pi * np.arange(data.classes) / data.classes
    return CENTERS_RADIUS * np.column_stack([np.cos(angle), np.sin(angle)])


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
        class_sep=data.separation,
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
