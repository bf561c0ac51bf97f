"""A run's network at one epoch, with all that a view may be made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from playground.core.datasets import Dataset
from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.core.history import History


@dataclass(frozen=True)
class Snapshot:
    """Everything a view is computed from. It is read, never written to.

    Attributes
    ----------
    engine, program : what computes, as the worker holds them
    epoch : the epoch of `weights`, which are in the order of `model.get_weights()`
    displayed : the number of the epoch the page shows: with a thinned history, or after divergence, above `epoch`
    newest : the newest epoch of the run; `displayed` is below it while the learner looks back
    x1, x2 : the visible range of the plane
    shown_points : how many points a page draws at most
    memory : what views keep for this run from one look to the next; emptied when epochs are replaced
    """

    engine: Any
    program: Any
    experiment: Experiment
    history: History
    epoch: int
    displayed: int
    newest: int
    weights: list[npt.NDArray[np.float32]]
    x1: Range
    x2: Range
    shown_points: int
    memory: dict[Any, Any]

    @property
    def data(self) -> Dataset:
        """The points of the experiment, all of them."""
        dataset: Dataset = self.engine.sampled(self.experiment.data)
        return dataset

    def weights_of(self, epoch: int) -> list[npt.NDArray[np.float32]]:
        """The weights of the kept epoch nearest below or at `epoch`."""
        return self.history.weights_at(epoch)[1]
