"""The time that a search has been at work: what its page waits for, whether it trains or compiles."""

from __future__ import annotations

from playground.runtime.jobs.kinds import Clock


class Watch:
    """Seconds that run while it is told to.

    Parameters
    ----------
    seconds : to begin with
    """

    def __init__(self, clock: Clock, seconds: float = 0.0) -> None:
        self._clock, self._before = clock, seconds
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """So far."""
        return self._before + (0.0 if self._since is None else self._clock() - self._since)

    def run(self, runs: bool) -> None:
        """From now on it runs, or stands."""
        self._before = self.seconds
        self._since = self._clock() if runs else None
