"""What has gone wrong with one job: its own faults, which are counted, and those from outside, which pass."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.runtime.growing_pause import GrowingPause

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
    _pause: GrowingPause = field(default_factory=lambda: GrowingPause(FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS))
    _until: float = -math.inf

    def count(self) -> bool:
        """A fault of its own; whether that is one too many."""
        self.faults += 1
        return self.faults >= MOST_FAULTS

    def pause(self) -> None:
        """A fault from outside: leave the job alone for a while."""
        self._until = self.clock() + self._pause.next()

    def pass_over(self) -> None:
        """It works again."""
        self._pause.forget()
        self._until = -math.inf

    @property
    def resting(self) -> bool:
        """Whether it is left alone now."""
        return self.clock() < self._until
