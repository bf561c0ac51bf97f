"""What came of a search's trials: their figures and states, who goes on, and which is the best. Free of Optuna."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from playground.core.history import FIGURES
from playground.core.search.search import REDUCTION, Search
from playground.core.search.trial import Merit, Record, State, Trial

OF_DIVERGED = -1.0


class Ledger:
    """The trials of a search, in the order in which they were asked.

    Attributes
    ----------
    records : of each trial what has come of it
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        self.records: list[Record] = []

    def take_up(self, records: Sequence[Record]) -> None:
        """Go on from what came of the first trials."""
        self.records = list(records)

    def add(self, trials: Sequence[Trial]) -> None:
        """Trials have been asked."""
        nothing = np.full((self.search.seeds, len(FIGURES)), np.nan)
        self.records += [Record(trial, nothing) for trial in trials]

    def tell(self, number: int, epoch: int, figures: ArrayLike) -> None:
        """A trial has come to a rung.

        Parameters
        ----------
        figures : (seeds, figures), as FIGURES has them; a loss that is no number says that a seed has diverged
        """
        record = self.records[number]
        record.epoch, record.figures = epoch, np.asarray(figures, np.float64)
        losses = record.figures[:, [FIGURES.index("loss"), FIGURES.index("val_loss")]]
        if not np.isfinite(losses).all():
            record.state = "diverged"
        else:
            record.merits[epoch] = record.merit

    def judge(self, epoch: int) -> list[int]:
        """Prune who is behind at a rung, once all who are on their way to it have come; the trials that go on.

        Of all trials that have ever come to this rung, those of this batch go on that are among the best third.
        """
        here = [k for k, record in enumerate(self.records) if record.state == "running" and record.epoch == epoch]
        going_on = set() if epoch == self.search.rungs[-1] else self._best(epoch, here)
        ends: State = "complete" if epoch == self.search.rungs[-1] else "pruned"
        for number in here:
            self.records[number].state = "running" if number in going_on else ends
        return [number for number in here if number in going_on]

    def _best(self, epoch: int, here: Sequence[int]) -> set[int]:
        merits = {k: record.merits[epoch] for k, record in enumerate(self.records) if epoch in record.merits}
        ranked = sorted(merits, key=lambda number: (merits[number], -number), reverse=True)
        best = set(ranked[: -(-len(ranked) // REDUCTION)])
        return best & set(here)

    def score(self, number: int) -> float:
        """What a sampler is told of a trial: the later its last rung, the better; then by accuracy, or by loss."""
        record = self.records[number]
        if record.state == "diverged" or not record.epoch:
            return OF_DIVERGED
        rung = self.search.rungs.index(record.epoch)
        accuracy = record.accuracy
        return rung + (accuracy if np.isfinite(accuracy) else 1 / (1 + max(record.loss, 0.0)))

    def counts(self) -> dict[str, int]:
        """How many trials are in each state."""
        states = [record.state for record in self.records]
        names: tuple[State, ...] = ("running", "pruned", "complete", "diverged")
        return {name: states.count(name) for name in names}

    @property
    def ended(self) -> int:
        """How many trials have ended."""
        return sum(record.state != "running" for record in self.records)

    @property
    def best(self) -> int | None:
        """The trial with the best figures so far; None while none has any. Of equals the one asked first."""
        found = self.bests()
        return found[-1] if found else None

    def bests(self) -> list[int | None]:
        """After each trial the best of it and those asked before it."""
        best: int | None = None
        found = []
        for number, record in enumerate(self.records):
            if self._counts(record) and (best is None or _newest(record) > _newest(self.records[best])):
                best = number
            found.append(best)
        return found

    @staticmethod
    def _counts(record: Record) -> bool:
        return record.epoch > 0 and record.state != "diverged"


def _newest(record: Record) -> Merit:
    """Its merit at the last rung that it has come to."""
    return record.merits[record.epoch]
