"""What has gone wrong with one job: its own faults, which are counted, and those from outside, which pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

MOST_FAULTS = 3
"""With so many a job is stopped."""
FIRST_PAUSE_SECONDS = 0.5
"""After a fault from outside a job is left alone for so long, each time twice as long,"""
LONGEST_PAUSE_SECONDS = 30.0
"""up to this."""


@dataclass
class Troubles:
    """The troubles of one job."""

    clock: Callable[[], float] = time.monotonic
    faults: int = 0
    """Of its own, so far."""
    _pause: float = 0.0
    _until: float = 0.0

    def count(self) -> bool:
        """A fault of its own; whether that is one too many."""
        self.faults += 1
        return self.faults >= MOST_FAULTS

    def pause(self) -> None:
        """A fault from outside: leave the job alone for a while."""
        self._pause = min(max(2 * self._pause, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
        self._until = self.clock() + self._pause

    def pass_over(self) -> None:
        """It works again."""
        self._pause = 0.0

    @property
    def resting(self) -> bool:
        """Whether it is left alone now."""
        return self._pause > 0 and self.clock() < self._until
