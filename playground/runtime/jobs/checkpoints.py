"""States of a training at epochs gone by, from which a run that leaves it can be trained anew, bit by bit the same."""

from __future__ import annotations

from bisect import bisect_right

FIRST_STRIDE = 10
"""Epochs between two states, as long as there is room."""


class Checkpoints:
    """Pickled states by their epoch, thinned when they exceed their budget."""

    def __init__(self, budget_bytes: int) -> None:
        self._budget = budget_bytes
        self._stride = FIRST_STRIDE
        self._epochs: list[int] = []
        self._states: dict[int, bytes] = {}
        self._bytes = 0

    def wants(self, epoch: int) -> bool:
        """Whether the state at this epoch should be kept."""
        return epoch > 0 and epoch % self._stride == 0 and (not self._epochs or epoch > self._epochs[-1])

    def add(self, epoch: int, state: bytes) -> None:
        """Keep a state newer than all others."""
        self._epochs.append(epoch)
        self._states[epoch] = state
        self._bytes += len(state)
        while self._bytes > self._budget and self._epochs:
            self._thin()

    def nearest(self, epoch: int) -> bytes | None:
        """The state of the newest kept epoch that is not after `epoch`; None means the beginning."""
        place = bisect_right(self._epochs, epoch)
        return self._states[self._epochs[place - 1]] if place else None

    def _thin(self) -> None:
        self._stride *= 2
        self._states = {epoch: state for epoch, state in self._states.items() if epoch % self._stride == 0}
        self._epochs = list(self._states)
        self._bytes = sum(map(len, self._states.values()))
