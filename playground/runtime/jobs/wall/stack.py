"""The networks of a wall that train as one."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from playground.core.history import FIGURES
from playground.runtime.engine import Floats32, StackLook, StackTrainer
from playground.runtime.jobs.kinds import Made
from playground.runtime.jobs.slices import SLICE_SECONDS, Slices
from playground.runtime.jobs.wall.member import Member, came
from playground.runtime.protocol.wall import ENDS


class Stack(Member):
    """Networks that train as one.

    Parameters
    ----------
    places : of its networks on the wall
    look, trainer : what comes of its recipes: where they lie in `made`, which is filled anew when something failed
    """

    n_arrays = 1

    def __init__(self, places: Sequence[int], made: Sequence[Made], look: int, trainer: int) -> None:
        self.places = places
        self._made, self._at = made, (look, trainer)
        self._look: StackLook | None = None
        self._trainer: StackTrainer | None = None
        self._rewound = False
        """Whether what comes is not to go on from where it was kept."""

    @property
    def waits(self) -> bool:
        return self._trainer is None

    def take(self) -> bool:
        look, trainer = (came(self._made, at) for at in self._at)
        had = self._look is not None, self._trainer is not None
        self._look = self._look or look
        if self._trainer is None and trainer is not None:
            self._trainer = trainer
            if self._rewound:
                trainer.rewind()
            self._slices = Slices(lambda: trainer.slices(SLICE_SECONDS))
        return had != (self._look is not None, self._trainer is not None)

    @property
    def begun(self) -> bool:
        return self._trainer is not None and self._trainer.begun

    @property
    def epoch(self) -> int:
        return self._there.current.epoch

    @property
    def ended(self) -> bool:
        return self._there.ended

    def advance(self) -> None:
        self._slices.next()

    def rewind(self) -> None:
        self._rewound = True
        if self._trainer is not None:
            self._trainer.rewind()
            self._slices.begin_anew()

    @property
    def figures(self) -> NDArray[np.float64]:
        return np.column_stack([getattr(self._there.current, name) for name in FIGURES])

    @property
    def ends(self) -> list[int]:
        return [ENDS.index(reason or "") for reason in self._there.current.ended]

    @property
    def epochs(self) -> list[int]:
        return [int(epochs) for epochs in self._there.current.epochs]

    @property
    def can_be_seen(self) -> bool:
        return self._look is not None

    @property
    def weights(self) -> list[Floats32]:
        if self.begun:
            return [self._there.current.rows]
        assert self._look is not None
        return [self._look.initial]

    @property
    def of_each(self) -> list[Sequence[Floats32]]:
        return [member.weights for member in self._there.members()]

    def maps(self, weights: list[Floats32], seconds: float) -> Iterator[Floats32 | None]:
        assert self._look is not None
        return self._look.maps(weights[0], seconds)

    def checkpoint(self) -> bytes:
        return pickle.dumps(self._there.checkpoint())

    @property
    def _there(self) -> StackTrainer:
        assert self._trainer is not None
        return self._trainer
