"""The curves of a run so far, which each epoch that `train` yields carries. Free of TensorFlow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playground.core.history import CURVES
from playground.engine.epoch import Epoch


class SoFar:
    """The curves of one run, which grow with its epochs. What an epoch carries is not copied, nor ever changed."""

    def __init__(self) -> None:
        self._rows: NDArray[np.float64] = np.empty((64, len(CURVES)))
        self._length = 0

    def carried_by(self, epoch: Epoch) -> Epoch:
        """The epoch with the curves up to it; one that was the last before, because its run has ended, as it was."""
        if self._length and self._rows[self._length - 1, 0] == epoch.epoch:
            return replace(epoch, curves=self._curves())
        if self._length == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[self._length] = [getattr(epoch, name) for name in CURVES]
        self._length += 1
        return replace(epoch, curves=self._curves())

    def _curves(self) -> NDArray[np.float64]:
        curves = self._rows[: self._length]
        curves.flags.writeable = False
        return curves
