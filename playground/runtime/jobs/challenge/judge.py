"""Judges networks by hidden points: how good each has been at best, when, and when it first reached a target."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core.architecture import trainable_parameters
from playground.core.challenge import Entry, Score
from playground.core.evaluation import predicted_classes
from playground.runtime.engine import Network


class HiddenPoints(NamedTuple):
    """X (n, 2) and y (n,), which no page is told."""

    X: NDArray[np.float64]
    y: NDArray[Any]


class Best(NamedTuple):
    """The greatest accuracy of a network and the first epoch that had it."""

    accuracy: float
    epoch: int


class Judge:
    """What the networks of one entry have come to so far."""

    def __init__(self, entry: Entry, points: HiddenPoints) -> None:
        self._entry, self._points = entry, points
        self._bests: dict[int, Best] = {}
        self._reached: int | None = None

    def look(self, place: int, epoch: int, network: Network) -> None:
        """Take in what the network of a seed is at an epoch."""
        accuracy = self._accuracy(network)
        if place not in self._bests or accuracy > self._bests[place].accuracy:
            self._bests[place] = Best(accuracy, epoch)
        target = self._entry.challenge.target
        if target is not None and accuracy >= target and (self._reached is None or epoch < self._reached):
            self._reached = epoch

    def _accuracy(self, network: Network) -> float:
        """The share of points that are called what they are; where a network has no number to say, it is wrong."""
        values = network.predict(self._points.X)
        right = (predicted_classes(values) == self._points.y) & np.isfinite(values).all(axis=1)
        return float(np.mean(right))

    def score(self) -> Score:
        """What has come of it."""
        worst = min(self._bests.values(), key=lambda best: (best.accuracy, -best.epoch))
        several = len(self._entry.experiments) > 1
        return Score(
            accuracy=worst.accuracy,
            epoch=worst.epoch,
            parameters=trainable_parameters(self._entry.experiment),
            reached=self._reached,
            of_seeds=tuple(self._bests[place].accuracy for place in sorted(self._bests)) if several else (),
            edited=self._entry.as_it_is,
        )
