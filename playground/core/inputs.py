"""How a network sees a point: what it is given of it, and where the plane of the chart lies among the inputs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.datasets import PLANE, Dataset, make_dataset
from playground.core.datasets._registry import RECORDS
from playground.core.experiment import Experiment
from playground.core.features import Scaler, expand_features, feature_columns
from playground.core.parts import COORDINATES, Data
from playground.core.projection import names_of_components

Floats = NDArray[np.float64]

MOST_NAMED = 2
"""Inputs that are held fixed and named; of more it is said how many."""


class Seen(NamedTuple):
    """All that decides how a network sees a point."""

    data: Data
    features: tuple[str, ...]
    standardize: bool


def seen_by(experiment: Experiment) -> Seen:
    """How the network of an experiment sees points; equal for those that see them alike, whatever plane is shown."""
    return Seen(experiment.trained.data, experiment.inputs, experiment.standardizes)


@lru_cache(maxsize=8)
def sampled(data: Data) -> Dataset:
    """The points of `data`, sampled once for all that share them. Not to be written to."""
    return make_dataset(data)


def inputs_of(seen: Seen, X: ArrayLike) -> NDArray[np.float32]:
    """The network's inputs for points: what is chosen of them, scaled as training scales them.

    Parameters
    ----------
    X : (n, coordinates) float

    Returns
    -------
    (n, inputs) float32
        When they are standardised, on the scale of the training part of the experiment's own data.
    """
    columns = _columns(seen, X)
    if seen.standardize:
        return _scaler(seen).transform(columns)
    with np.errstate(over="ignore"):  # a square of what just fits is too large for a float32
        return columns.astype(np.float32)


def scaler_of(seen: Seen) -> Scaler | None:
    """What standardises what is chosen of points; None where it is taken as it is."""
    return _scaler(seen) if seen.standardize else None


@lru_cache(maxsize=32)
def _scaler(seen: Seen) -> Scaler:
    return Scaler.fit(_columns(seen, sampled(seen.data).X_train))


def _columns(seen: Seen, X: ArrayLike) -> NDArray[np.floating]:
    """What is chosen of points; what has a unit of its own is rounded to float32 no earlier than it is scaled."""
    X = np.asarray(X, dtype=np.float64)
    if not seen.data.uses_features:
        return X
    return (feature_columns if RECORDS[seen.data.dataset].tabular else expand_features)(X, seen.features)


@dataclass(frozen=True, eq=False)
class ShownPlane:
    """The plane of the chart among d inputs: its point (a, b) is `origin` + a · `directions[0]` + b · `directions[1]`.

    Attributes
    ----------
    titles : what its axes are
    held : a sentence on what is held fixed where there are more inputs than two; else empty
    origin : (d,)
    directions : (2, d)
    measures : (2, d); a point x of the data is shown at `measures` @ (x - `origin`)
    """

    titles: tuple[str, str]
    held: str
    origin: Floats
    directions: Floats
    measures: Floats

    @property
    def is_the_data(self) -> bool:
        """Whether points of the plane are points of the data, as they are."""
        return len(self.origin) == len(COORDINATES)

    def points(self, coordinates: ArrayLike) -> Floats:
        """The points of the data (n, d) that lie at these coordinates (n, 2)."""
        found = np.asarray(coordinates, dtype=np.float64)
        return found if self.is_the_data else self.origin + found @ self.directions

    def coordinates(self, X: ArrayLike) -> Floats:
        """Where points of the data (n, d) are shown, (n, 2): for more than two inputs, as seen from straight above."""
        found = np.asarray(X, dtype=np.float64)
        return found if self.is_the_data else (found - self.origin) @ self.measures.T


def plane_of(data: Data) -> ShownPlane:
    """The plane that is shown of `data`."""
    return _plane(data)


@lru_cache(maxsize=16)
def _plane(data: Data) -> ShownPlane:
    names = data.inputs
    d = len(names)
    if d <= len(COORDINATES):
        axes = np.eye(len(COORDINATES), d)
        return ShownPlane((names[0], names[1] if d > 1 else ""), "", np.zeros(d), axes, axes)
    X = sampled(data.model_copy(update={PLANE.name: ()})).X_train
    shown: tuple[int, ...] = getattr(data, PLANE.name)
    return _of_inputs(X, names, shown) if shown else _of_components(X, d)


def _of_inputs(X: Floats, names: tuple[str, ...], shown: tuple[int, ...]) -> ShownPlane:
    axes = np.eye(len(names))[[number - 1 for number in shown]]
    origin = np.median(X, axis=0) * (1 - axes.sum(axis=0))
    titles = names[shown[0] - 1], names[shown[1] - 1]
    return ShownPlane(titles, _held(names, shown, origin), origin, axes, axes)


def _held(names: tuple[str, ...], shown: tuple[int, ...], medians: Floats) -> str:
    others = [place for place in range(len(names)) if place + 1 not in shown]
    if len(others) > MOST_NAMED:
        return f"The {len(others)} other inputs are held at the median of the training points."
    each = " and ".join(f"{names[place]} at {medians[place]:.4g}" for place in others)
    return f"Held at the median of the training points: {each}."


def _of_components(X: Floats, d: int) -> ShownPlane:
    scaler = Scaler.fit(X)
    scaled = (X - scaler.mean) / scaler.deviation
    components, shares = principal_components(scaled)
    first, second = names_of_components(shares)
    held = f"The plane of the first two principal components of {d} inputs. Along the others it is held at the mean."
    return ShownPlane((first, second), held, scaler.mean, components * scaler.deviation, components / scaler.deviation)


def principal_components(scaled: Floats) -> tuple[Floats, Floats]:
    """The first two principal components (2, d) of points (n, d) about 0, and the share of the variance of each.

    Of each component the largest entry is positive, as scikit-learn has it.
    """
    variances, vectors = np.linalg.eigh(scaled.T @ scaled / max(len(scaled) - 1, 1))
    components = vectors.T[::-1][: len(COORDINATES)]
    largest = np.abs(components).argmax(axis=1)
    signs = np.sign(components[np.arange(len(components)), largest])
    total = variances.sum()
    shares = np.maximum(variances[::-1][: len(COORDINATES)], 0) / total if total > 0 else np.zeros(len(COORDINATES))
    return components * signs[:, np.newaxis], shares
