"""What a stack hands out: the figures and weights of all members, and the state to go on from. Free of TensorFlow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.epoch import Ended, Patience

Floats = NDArray[np.float64]
FIGURES = "loss", "accuracy", "val_loss", "val_accuracy", "fit_loss", "learning_rate"


@dataclass(frozen=True)
class StackEpoch:
    """All members after `epoch` epochs, or as many as each was trained for; each array has a number a member.

    Figures are those of an `Epoch`. What has ended stays as it was with its last epoch.

    Attributes
    ----------
    epoch : of the members that have not ended
    epochs : (members,) int, of each member
    rows : (members, P) float32, the weights as the stack's `Layout` has them
    ended : of each member why it has ended, or None
    """

    epoch: int
    epochs: NDArray[np.int64]
    loss: Floats
    accuracy: Floats
    val_loss: Floats
    val_accuracy: Floats
    fit_loss: Floats
    learning_rate: Floats
    rows: NDArray[np.float32] = field(repr=False)
    ended: tuple[Ended | None, ...] = ()

    @property
    def finite(self) -> NDArray[np.bool_]:
        """(members,): whether both losses are numbers."""
        return np.isfinite(self.loss) & np.isfinite(self.val_loss)


@dataclass(frozen=True)
class StackCheckpoint:
    """A stack at the end of an epoch: NumPy and plain values, so it travels anywhere."""

    epoch: StackEpoch
    weights: NDArray[np.float32] = field(repr=False)
    """Of the members as they train on: those that have ended do, unseen."""
    memory: list[NDArray[Any]] = field(repr=False)
    orders: list[Mapping[str, Any]] = field(repr=False)
    patience: list[Patience] = field(repr=False)


def gather_members(places: Sequence[tuple[StackCheckpoint, int]]) -> StackCheckpoint:
    """Members of stacks of one shape and one epoch as a stack: each is a checkpoint and a place in it.

    Raises
    ------
    ValueError
        When they are not all at one epoch: what an optimizer counts it counts for all members.
    """
    if len(epochs := {checkpoint.epoch.epoch for checkpoint, _ in places}) != 1:
        raise ValueError(f"members must be at one epoch. Got {sorted(epochs)}.")
    checkpoints, members = zip(*places, strict=True)
    first: StackCheckpoint = checkpoints[0]
    pairs = list(zip(checkpoints, members, strict=True))
    memory = [
        np.array([each.memory[slot][member] for each, member in pairs]) if value.ndim else value
        for slot, value in enumerate(first.memory)
    ]
    return StackCheckpoint(
        epoch=_gathered([(each.epoch, member) for each, member in pairs]),
        weights=np.array([each.weights[member] for each, member in pairs]),
        memory=memory,
        orders=[each.orders[member] for each, member in pairs],
        patience=[each.patience[member] for each, member in pairs],
    )


def _gathered(places: Sequence[tuple[StackEpoch, int]]) -> StackEpoch:
    names = (*FIGURES, "epochs", "rows")
    own = {name: np.array([getattr(epoch, name)[member] for epoch, member in places]) for name in names}
    return StackEpoch(epoch=places[0][0].epoch, ended=tuple(epoch.ended[member] for epoch, member in places), **own)
