"""The way of a batch to its next rung: stacks of those trials that are still in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.history import FIGURES
from playground.core.search import Search, Stacked, stacked
from playground.runtime.engine import Engine, StackTrainer
from playground.runtime.jobs.recipe import Made, Recipe
from playground.runtime.jobs.slices import Slices
from playground.runtime.jobs.trained import trained


class Climber(NamedTuple):
    """A network on its way: its trial, what it is, and the checkpoint and the place in it that it goes on from."""

    trial: int
    experiment: Experiment
    source: tuple[Any, int] | None = None


class Climb:
    """Networks on their way to a rung.

    Attributes
    ----------
    epoch : of the rung
    climbers : the networks, those of a trial one after the other
    stacks : that they train as
    """

    def __init__(self, search: Search, epoch: int, climbers: Sequence[Climber]) -> None:
        self.epoch, self.climbers = epoch, list(climbers)
        self.stacks = stacked(search, [each.experiment for each in climbers])
        self._under_way: dict[int, tuple[StackTrainer, Slices]] = {}
        self._arrived: set[int] = set()
        self._figures = np.full((len(self.climbers), len(FIGURES)), np.nan)

    def recipes(self, name: str, of: str) -> list[Recipe]:
        """What makes the trainer of each stack."""
        return [
            Recipe(f"{name} stack {k}", self._trainer(each), of, shared=False) for k, each in enumerate(self.stacks)
        ]

    def _trainer(self, stack: Stacked) -> Any:
        climbers = [self.climbers[place] for place in stack.places]

        def make(engine: Engine) -> StackTrainer:
            sources = [each.source for each in climbers if each.source is not None]
            checkpoint = engine.gather_members(sources) if sources else None
            return engine.make_stack([each.experiment for each in climbers], checkpoint, stack.shape)

        return make

    def can_advance(self, made: Sequence[Made]) -> bool:
        """Whether a stack that has not arrived has its trainer."""
        return self._next(made) is not None

    @property
    def arrived(self) -> bool:
        """Whether all have come to the rung."""
        return len(self._arrived) == len(self.stacks)

    def advance(self, made: Sequence[Made], seconds: float) -> None:
        """One slice of the first stack that can go on."""
        stack = self._next(made)
        assert stack is not None
        if stack not in self._under_way:
            trainer: StackTrainer = made[stack].result()
            self._under_way[stack] = trainer, Slices(lambda: trainer.slices(seconds, self.epoch))
        trainer, slices = self._under_way[stack]
        before = self._epochs(stack, trainer) if trainer.begun else None
        slices.next()
        if before is not None:
            trained.add(self._epochs(stack, trainer) - before)
        if trainer.begun and (trainer.current.epoch >= self.epoch or trainer.ended):
            self._arrive(stack, trainer)

    def _next(self, made: Sequence[Made]) -> int | None:
        return next((k for k in range(len(self.stacks)) if k not in self._arrived and self._is_there(made, k)), None)

    def _is_there(self, made: Sequence[Made], stack: int) -> bool:
        return stack in self._under_way or (stack < len(made) and made[stack].done())

    def _epochs(self, stack: int, trainer: StackTrainer) -> int:
        """What its networks have been trained in all, but for those that only fill it up."""
        return int(sum(trainer.current.epochs[: self.stacks[stack].wanted]))

    def _arrive(self, stack: int, trainer: StackTrainer) -> None:
        checkpoint, now = trainer.checkpoint(), trainer.current
        columns = np.column_stack([getattr(now, name) for name in FIGURES])
        for member, place in enumerate(self.stacks[stack].places[: self.stacks[stack].wanted]):
            self._figures[place] = columns[member]
            self.climbers[place] = self.climbers[place]._replace(source=(checkpoint, member))
        del self._under_way[stack]
        self._arrived.add(stack)

    def figures(self) -> dict[int, NDArray[np.float64]]:
        """Of each trial (seeds, figures)."""
        trials = np.array([each.trial for each in self.climbers])
        return {int(trial): self._figures[trials == trial] for trial in dict.fromkeys(trials.tolist())}
