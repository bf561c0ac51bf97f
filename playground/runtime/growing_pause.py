"""A pause before something is tried again: each time twice as long, up to a longest one."""

from __future__ import annotations


class GrowingPause:
    """Seconds to wait after each failure in a row.

    Parameters
    ----------
    first, longest : seconds of the first pause, and of no pause more
    """

    def __init__(self, first: float, longest: float) -> None:
        self._first, self._longest = first, longest
        self._last = 0.0

    def next(self) -> float:
        """The pause after one more failure."""
        self._last = min(max(2 * self._last, self._first), self._longest)
        return self._last

    def forget(self) -> None:
        """It has worked."""
        self._last = 0.0
