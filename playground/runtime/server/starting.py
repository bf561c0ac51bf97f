"""When a worker that could not be started is tried again: after growing pauses, for ever."""

from __future__ import annotations

from playground.runtime.growing_pause import GrowingPause

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
"""Seconds; whatever kept workers from starting may end at any time, and learners wait meanwhile."""
WORTH_A_WORD = 3
"""Starts in a row that failed, after which it is said."""


class Starting:
    """How starts have gone lately."""

    def __init__(self) -> None:
        self._failed = 0
        self._pause = GrowingPause(FIRST_PAUSE, LONGEST_PAUSE)
        self.ever_worked = False
        """Whether a worker has ever loaded."""

    def worked(self) -> None:
        """A worker has loaded."""
        self._failed, self.ever_worked = 0, True
        self._pause.forget()

    def failed(self) -> float:
        """A worker ended before it had loaded; the seconds to wait before the next start."""
        self._failed += 1
        return self._pause.next()

    @property
    def is_hard(self) -> bool:
        """Whether several have failed in a row."""
        return self._failed >= WORTH_A_WORD
