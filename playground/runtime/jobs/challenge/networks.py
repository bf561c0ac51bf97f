"""The networks of an entry on their way: one, or one from each seed, as a stack where that can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from playground.core.challenge import Entry
from playground.core.stacks import stack_key
from playground.runtime.engine import Engine, Program, StackTrainer, Trainer, Weights
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.slices import SLICE_SECONDS, Slices
from playground.runtime.jobs.trained import trained
from playground.runtime.jobs.training import Training
from playground.runtime.limits import Limits


class Come(NamedTuple):
    """What a network has come to: the place of its seed, the epoch, and its weights there."""

    place: int
    epoch: int
    weights: Weights


class Networks(Protocol):
    """Networks that are trained in slices of time."""

    @property
    def epoch(self) -> int:
        """The newest epoch; of several the one that was trained last."""

    @property
    def done(self) -> bool:
        """Whether all have come to the epoch that is wanted, or to their own end."""

    def advance(self) -> Sequence[Come]:
        """Train for a slice; what has come of it."""


def may_be_a_stack(entry: Entry) -> bool:
    """Whether there are several networks, and they may train as one."""
    return len(entry.experiments) > 1 and stack_key(entry.experiment) is not None


class InTurn:
    """Networks that train one after the other."""

    def __init__(self, entry: Entry, engine: Engine, program: Program) -> None:
        self._entry, self._engine, self._program = entry, engine, program
        self._newest = -1
        """The newest epoch that was handed out."""
        self._begin(0)

    @property
    def epoch(self) -> int:
        """The newest one, of the network that is being trained."""
        return self._trainer.last_epoch

    @property
    def done(self) -> bool:
        """Whether the last one has come to its end."""
        return self._place == len(self._entry.experiments) - 1 and self._has_come

    @property
    def _has_come(self) -> bool:
        if self._newest < 0:
            return False
        return self._trainer.ended is not None or self._trainer.last_epoch >= self._entry.epochs

    def advance(self) -> Sequence[Come]:
        """Train for a slice; a new epoch, if one has come of it."""
        if self._has_come:
            self._begin(self._place + 1)
        trainer = self._trainer
        if not trainer.begun or self._newest >= 0:
            self._slices.next()
        if not trainer.begun or trainer.last_epoch == self._newest:
            return ()
        trained.add(int(self._newest >= 0))
        self._newest = trainer.last_epoch
        # After the end this is the network that counts, which may be an earlier one that was seen already.
        return (Come(self._place, trainer.current.epoch, trainer.current.weights),)

    def _begin(self, place: int) -> None:
        trainer: Trainer = self._engine.make_trainer(self._entry.experiments[place], self._program)
        self._place, self._trainer = place, trainer
        self._slices = Slices(lambda: trainer.slices(SLICE_SECONDS))
        self._newest = -1


class InStep:
    """Networks that train as one stack."""

    def __init__(self, entry: Entry, trainer: StackTrainer) -> None:
        self._entry, self._trainer = entry, trainer
        self._slices = Slices(lambda: trainer.slices(SLICE_SECONDS))
        self._seen: list[int] = [-1] * len(entry.experiments)

    @property
    def epoch(self) -> int:
        """The newest one."""
        return self._trainer.current.epoch if self._trainer.begun else 0

    @property
    def done(self) -> bool:
        """Whether all have come to their end."""
        return min(self._seen) >= 0 and (self._trainer.ended or self.epoch >= self._entry.epochs)

    def advance(self) -> Sequence[Come]:
        """Train for a slice; of each network the new epoch, if it has one."""
        if not self._trainer.begun or min(self._seen) >= 0:
            self._slices.next()
        return list(self._news()) if self._trainer.begun else ()

    def _news(self) -> Iterator[Come]:
        epochs = [int(epoch) for epoch in self._trainer.current.epochs]
        if epochs == self._seen:
            return
        members = self._trainer.members()
        for place, (epoch, before) in enumerate(zip(epochs, self._seen, strict=True)):
            if epoch > before:
                trained.add(int(before >= 0))
                yield Come(place, epoch, members[place].weights)
        self._seen = epochs


class AsItIs:
    """One network as a run has come to it, its edits included; nothing is trained."""

    done = False

    def __init__(self, engine: Engine, program: Program, limits: Limits, kept: Kept, epoch: int) -> None:
        training = Training.restored(engine, program, limits, kept)
        # Of one that is shared others may have come further.
        newest = min(epoch, training.best) if training.shared else training.best
        self.epoch, weights = training.history.weights_at(newest)
        self._come = Come(0, self.epoch, weights)

    def advance(self) -> Sequence[Come]:
        """What it is."""
        self.done = True
        return (self._come,)
