"""How much a page may say: by visitor, whatever number of pages that is, and by network address."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple
from weakref import WeakValueDictionary

from playground.runtime.limits import Limits
from playground.runtime.server.live_run import LiveRun

PAGES_OF_A_VISITOR = 4
"""As much as so many pages need has one visitor,"""
PAGES_OF_AN_ADDRESS = 60
"""and so many one network address."""


class Allowance:
    """A token bucket: `rate` messages a second, `burst` at once."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = float(burst), clock()

    def take(self) -> bool:
        """Whether one more message is within the allowance."""
        self._fill()
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def give_back(self) -> None:
        """What was taken last does not count."""
        self._left = min(self._burst, self._left + 1)

    @property
    def seconds(self) -> float:
        """Until there is room for one more; 0 where there is."""
        self._fill()
        return max(1 - self._left, 0.0) / self._rate

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is used."""
        self._fill()
        return self._left >= self._burst

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now


class Share(NamedTuple):
    """What one page may say: within its own allowance, its visitor's and its address's."""

    allowances: tuple[Allowance, ...]

    def take(self) -> bool:
        """Whether one more message may be said; beyond the page's own allowance nothing is taken from others."""
        return all(allowance.take() for allowance in self.allowances)


class Allowances:
    """Allowances of one kind of message, shared by those who are connected now."""

    def __init__(self, rate: float, limits: Limits, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, limits.message_burst, clock
        self._shared: WeakValueDictionary[tuple[str, str], Allowance] = WeakValueDictionary()

    def of(self, run: LiveRun) -> Share:
        """The share of a page that watches this run."""
        own = Allowance(self._rate, self._burst, self._clock)
        visitor, address = run.visitor
        shared = [
            self._for(("visitor", visitor), PAGES_OF_A_VISITOR) if visitor else None,
            self._for(("address", address), PAGES_OF_AN_ADDRESS) if address else None,
        ]
        return Share((own, *(allowance for allowance in shared if allowance is not None)))

    def _for(self, whom: tuple[str, str], pages: int) -> Allowance:
        allowance = self._shared.get(whom)
        if allowance is None:
            allowance = self._shared[whom] = Allowance(self._rate * pages, self._burst * pages, self._clock)
        return allowance
