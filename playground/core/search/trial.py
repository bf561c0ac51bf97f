"""A trial of a search: the values that it tries, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core import query
from playground.core.history import FIGURES

STATES: tuple[str, ...] = ("running", "pruned", "complete", "diverged")
State: TypeAlias = Literal["running", "pruned", "complete", "diverged"]
Merit: TypeAlias = tuple[float, float]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """The values of the search's knobs, in its order, and the link of the experiment with the first seed."""

    number: int
    values: tuple[tuple[str, Any], ...]
    link: str

    @property
    def label(self) -> dict[str, str]:
        """The values as a link spells them."""
        return {knob: query.text_of(value) for knob, value in self.values}


@dataclass
class Record:
    """What has come of a trial.

    Attributes
    ----------
    epoch : of the last rung that it has come to; 0 before the first
    figures : (seeds, figures) of that epoch; NaN before the first
    """

    trial: Trial
    figures: Floats
    state: State = "running"
    epoch: int = 0
    merits: dict[int, Merit] = field(default_factory=dict)
    """At each rung that it has come to."""

    @property
    def accuracy(self) -> float:
        """The mean of the seeds' accuracies on the part watched; NaN where there is none."""
        return self._mean("val_accuracy")

    @property
    def loss(self) -> float:
        """The mean of the seeds' losses on the part watched."""
        return self._mean("val_loss")

    @property
    def merit(self) -> Merit:
        """What is the more, the better: accuracy, then a small loss; of regression and what has diverged the latter."""
        accuracy = self.accuracy
        return (accuracy if np.isfinite(accuracy) else 0.0), -self.loss

    def _mean(self, figure: str) -> float:
        with np.errstate(over="ignore", invalid="ignore"):
            return float(self.figures[:, FIGURES.index(figure)].mean())
