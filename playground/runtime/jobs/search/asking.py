"""What a search needs of Optuna, as recipes since it takes long: its next batch, and what has mattered so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from playground.core.experiment import Experiment
from playground.core.search import Asker, Search, Trial, stacked
from playground.runtime.engine import Engine
from playground.runtime.jobs.recipe import Recipe


class Batch(NamedTuple):
    """Trials that were asked together, and the experiments of each."""

    trials: list[Trial]
    experiments: list[tuple[Experiment, ...]]


class Asking:
    """The asker of a search. Only the compiling thread, which makes one thing after the other, touches it.

    Parameters
    ----------
    name : of the job
    of : the key of its subject
    """

    def __init__(self, search: Search, name: str, of: str) -> None:
        self._search, self._name, self._of = search, name, of
        self._asker: Asker | None = None

    def batch(self, scores: Sequence[float]) -> Recipe:
        """The next batch, once all trials so far have these scores."""

        def make(_engine: Engine) -> Batch:
            asker = self._told(scores)
            trials = asker.ask()
            self._asker = asker
            return Batch(trials, [self._search.experiments(trial) for trial in trials])

        return Recipe(f"{self._name} batch after {len(scores)}", make, self._of, shared=False)

    def importance(self, scores: Sequence[float]) -> Recipe:
        """How much each knob has mattered in these trials."""

        def make(_engine: Engine) -> dict[str, float]:
            if self._asker is None:
                return Asker(self._search, scores).importance()
            if self._asker.told < len(scores):  # no batch comes after the last one
                self._asker = self._told(scores)
            return self._asker.importance()

        return Recipe(f"{self._name} importance of {len(scores)}", make, self._of, shared=False)

    def programs(self) -> Recipe:
        """Those that the first batch will need."""

        def make(engine: Engine) -> list[object]:
            experiments = [self._search.experiments(trial)[0] for trial in Asker(self._search).ask()]
            shapes = {each.shape: each.places for each in stacked(self._search, experiments)}
            return [engine.compile_stack([experiments[k] for k in places], shape) for shape, places in shapes.items()]

        return Recipe(self._of, make, self._of)

    def _told(self, scores: Sequence[float]) -> Asker:
        """The asker; one that was left half-way through a batch is made anew."""
        asker, self._asker = self._asker, None
        if asker is None:
            return Asker(self._search, scores)
        asker.tell(scores[asker.told :])
        return asker
