"""The training of an experiment and all that it leaves behind: what runs of the same experiment share."""

from __future__ import annotations

import pickle
import secrets
import time
from collections.abc import Callable, Hashable, Iterator
from typing import Any, NamedTuple

from playground.core.ending import Reason
from playground.core.experiment import Experiment
from playground.core.history import History
from playground.runtime.course import course_of
from playground.runtime.engine import Checkpoint, Engine, Epoch, Program, Trainer, Weights
from playground.runtime.jobs.checkpoints import Checkpoints
from playground.runtime.jobs.handed_on import HandedOn
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.slices import SLICE_SECONDS
from playground.runtime.jobs.trained import trained
from playground.runtime.limits import Limits
from playground.runtime.protocol.server import Course


class State(NamedTuple):
    """What is pickled of a training; its history travels apart."""

    experiment: Experiment
    checkpoint: Checkpoint
    seconds: float
    edited: bool
    shared: bool


class Training:
    """An experiment on its way: trainer, history, and states to leave it from.

    Attributes
    ----------
    history : weights and figures of the epochs so far
    memory : what views keep from one look to the next; emptied when epochs are replaced
    shared : whether it is just what its experiment gives, so that other runs of it may join
    edited : whether weights were changed by hand; `edits` is how often
    members : how many runs follow it
    """

    def __init__(
        self, engine: Engine, program: Program, experiment: Experiment, limits: Limits, state: State | None = None
    ) -> None:
        self.key = secrets.token_hex(8)
        self.program = program
        self.shared = state is None or state.shared
        self.edited = state is not None and state.edited
        self.edits = self.members = 0
        self.history = History(limits.history_bytes)
        self.memory: dict[Hashable, Any] = {}
        self._engine, self._limits = engine, limits
        self._seconds = state.seconds if state else 0.0
        self._trainer: Trainer = engine.make_trainer(experiment, program, state.checkpoint if state else None)
        self._slices: Iterator[Epoch | None] = self._trainer.slices(SLICE_SECONDS)
        self._checkpoints = Checkpoints(limits.history_bytes)
        self._goal: int | None = None
        """The epoch it is trained anew to, before it goes its own way."""
        self._to_follow: Experiment | None = None
        """Whose rates it takes over there."""
        self._clock: Callable[[], float] = time.monotonic
        self._handed_on = HandedOn(2 * limits.history_bytes)
        self._saved: Hashable = None
        self._told: tuple[Experiment, bool, Course] | None = None
        self._begun = state is not None
        if not self._begun:
            self._begin()

    @classmethod
    def restored(cls, engine: Engine, program: Program, limits: Limits, kept: Kept) -> Training:
        """A training taken up from what was kept of it."""
        state: State = pickle.loads(kept.state)
        training = cls(engine, program, state.experiment, limits, state)
        training.key = kept.key
        training.history = History.restore(kept.logs, limits.history_bytes)
        training.history.forget_after(training.newest)
        return training

    def fork(self, epoch: int) -> Training:
        """The same up to `epoch`, and from there on its own; it is `ready` when it has been trained to there anew."""
        own = self._same_up_to(epoch, self.experiment)
        own.go_own_way()
        return own

    def fork_with_epochs(self, epoch: int, epochs: int) -> Training:
        """The same up to `epoch`, but it ends after so many `epochs`; `ready` as a fork is."""
        return self._same_up_to(epoch, self.experiment.with_epochs(epochs))

    def _same_up_to(self, epoch: int, experiment: Experiment) -> Training:
        pickled = self._checkpoints.nearest(epoch)
        state = pickle.loads(pickled) if pickled else None
        other = Training(self._engine, self.program, experiment, self._limits, state)
        other.history = History.restore([self.history.changes_since(None)[0]], self._limits.history_bytes)
        other.history.forget_after(epoch - 1)
        other._goal = epoch
        other._begun = False
        other._begin()
        return other

    def set_epochs(self, epochs: int) -> None:
        """End after so many epochs instead, which are more."""
        self._trainer.set_epochs(epochs)
        self._slices = self._trainer.slices(SLICE_SECONDS)

    def go_own_way(self) -> None:
        """From here on it may differ from what its experiment gives."""
        self.shared = False
        self._checkpoints = Checkpoints(0)  # nobody will leave it

    @property
    def experiment(self) -> Experiment:
        """What it trains: with the changes of rates made since it began, another than at first."""
        experiment = self._trainer.experiment
        if self._to_follow is not None:
            return experiment.going_on_as(self._to_follow, self.newest)
        return experiment

    @property
    def course(self) -> Course:
        """What is said of it, made once for as long as nothing of it changes."""
        experiment = self.experiment
        if self._told is None or self._told[0] is not experiment or self._told[1] != self.edited:
            self._told = experiment, self.edited, course_of(experiment, self.edited)
        return self._told[2]

    # How far it is -------------------------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether it has begun, and has come to the epoch where it goes its own way."""
        return self._begun and self._goal is None

    @property
    def newest(self) -> int:
        """The newest epoch."""
        return self._trainer.last_epoch if self._goal is None else self._goal

    @property
    def best(self) -> int:
        """The epoch whose network counts in the end."""
        return self._trainer.current.epoch

    @property
    def ended(self) -> Reason | None:
        """Why there is nothing more to train, or None."""
        if not self._begun:
            return None
        if self._trainer.ended is None and self._seconds > self._limits.training_seconds:
            return "worn"
        return self._trainer.ended

    # Work ----------------------------------------------------------------------------------------------------------

    def advance(self) -> bool:
        """Begin, or train, for a slice of time; whether a new epoch has come of it."""
        epoch = self._timed(self._slices)
        if not self._begun:
            self._begin()
            return False
        if epoch is None:
            return False
        trained.add(1)
        if self._goal is not None:
            self._reach(epoch)
            return False
        self._record(epoch)
        return True

    def _timed(self, slices: Iterator[Epoch | None]) -> Epoch | None:
        began = self._clock()
        try:
            return next(slices, None)
        except Exception:  # which ended the slices; what they were about can be tried again
            self._slices = self._trainer.slices(SLICE_SECONDS)
            raise
        finally:
            self._seconds += self._clock() - began

    def _begin(self) -> None:
        """Take over what the trainer begins from, once it is there."""
        if not self._trainer.begun:
            return
        self._begun = True
        if self._goal is not None:
            self._reach(self._trainer.current)
        else:
            self._record(self._trainer.current)

    def _reach(self, epoch: Epoch) -> None:
        """An epoch that was trained before; the last of them is where it goes its own way."""
        if epoch.epoch == self._goal:
            self._goal = None
            self._record(epoch)
            if self._to_follow is not None:
                self.follow(self._to_follow)

    def _record(self, epoch: Epoch) -> None:
        self.history.append(epoch.epoch, epoch.weights, _curve_row(epoch))
        # One that restored an earlier epoch at its end would begin there again.
        if self.shared and self.best == epoch.epoch and self._checkpoints.wants(epoch.epoch):
            self._checkpoints.add(epoch.epoch, self._state())

    def follow(self, experiment: Experiment) -> None:
        """The rates of this experiment from the start of the next epoch on. Only for one that goes its own way."""
        self._to_follow = None if self.ready else experiment
        if self.ready:  # else its rates are those of the way there until it is
            self._trainer.follow(experiment)

    def edit(self, weights: Weights) -> Iterator[None]:
        """Let the newest epoch have these weights, in slices of time; nothing has changed before the last of them.

        Only for one that goes its own way and is ready, and is not advanced meanwhile.

        Raises
        ------
        ValueError
            When the engine refuses them; the message is a sentence for the page.
        """
        slices = self._trainer.edit_slices(weights, SLICE_SECONDS)
        while (epoch := self._timed(slices)) is None:
            yield
        self._replace_newest(epoch)

    def _replace_newest(self, epoch: Epoch) -> None:
        self.history.replace_newest(epoch.weights, _curve_row(epoch))
        self._slices = self._trainer.slices(SLICE_SECONDS)
        self.edited = True
        self.edits += 1
        self.memory = {}
        self._handed_on.forget_newest()

    # What is kept of it --------------------------------------------------------------------------------------------

    def _state(self) -> bytes:
        state = State(self.experiment, self._trainer.checkpoint(), self._seconds, self.edited, self.shared)
        return pickle.dumps(state)

    def keep_anew(self) -> None:
        """Let the next `changes` be the whole: who kept the parts so far may have gone."""
        self._handed_on.forget()
        self._saved = None

    def changes(self) -> tuple[bytes, bytes, bool] | None:
        """The state, the history since the last call, and whether that is all of it; None when nothing has changed."""
        now = self.newest, self.ended, self.edits, self.experiment, self.shared
        if now == self._saved:
            return None
        state = self._state()  # first: if that fails, nothing has been handed on
        log, whole = self._handed_on.next(self.history)
        self._saved = now
        return state, log, whole


def _curve_row(epoch: Epoch) -> tuple[float, ...]:
    return (epoch.epoch, epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy, epoch.learning_rate)
