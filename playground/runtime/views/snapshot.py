"""A run's network at one epoch, with all that a view may be made of."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playground.core.datasets import PLANE, Dataset
from playground.core.diagnosis import Evidence
from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.core.history import Floats, History
from playground.runtime.engine import Engine, Network, Program, Weights


@dataclass(frozen=True)
class Snapshot:
    """Everything a view is computed from. It is read, never written to.

    The history may hold more than the run has come to, because others train the same experiment: what is asked of a
    snapshot ends at `newest`.

    Attributes
    ----------
    engine, program : what computes, as the worker holds them
    experiment : with the rates in use
    epoch : the epoch of `weights`, which are in the order of `model.get_weights()`
    displayed : the number of the epoch the page shows: with a thinned history, or after divergence, above `epoch`
    newest : the newest epoch of the run; `displayed` is below it while the learner looks back
    x1, x2 : the visible range of the plane
    shown_points : how many points a page draws at most
    memory : what views keep for this run from one look to the next; emptied when epochs are replaced
    clock : seconds, for views that may take only so long
    """

    engine: Engine
    program: Program
    experiment: Experiment
    history: History
    epoch: int
    displayed: int
    newest: int
    weights: Weights
    x1: Range
    x2: Range
    shown_points: int
    memory: dict[Hashable, Any]
    clock: Callable[[], float] = time.monotonic

    @cached_property
    def network(self) -> Network:
        """The network shown."""
        return self.network_with(self.weights)

    def network_with(self, weights: Weights) -> Network:
        """The same architecture with other weights, as of another epoch."""
        return self.engine.make_network(self.program, self.experiment, weights)

    @property
    def data(self) -> Dataset:
        """The points of the experiment, all of them."""
        return self.engine.sampled(self.experiment.trained.data)

    @property
    def plane(self) -> Hashable:
        """The part of the plane that is visible, and which plane it is."""
        return self.x1, self.x2, PLANE.of(self.experiment.data)

    def weights_of(self, epoch: int) -> tuple[int, Weights]:
        """The kept epoch nearest below or at `epoch`, and its weights."""
        return self.history.weights_at(min(epoch, self.newest))

    @property
    def kept_epochs(self) -> list[int]:
        """The epochs whose weights are kept."""
        return [epoch for epoch in self.history.kept_epochs if epoch <= self.newest]

    def curves(self) -> Floats:
        """A row for each epoch, from the first to the newest one."""
        return self.history.curves()[: self.newest + 1]

    def evidence(self) -> Evidence:
        """What a diagnosis at the epoch shown needs."""
        return self.engine.collect_evidence(self.program, self.experiment, self.history, self.displayed)
