"""A stack on its way: all members an epoch further in slices of time, each to its own end."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.engine.compiled import Tensor
from playground.engine.epoch import Ended, Epoch, figures_of_sums
from playground.engine.rates import rates_after
from playground.engine.stacked.bounds import largest_safe_weight
from playground.engine.stacked.epoch import FIGURES, StackCheckpoint, StackEpoch
from playground.engine.stacked.initial import initial_rows
from playground.engine.stacked.layout import Layout
from playground.engine.stacked.orders import Orders
from playground.engine.stacked.points import stack_data
from playground.engine.stacked.program import StackProgram, StackState
from playground.engine.stopping import Stopping


class StackTrainer:
    """Members of one stack, from their untrained networks or from a checkpoint.

    Each is trained as `train` trains it alone, but for rounding: with its own points in its own order, by its own
    rates, and to its own end. One that has ended stays as it is while others go on; one that has diverged stops none.

    Parameters
    ----------
    experiments : the members, of one `stack_key`
    program : of a shape with room for them

    Attributes
    ----------
    layout : where each member's weights lie in a row

    Raises
    ------
    ValueError
        When the program was compiled for a shape without room for them.
    """

    def __init__(
        self, experiments: Sequence[Experiment], program: StackProgram, checkpoint: StackCheckpoint | None = None
    ) -> None:
        self._experiments, self._program = list(experiments), program
        self.layout = Layout(experiments, program.shape)
        self._masks = [tf.constant(mask) for mask in self.layout.masks()]
        self._data = stack_data(experiments, program.shape)
        self._last_epochs = np.array([each.train.epochs for each in experiments])
        self._impatient = np.array([bool(each.train.patience) for each in experiments])
        self._moving = [place for place, each in enumerate(experiments) if _rates_move(each)]
        self._rates = np.array([rates_after(each, 0) for each in experiments])
        self._begin_anew()
        if checkpoint is None:
            self._start()
        else:
            self._resume(checkpoint)

    @property
    def begun(self) -> bool:
        """Whether the untrained networks have been evaluated: until then, asking for them takes as long as that."""
        return self._newest is not None

    @property
    def current(self) -> StackEpoch:
        """The newest epoch."""
        while self._newest is None:
            self._begin_for(math.inf)
        return self._newest

    @property
    def ended(self) -> bool:
        """Whether no member has anything left to train."""
        return all(self.current.ended)

    def members(self) -> list[Epoch]:
        """What each member has come to, as `train` gives it: real shapes, no padding."""
        now = self.current
        weights = self.layout.unpack(now.rows)
        columns = [getattr(now, name).tolist() for name in FIGURES]
        rows = zip(now.epochs.tolist(), weights, *columns, strict=True)
        return [
            Epoch(epoch=epoch, weights=own, **dict(zip(FIGURES, figures, strict=True))) for epoch, own, *figures in rows
        ]

    def slices(self, seconds: float = 0.02, figures_from: int = 0) -> Iterator[StackEpoch | None]:
        """Train until all have ended. Each `next` works for about `seconds` and gives an epoch if it finished one.

        That from which they begin, which is `current` once it has `begun`, is not given.

        Parameters
        ----------
        figures_from : the first epoch whose figures are wanted. Those of earlier ones are NaN where nothing can hang on
            them: no member stops early or has ended, and none has weights with which a loss could be no number.
        """
        self._figures_from = figures_from
        while not self.begun:
            self._begin_for(seconds)
            yield None
        while not self.ended:
            yield self._advance(seconds)

    def checkpoint(self) -> StackCheckpoint:
        """The stack at its last finished epoch; a trainer made from it goes on as this one would."""
        epoch = self.current
        weights, memory, _sums = self._finished
        return StackCheckpoint(
            epoch=epoch,
            weights=weights.numpy(),
            memory=[tensor.numpy() for tensor in memory],
            orders=self._orders_finished,
            patience=[each.patience for each in self._stopping],
        )

    def rewind(self) -> None:
        """Back to the untrained networks; slices made before are not to be gone on with."""
        self._begin_anew()
        self._start()

    # How it begins.

    def _begin_anew(self) -> None:
        """Orders of the points and patience as of untrained networks."""
        self._orders = Orders(self._experiments, self._program)
        self._stopping = [Stopping(each.train) for each in self._experiments]
        self._done: tuple[int, int] | None = None
        self._unseen = False
        """Whether the epoch under way is trained alone, without figures."""
        self._figures_from = 0
        self._newest: StackEpoch | None = None

    @cached_property
    def _initial(self) -> Tensor:
        return tf.constant(initial_rows(self._experiments, self.layout))

    def _start(self) -> None:
        memory, sums = self._program.initial_memory(), self._program.zero_sums()
        self._state = StackState(self._initial, memory, sums)
        self._hold_rates(0)
        self._done = self._program.pace.n_steps, 0

    def _begin_for(self, seconds: float) -> None:
        """Evaluate the untrained networks, as far as that is not done."""
        if not self._is_whole_after(seconds):
            return
        self._done = None
        measured = self._measured(np.zeros(len(self._experiments), np.int64))
        nothing_yet = np.full(len(self._experiments), math.nan)
        ended: list[Ended | None] = [None if finite else "diverged" for finite in measured.finite]
        self._keep(replace(measured, fit_loss=nothing_yet, ended=tuple(ended)))

    def _resume(self, checkpoint: StackCheckpoint) -> None:
        memory = [tf.constant(value) for value in checkpoint.memory]
        self._state = StackState(tf.constant(checkpoint.weights), memory, self._program.zero_sums())
        self._orders.states = checkpoint.orders
        for stopping, patience in zip(self._stopping, checkpoint.patience, strict=True):
            stopping.patience = patience
        self._keep(checkpoint.epoch)

    # One epoch.

    def _advance(self, seconds: float) -> StackEpoch | None:
        """One slice: some steps, and once they are all done some of the evaluation."""
        if self._done is None:
            if not self._orders.are_drawn_after(seconds):
                return None
            self._begin_epoch()
        if not self._is_whole_after(seconds):
            return None
        if not self._unseen:
            return self._finish_epoch()
        if self._is_safe():
            return self._finish_unseen()
        self._unseen, self._done = False, (self._program.pace.n_steps, 0)
        return None

    def _is_whole_after(self, seconds: float) -> bool:
        """Work for about `seconds`; whether nothing of the epoch is left to be done then."""
        assert self._done is not None
        pace = self._program.pace
        steps, chunks = pace.next_ranges(*self._done, seconds)
        began = time.perf_counter()
        self._state = self._call(steps, chunks)
        self._state.sums.numpy()  # it has come to its end only now
        pace.learn(steps, chunks, time.perf_counter() - began)
        self._done = steps[1], chunks[1]
        return self._done == (pace.n_steps, pace.n_chunks)

    def _call(self, steps: tuple[int, int], chunks: tuple[int, int]) -> StackState:
        return self._program.advance(
            self._state, self._rate_tensor, self._data, self._masks, self._orders.window(steps[0]), steps, chunks
        )

    def _begin_epoch(self) -> None:
        self._hold_rates(self.current.epoch)
        self._orders.begin()
        self._state = self._state._replace(sums=self._program.zero_sums())
        self._unseen = self._may_be_unseen()
        self._done = 0, self._program.pace.n_chunks if self._unseen else 0

    def _may_be_unseen(self) -> bool:
        """Whether nobody wants the figures of the next epoch, and only a loss that is no number can end a member."""
        now, next_epoch = self.current, self.current.epoch + 1
        if next_epoch >= self._figures_from or self._impatient.any() or not self._largest_safe:
            return False
        return all(ended is None for ended in now.ended) and bool((self._last_epochs > next_epoch).all())

    def _is_safe(self) -> bool:
        """Whether the losses are numbers for certain; a weight that is none is not safe either."""
        return bool(np.abs(self._state.weights.numpy()).max() <= self._largest_safe)

    @cached_property
    def _largest_safe(self) -> float:
        X, y, _of = self._data
        farthest = float(max(np.abs(X.numpy()).max(), np.abs(y.numpy()).max()))
        n_points = int(X.shape[1])
        return largest_safe_weight(self._experiments, self.layout.shape, self.layout.units, n_points, farthest)

    def _finish_unseen(self) -> StackEpoch:
        self._done = None
        epochs, nothing = self.current.epochs + 1, np.full(len(self._experiments), math.nan)
        figures = {name: nothing for name in FIGURES if name != "learning_rate"}
        rates, rows = self._rates[:, 0].copy(), self._state.weights.numpy()
        epoch = int(epochs.max())
        self._keep(StackEpoch(epoch, epochs, **figures, learning_rate=rates, rows=rows, ended=self.current.ended))
        return self.current

    def _finish_epoch(self) -> StackEpoch:
        self._done = None
        goes_on = np.array([ended is None for ended in self.current.ended])
        measured = self._measured(np.where(goes_on, self.current.epoch + 1, self.current.epochs))
        self._keep(self._with_ends(measured if goes_on.all() else self._left_alone(measured, goes_on), goes_on))
        return self.current

    def _left_alone(self, measured: StackEpoch, goes_on: NDArray[np.bool_]) -> StackEpoch:
        """The epoch, of members that had ended as their last one was."""
        before = self.current
        figures = {name: np.where(goes_on, getattr(measured, name), getattr(before, name)) for name in FIGURES}
        return replace(measured, rows=np.where(goes_on[:, np.newaxis], measured.rows, before.rows), **figures)

    def _with_ends(self, epoch: StackEpoch, goes_on: NDArray[np.bool_]) -> StackEpoch:
        ended = list(self.current.ended)
        may_end = goes_on & (~epoch.finite | self._impatient | (epoch.epochs >= self._last_epochs))
        for place in np.flatnonzero(may_end):
            ended[place] = self._end_after(int(place), epoch)
        return replace(epoch, ended=tuple(ended))

    def _end_after(self, place: int, epoch: StackEpoch) -> Ended | None:
        if not epoch.finite[place]:
            return "diverged"
        return self._stopping[place].after(int(epoch.epochs[place]), float(epoch.val_loss[place]))

    def _measured(self, epochs: NDArray[np.int64]) -> StackEpoch:
        return StackEpoch(
            epoch=int(epochs.max(initial=0)),
            epochs=epochs,
            learning_rate=self._rates[:, 0].copy(),
            rows=self._state.weights.numpy(),
            **figures_of_sums(self._state.sums.numpy().astype(np.float64).T, self._experiments[0].data),
        )

    def _keep(self, epoch: StackEpoch) -> None:
        self._newest, self._finished = epoch, self._state
        self._orders_finished = self._orders.states

    # Rates.

    def _hold_rates(self, epoch: int) -> None:
        """The rates of the step from `epoch` to the next, for all its slices."""
        for place in self._moving:
            self._rates[place] = rates_after(self._experiments[place], epoch)
        self._rate_tensor = tf.constant(self._rates, tf.float32)


def _rates_move(experiment: Experiment) -> bool:
    return bool(experiment.changes) or experiment.train.schedule != "constant"
