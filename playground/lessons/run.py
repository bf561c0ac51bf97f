"""What a check looks at: a run up to an epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.history import CURVES

Arrays: TypeAlias = Sequence[NDArray[np.floating]]


class Item(Protocol):
    """An epoch as training yields it."""

    @property
    def epoch(self) -> int:
        """0 of the untrained network."""

    @property
    def loss(self) -> float:
        """Of the training part."""

    @property
    def accuracy(self) -> float:
        """Of the training part, a share; nan for regression."""

    @property
    def val_loss(self) -> float:
        """Of the part watched."""

    @property
    def val_accuracy(self) -> float:
        """Of the part watched, a share; nan for regression."""

    @property
    def learning_rate(self) -> float:
        """That trained this epoch."""

    @property
    def weights(self) -> Arrays:
        """As Keras orders them."""


@dataclass(frozen=True, eq=False)
class Run:
    """A run up to an epoch, which is the last row.

    Attributes
    ----------
    curves : (epochs, 6) with the columns `CURVES`, at least one row; of a whole run a row for each epoch from 0 on
    weights : of the last epoch, as Keras orders them; may be left out where no condition is about weights
    ended : whether it trains no further, be it early
    """

    curves: NDArray[np.floating]
    weights: Arrays = field(default=(), repr=False)
    ended: bool = False

    @classmethod
    def of(cls, items: Item | Sequence[Item], ended: bool = False) -> Run:
        """The run of one epoch that training yielded, with all before it where it carries them; or of several."""
        rows: Sequence[Item] = items if isinstance(items, Sequence) else [items]
        carried = getattr(rows[-1], "curves", None)
        if carried is not None:
            return cls(carried, rows[-1].weights, ended)
        curves = np.array([[float(getattr(item, name)) for name in CURVES] for item in rows])
        return cls(curves, rows[-1].weights, ended)

    @property
    def epoch(self) -> int:
        """The newest one."""
        return int(self.curves[-1, 0])

    @property
    def is_whole(self) -> bool:
        """Whether every epoch is there."""
        return self.curves[0, 0] == 0 and len(self.curves) == self.epoch + 1

    @property
    def has_diverged(self) -> bool:
        """Whether a loss is no number any more."""
        losses = [CURVES.index("loss"), CURVES.index("val_loss")]
        return not bool(np.isfinite(self.curves[-1, losses]).all())

    def column(self, name: str) -> NDArray[np.float64]:
        """One of `CURVES`, (epochs,)."""
        return np.asarray(self.curves[:, CURVES.index(name)], np.float64)
