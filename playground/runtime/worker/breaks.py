"""Breaks between long turns, in which those with short ones keep their frames.

A turn is bounded, but a look at the largest network takes 0.1 s and its charts more. Round after round of such turns
would leave others two frames each, since a page asks for the next ones only when it has painted those.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from playground.runtime.worker.seat import Seat

LONG_SECONDS = 0.05
"""Turns that take longer come with breaks, each as long as the turn before it: half of the time is for short ones."""
LATELY_SECONDS = 1.0
"""Without a short turn in this time nobody needs the break."""
FORGETTING = 0.7
"""A job is known by its longest turn lately: with each turn that is shorter, this much of it."""


class Breaks:
    """When jobs with long turns may have the next one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0

    def took(self, seat: Seat, began: float) -> None:
        """A turn of a job that began then has ended."""
        now = self._clock()
        seconds = now - began
        seat.turn_seconds, seat.turn_ended = max(seconds, FORGETTING * seat.turn_seconds), now
        if seconds > LONG_SECONDS:
            self._until = now + seconds

    def waits(self, seat: Seat, seats: Iterable[Seat]) -> bool:
        """Whether the job is to wait for others' short turns."""
        return seat.turn_seconds > LONG_SECONDS and self.seconds_left > 0 and self._needed(seats)

    @property
    def seconds_left(self) -> float:
        """What is left of the break."""
        return max(self._until - self._clock(), 0.0)

    def _needed(self, seats: Iterable[Seat]) -> bool:
        since = self._clock() - LATELY_SECONDS
        return any(seat.turn_seconds <= LONG_SECONDS and seat.turn_ended > since for seat in seats)
