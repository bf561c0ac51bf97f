"""A run: an experiment on its way, epoch by epoch, in slices of time that never touch the numbers."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.core.parts import Data, Model
from playground.engine.epoch import Checkpoint, Ended, Epoch, Patience, figures_of_sums
from playground.engine.evaluation import Evaluation
from playground.engine.inputs import points
from playground.engine.kept_programs import KeptPrograms
from playground.engine.program import Program, State, as_program, compile_program
from playground.engine.rates import rates_after
from playground.engine.so_far import SoFar
from playground.engine.stopping import Stopping

PROGRAMS_KEPT = 8
"""Programs that `train` keeps for its next calls."""


@dataclass(frozen=True)
class _Finished:
    """The state at the end of an epoch, as tensors, which nothing writes to."""

    epoch: Epoch
    memory: list[Any]
    order: Mapping[str, Any]
    patience: Patience


class Trainer:
    """One run of an experiment on a program, from its untrained network or from a checkpoint.

    Equal experiments give bit-identical epochs, whatever the slices, whoever else uses the program, and wherever a
    checkpoint was taken; and a change of rates (`follow`) gives those of an experiment that has it from the beginning.

    Parameters
    ----------
    at_once : whether the untrained network is evaluated now; else the first slices do that

    Attributes
    ----------
    ended : None while there is more to do, else why there is not

    Raises
    ------
    ValueError
        When the program was compiled for another architecture.
    """

    def __init__(
        self, experiment: Experiment, program: Program, checkpoint: Checkpoint | None = None, at_once: bool = True
    ) -> None:
        if program.key != program_key(experiment):
            raise ValueError(f"program must be of the experiment's own architecture. Got {program.key}.")
        self._experiment, self._program, self._pace = experiment, program, program.pace_of(experiment)
        self._stopping = Stopping(experiment.train)
        self._points = _points(experiment.data, experiment.model)
        self._n_train = experiment.data.n_train
        self._random = np.random.default_rng(experiment.train.seed)
        self._done: tuple[int, int] | None = None
        self._finished: _Finished
        self._held: tuple[float, float, float] | None = None
        self._beginning: Evaluation | None = None
        self.ended: Ended | None = None
        if checkpoint is None:
            self._start()
        else:
            self._resume(checkpoint)
        if at_once:
            self._begin()

    @property
    def current(self) -> Epoch:
        """The newest epoch; after the end with `restore_best`, the epoch with the least val_loss, as in Keras."""
        self._begin()
        best = self._finished.patience.best
        return best if best is not None and self.ended in ("finished", "early_stopping") else self._newest

    @property
    def last_epoch(self) -> int:
        """The number of the newest epoch trained, whichever `current` is."""
        return self._newest.epoch if self.begun else 0

    @property
    def begun(self) -> bool:
        """Whether the network it begins from has been evaluated: until then, asking for it takes as long as that."""
        return self._beginning is None

    @property
    def experiment(self) -> Experiment:
        """The experiment that this run is: its changes are those it began with and those made since."""
        return self._experiment

    def follow(self, experiment: Experiment) -> None:
        """From the start of the next epoch on use the rates of this experiment. A schedule goes on from the new base.

        Raises
        ------
        ValueError
            When the experiment differs in more than rates.
        """
        if not experiment.same_but_rates(self._experiment):
            raise ValueError(f"experiment must differ in nothing but rates. Got {experiment.to_query()}.")
        begun = self._newest.epoch + (0 if self._done is None else 1)
        self._experiment = self._experiment.going_on_as(experiment, begun)

    def set_epochs(self, epochs: int) -> None:
        """End after so many epochs instead; a run that had finished goes on.

        It is then, bit for bit, the run of an experiment with so many epochs.

        Raises
        ------
        ValueError
            When the schedule depends on the number of epochs.
        """
        if not self._experiment.may_have_more_epochs:
            raise ValueError("schedule must be one that does not depend on epochs. Got cosine.")
        self._experiment = self._experiment.with_epochs(epochs)
        self._stopping.train = self._experiment.train
        self.ended = self._without_end(self.ended)

    def _without_end(self, ended: Ended | None) -> Ended | None:
        """Why it has ended, unless it had fewer epochs then."""
        return None if ended == "finished" and self._newest.epoch < self._stopping.train.epochs else ended

    def edit(self, weights: Sequence[NDArray[np.float32]]) -> Epoch:
        """As `edit_slices`, in one go."""
        *_, edited = self.edit_slices(weights, math.inf)
        assert edited is not None
        return edited

    def edit_slices(self, weights: Sequence[NDArray[np.float32]], seconds: float = 0.02) -> Iterator[Epoch | None]:
        """Let the newest epoch have these weights and train on from them; what was done of the next one is dropped.

        The optimizer's memory stays. Each `next` evaluates for about `seconds`, and the last one gives the epoch with
        its new figures: until then nothing has changed, and nothing may be trained.

        Raises
        ------
        ValueError
            When the run has diverged, or the loss with these weights is not a finite number.
        """
        self._begin()
        if self.ended == "diverged":
            raise ValueError("weights must be those of a run that has not diverged. Rewind it first.")
        finished = self._finished
        number, rates = finished.epoch.epoch, rates_after(self._experiment, finished.epoch.epoch)
        tensors = [tf.constant(value) for value in weights]
        evaluation = self._evaluation(tensors, finished.memory, tf.constant(rates, tf.float32))
        while (sums := evaluation.advance(seconds)) is None:
            yield None
        edited = replace(finished.epoch, **_figures_of(self._measured(number, sums, evaluation.state, rates[0])))
        if not edited.is_finite:
            raise ValueError("weights must leave the loss a finite number. It would not be one.")
        self._random.bit_generator.state = finished.order
        self._state, self._newest, self._done = evaluation.state, edited, None
        self._keep()
        yield edited

    def slices(self, seconds: float = 0.02) -> Iterator[Epoch | None]:
        """Train until the run ends. Each `next` works for about `seconds` and gives an epoch if it finished one.

        That from which the run begins, which is `current` once it has `begun`, is not given.
        """
        while not self.begun:
            self._begin_for(seconds)
            yield None
        while self.ended is None:
            yield self._advance(seconds)

    def checkpoint(self) -> Checkpoint:
        """The run at its last finished epoch with finite losses; a Trainer made from it goes on bit by bit the same."""
        self._begin()
        finished = self._finished
        return Checkpoint(
            epoch=finished.epoch,
            memory=[tensor.numpy() for tensor in finished.memory],
            order=finished.order,
            patience=finished.patience,
            ended=None if self.ended == "diverged" else self.ended,
            lost=self._newest if self.ended == "diverged" else None,
        )

    # How a run begins.

    def _start(self) -> None:
        experiment, program = self._experiment, self._program
        self._hold_rates(0)
        weights, memory = program.initial_weights(experiment), program.initial_memory(experiment)
        self._beginning = self._evaluation(weights, memory, self._epoch_rates)

    def _begin(self) -> None:
        """Evaluate the untrained network, as far as that is not done."""
        while not self.begun:
            self._begin_for(math.inf)

    def _begin_for(self, seconds: float) -> None:
        beginning = self._beginning
        assert beginning is not None
        sums = beginning.advance(seconds)
        if sums is None:
            return
        self._state, self._beginning = beginning.state, None
        self._newest = replace(self._measured(0, sums, self._state, self._epoch_rate), fit_loss=math.nan)
        self._keep()
        if not self._newest.is_finite:
            self.ended = "diverged"

    def _evaluation(self, weights: list[Any], memory: list[Any], rates: Any) -> Evaluation:
        return Evaluation(self._program, self._pace, weights, memory, rates, self._points, self._n_train)

    def _resume(self, checkpoint: Checkpoint) -> None:
        self._newest, self._stopping.patience = checkpoint.epoch, checkpoint.patience
        self._random.bit_generator.state = checkpoint.order
        weights = [tf.constant(value) for value in checkpoint.epoch.weights]
        memory = [tf.constant(value) for value in checkpoint.memory]
        self._state = State(weights, memory, self._program.zero_sums)
        self._keep()
        self.ended = self._without_end(checkpoint.ended)
        if checkpoint.lost is not None:
            self._newest, self.ended = checkpoint.lost, "diverged"

    # One epoch.

    def _advance(self, seconds: float) -> Epoch | None:
        """One slice: some steps, and once they are all done some of the evaluation."""
        pace = self._pace
        done = self._done if self._done is not None else self._begin_epoch()
        steps, chunks = pace.next_ranges(*done, seconds)
        began = time.perf_counter()
        self._state, sums = self._program.advance(
            self._state, self._epoch_rates, self._points, self._order, steps, chunks
        )
        pace.learn(steps, chunks, time.perf_counter() - began)
        self._done = steps[1], chunks[1]
        return self._finish_epoch(sums) if self._done == (pace.n_steps, pace.n_chunks) else None

    def _begin_epoch(self) -> tuple[int, int]:
        """Hold still what the next epoch is trained with; no step of it is done."""
        self._hold_rates(self._newest.epoch)
        self._order = tf.constant(self._random.permutation(self._n_train).astype(np.int32))
        self._state = self._state._replace(sums=self._program.zero_sums)
        return 0, 0

    def _finish_epoch(self, sums: list[float]) -> Epoch:
        self._done = None
        self._newest = self._measured(self._newest.epoch + 1, sums, self._state, self._epoch_rate)
        if self._newest.is_finite:
            self.ended = self._stopping.after(self._newest.epoch, self._newest.val_loss, self._newest)
            self._keep()
        else:
            self.ended = "diverged"
        return self._newest

    def _measured(self, epoch: int, sums: list[float], state: State, learning_rate: float) -> Epoch:
        """The epoch that a state has reached, its figures made from its sums."""
        return Epoch(
            epoch=epoch,
            learning_rate=learning_rate,
            weights=[tensor.numpy() for tensor in state.weights],
            **figures_of_sums(sums, self._experiment.data),
        )

    def _keep(self) -> None:
        """Keep the state at the end of this epoch: tensors are never written to, so references will do."""
        order = self._random.bit_generator.state
        self._finished = _Finished(self._newest, self._state.memory, order, self._stopping.patience)

    # Rates.

    def _hold_rates(self, epoch: int) -> None:
        """The rates of the step from `epoch` to the next, for all its slices."""
        rates = rates_after(self._experiment, epoch)
        self._epoch_rate = rates[0]
        if rates != self._held:
            self._held, self._epoch_rates = rates, tf.constant(rates, tf.float32)


def make_trainer(experiment: Experiment, program: object, checkpoint: object = None) -> Trainer:
    """Begin an experiment on a program, or go on from a checkpoint; its first slices evaluate the untrained network.

    Raises
    ------
    TypeError
        When the program is not one that `compile_program` made, or the checkpoint not one of a `Trainer`.
    ValueError
        When the program was compiled for another architecture.
    """
    if not isinstance(checkpoint, Checkpoint | None):
        raise TypeError(f"checkpoint must be one that a Trainer made. Got {type(checkpoint).__name__}.")
    return Trainer(experiment, as_program(program), checkpoint, at_once=False)


def train(experiment: Experiment) -> Iterator[Epoch]:
    """Train an experiment: the untrained network first, then one item an epoch, until the run ends.

    The points of epoch e are taken in the order of the e-th draw of
    `numpy.random.default_rng(train.seed).permutation(n_train)`, in batches of `train.batch_size`, the last one smaller.
    Losses, weights and dropout's draws are those of `keras.Model.fit(shuffle=False)` fed in that order.

    The run ends after `train.epochs` epochs, by early stopping, or with the first epoch whose loss is not finite.
    Not asking pauses it; closing the iterator stops it.

    Yields
    ------
    Epoch
        Epoch 0, 1, 2, …: figures as floats, weights as float32 arrays, and the curves so far.
    """
    trainer, so_far = Trainer(experiment, _program_of(experiment)), SoFar()
    yield so_far.carried_by(trainer.current)
    for epoch in trainer.slices(seconds=1.0):
        if epoch is not None:
            yield so_far.carried_by(epoch)


_programs: KeptPrograms[str, Program] = KeptPrograms(PROGRAMS_KEPT)


def _program_of(experiment: Experiment) -> Program:
    """The program for an experiment, compiled unless one of the last few fits."""
    return _programs.get(program_key(experiment), lambda: compile_program(experiment))


@lru_cache(maxsize=8)
def _points(data: Data, model: Model) -> tuple[Any, Any]:
    """Inputs and targets as tensors, which nothing writes to: of the training part, then of the part watched."""
    inputs, wanted = points(Experiment(data=data, model=model))
    return tf.constant(inputs), tf.constant(wanted)


def _figures_of(epoch: Epoch) -> dict[str, Any]:
    """What depends on the weights alone, and the weights."""
    names = ("loss", "accuracy", "val_loss", "val_accuracy", "weights")
    return {name: getattr(epoch, name) for name in names}
