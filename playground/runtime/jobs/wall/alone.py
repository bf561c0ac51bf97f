"""A network of a wall that trains alone."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.grid import grid_points
from playground.core.history import FIGURES
from playground.runtime.engine import Engine, Epoch, Floats32, Plane, Program, Trainer
from playground.runtime.jobs.kinds import Made
from playground.runtime.jobs.slices import SLICE_SECONDS, Slices
from playground.runtime.jobs.wall.member import Member, came
from playground.runtime.protocol.wall import ENDS


class Alone(Member):
    """A network that trains by the program that it has on the stage.

    Parameters
    ----------
    program : where it lies in `made`
    state : a checkpoint to go on from, pickled
    """

    def __init__(
        self,
        engine: Engine,
        experiment: Experiment,
        place: int,
        plane: Plane,
        n: int,
        made: Sequence[Made],
        program: int,
        state: bytes | None,
    ) -> None:
        self.places = [place]
        self.n_arrays = 0
        self._engine, self._experiment, self._state = engine, experiment, state
        self._grid, self._n = grid_points(*plane, n), n
        self._made, self._at = made, program
        self._program: Program | None = None
        self._trainer: Trainer | None = None

    @property
    def waits(self) -> bool:
        return self._trainer is None

    def take(self) -> bool:
        if self._trainer is not None or (program := came(self._made, self._at)) is None:
            return False
        self._program = program
        self._begin(None if self._state is None else pickle.loads(self._state))
        return True

    def _begin(self, checkpoint: Any) -> None:
        assert self._program is not None
        trainer = self._trainer = self._engine.make_trainer(self._experiment, self._program, checkpoint)
        self._slices = Slices(lambda: trainer.slices(SLICE_SECONDS))

    @property
    def begun(self) -> bool:
        return self._trainer is not None and self._trainer.begun

    @property
    def epoch(self) -> int:
        return self._there.last_epoch

    @property
    def ended(self) -> bool:
        return self._there.ended is not None

    def advance(self) -> None:
        self._slices.next()

    def rewind(self) -> None:
        self._state = None
        if self._trainer is not None:
            self._begin(None)

    @property
    def figures(self) -> NDArray[np.float64]:
        return np.array([[getattr(self._newest, name) for name in FIGURES]])

    @property
    def ends(self) -> list[int]:
        return [ENDS.index(self._there.ended or "")]

    @property
    def epochs(self) -> list[int]:
        return [self._there.last_epoch]

    @property
    def can_be_seen(self) -> bool:
        return self.begun

    @property
    def weights(self) -> list[Floats32]:
        return list(self._newest.weights)

    @property
    def of_each(self) -> list[list[Floats32]]:
        return [self.weights]

    def maps(self, weights: list[Floats32], seconds: float) -> Iterator[Floats32 | None]:
        assert self._program is not None
        values = self._engine.make_network(self._program, self._experiment, weights).predict(self._grid)
        yield np.moveaxis(values.reshape(1, self._n, self._n, -1), 3, 1)

    def checkpoint(self) -> bytes:
        return pickle.dumps(self._there.checkpoint())

    @property
    def _newest(self) -> Epoch:
        return self._there.current

    @property
    def _there(self) -> Trainer:
        assert self._trainer is not None
        return self._trainer
