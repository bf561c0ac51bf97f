"""What a diagnosis is made from: the curves and signals of a run up to the epoch shown, and what its data allow."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.evaluation import predicted_classes
from playground.core.experiment import Experiment
from playground.core.inputs import Seen, inputs_of, sampled, seen_by
from playground.core.parts import Task
from playground.core.rounding import are_alike, spread_or_1
from playground.core.signals import Signals

Floats = NDArray[np.float64]

NEIGHBOURS = 5
MOST_POINTS = 1024
"""Of the training points those that are looked at, the first ones."""


class Look(NamedTuple):
    """The signals of the network at one epoch."""

    epoch: int
    signals: Signals


class Attainable(NamedTuple):
    """How well the training points can be answered without a network: the share right, or R² for a regression.

    Attributes
    ----------
    neighbours : by each point's five nearest other points
    line : by the least-squares fit that is linear in the network's inputs
    """

    neighbours: float
    line: float


class Evidence(NamedTuple):
    """All that the rules look at.

    Attributes
    ----------
    experiment : with the rates in use
    curves : (n, 6) rows of `history.CURVES` from epoch 0 to the epoch shown; the last one may hold nan or inf
    looks : at some epochs, rising; the first and the shown epoch among them
    inputs : (m, d) what the network is fed for (some of) the training points
    y : (m,) their classes or targets
    values : (m, K) what the network says of them at the epoch shown, as `engine.predict` gives it; (0, 1) where nobody
        has asked it
    attainable : what is possible for these points
    """

    experiment: Experiment
    curves: NDArray[np.floating]
    looks: tuple[Look, ...]
    inputs: NDArray[np.floating]
    y: NDArray[np.number]
    values: NDArray[np.floating]
    attainable: Attainable


def evidence_of_curves(experiment: Experiment, curves: NDArray[np.floating]) -> Evidence:
    """The evidence of a network of which nothing is known but its curves: for rules that ask for no more."""
    seen = seen_by(experiment)
    points = sampled(seen.data)
    X, y = points.X_train[:MOST_POINTS], points.y_train[:MOST_POINTS]
    return Evidence(experiment, curves, (), inputs_of(seen, X), y, np.empty((0, 1)), attainable_of(seen))


@lru_cache(maxsize=32)
def attainable_of(seen: Seen) -> Attainable:
    """What is possible for the training points, found once for all epochs and all runs that see them alike."""
    points = sampled(seen.data)
    X: Floats = points.X_train[:MOST_POINTS]
    return attainable(X, inputs_of(seen, X), points.y_train[:MOST_POINTS], seen.data.task)


def attainable(X: ArrayLike, inputs: ArrayLike, y: ArrayLike, task: Task) -> Attainable:
    """What is possible for points.

    Parameters
    ----------
    X : (m, 2) the points
    inputs : (m, d) what the network is fed for them
    y : (m,) classes 0, 1, … or numbers
    """
    X, inputs, y = np.asarray(X, np.float64), np.asarray(inputs, np.float64), np.asarray(y)
    values = _one_hot(y) if task == "classification" else y[:, np.newaxis].astype(np.float64)
    answers = (_by_neighbours(X, values), _by_line(inputs, values))
    return Attainable(*(score(answer, y, task) for answer in answers))


def score(values: NDArray[np.floating], y: NDArray[np.number], task: Task) -> float:
    """How good answers are: the share of right classes, or R², the share of the targets' variance explained.

    Parameters
    ----------
    values : (m, K) a value for each class; or (m, 1) the probability of class 1, or the output of a regression
    y : (m,) classes or numbers
    """
    if task == "regression":
        if are_alike(y):
            return 1.0
        return float(1 - np.square(values[:, 0] - y).sum() / np.square(y - y.mean()).sum())
    return float((predicted_classes(values) == y).mean())


def _one_hot(classes: NDArray[np.number]) -> Floats:
    return np.eye(max(int(classes.max()) + 1, 2))[classes.astype(np.int64)]


def _by_neighbours(X: Floats, values: Floats) -> Floats:
    """The mean of each point's nearest other points, on axes of equal spread."""
    X = (X - X.mean(axis=0)) / spread_or_1(X)
    squares = np.square(X).sum(axis=1)
    distance = squares[:, np.newaxis] - 2 * X @ X.T + squares
    np.fill_diagonal(distance, np.inf)
    count = max(min(NEIGHBOURS, len(X) - 1), 1)
    nearest = np.argpartition(distance, count - 1, axis=1)[:, :count]
    means: Floats = values[nearest].mean(axis=1)
    return means


def _by_line(inputs: Floats, values: Floats) -> Floats:
    """The least-squares fit of one-hot classes: a linear discriminant, its threshold between the classes' means."""
    columns = (inputs - inputs.mean(axis=0)) / spread_or_1(inputs)
    columns = np.column_stack([columns, np.ones(len(columns))])
    fitted: Floats = columns @ np.linalg.lstsq(columns, values, rcond=None)[0]
    return fitted
