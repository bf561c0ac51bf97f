"""The trainings of a worker: one for each experiment, and one for each run that has left its experiment's."""

from __future__ import annotations

import pickle

from playground.core.experiment import Experiment
from playground.runtime.engine import Engine, Program
from playground.runtime.jobs.frame_cache import FrameCache
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.training import State, Training
from playground.runtime.limits import Limits


class Trainings:
    """Equal experiments give equal bits, so their runs share a training for as long as they are equal.

    Attributes
    ----------
    frames : what those who share a training see of it
    """

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self.engine, self.limits = engine, limits
        self.frames = FrameCache(limits.frame_cache_bytes)
        self._of_experiment: dict[Experiment, Training] = {}
        self._of_key: dict[str, Training] = {}

    def join(self, experiment: Experiment, program: Program) -> Training:
        """The training of an experiment, begun if need be; which plane of it is shown makes no difference."""
        experiment = experiment.trained
        training = self._of_experiment.get(experiment)
        if training is None:
            training = self._of_experiment[experiment] = Training(self.engine, program, experiment, self.limits)
        return self._enter(training)

    def resume(self, kept: Kept, program: Program, epoch: int) -> Training:
        """The training that a run at `epoch` was in, or one that has come as far and gives the same."""
        training = self._of_key.get(kept.key) or self._equal_to(kept, epoch)
        if training is None:
            training = Training.restored(self.engine, program, self.limits, kept)
            if training.shared:
                self._of_experiment[training.experiment] = training
        return self._enter(training)

    def own(self, training: Training, epoch: int) -> Training:
        """A training for a run that leaves `training` at `epoch` to go its own way."""
        if training.members == 1 and training.newest == epoch:
            self._forget(training)
            training.go_own_way()
            return training
        own = training.fork(epoch)
        self.leave(training)
        return self._enter(own)

    def exchange(self, training: Training, experiment: Experiment, program: Program) -> Training:
        """Leave a training and join that of an experiment; when that cannot begin, all is as before."""
        self.leave(training)
        try:
            return self.join(experiment, program)
        except Exception:
            self._enter(training)
            if training.shared:
                self._of_experiment[training.experiment] = training
            raise

    def prolong(self, training: Training, epoch: int, epochs: int) -> Training:
        """A training for a run at `epoch` of `training` that is to end after so many `epochs`, which are more."""
        longer = training.experiment.with_epochs(epochs)
        equal = self._of_experiment.get(longer) if training.shared else None
        if equal is not None and equal.newest >= epoch:
            self.leave(training)
            return self._enter(equal)
        if training.members == 1:
            self._forget(training)
            training.set_epochs(epochs)
        else:
            self.leave(training)
            training = self._enter(training.fork_with_epochs(epoch, epochs))
        if training.shared:
            self._of_experiment.setdefault(longer, training)
        return training

    def leave(self, training: Training) -> None:
        """One run less; the last one takes the training along."""
        training.members -= 1
        training.keep_anew()
        if training.members == 0:
            self._forget(training)
            self._of_key.pop(training.key, None)

    def _equal_to(self, kept: Kept, epoch: int) -> Training | None:
        state: State = pickle.loads(kept.state)
        equal = self._of_experiment.get(state.experiment) if state.shared else None
        return equal if equal is not None and equal.newest >= epoch else None

    def _enter(self, training: Training) -> Training:
        training.members += 1
        self._of_key[training.key] = training
        return training

    def _forget(self, training: Training) -> None:
        if self._of_experiment.get(training.experiment) is training:
            del self._of_experiment[training.experiment]
