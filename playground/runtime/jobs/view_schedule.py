"""When the view beside the boundary is computed: when it has changed, the page is ready, and others get their time."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

VIEW_SECONDS = 0.15
"""While a network trains, a view is sent this often at most,"""
VIEW_SHARE = 0.2
"""and may take this share of the time."""
COSTLY_SECONDS = 0.15
"""Views that take longer keep to their share at rest, too."""


@dataclass
class ViewSchedule:
    """What the page has of its view."""

    clock: Callable[[], float] = time.monotonic
    _sent: Hashable = None
    """What the last view depended on."""
    _page_has_drawn: bool = True
    _cost: float = 0.0
    """Seconds that the last view took,"""
    _done_at: float = 0.0
    """and when it was there."""
    _began_at: float = 0.0

    def start_over(self) -> None:
        """The page has nothing, and waits for a view."""
        self._page_has_drawn, self._sent = True, None

    def choose(self) -> None:
        """Another view is wanted; it is not kept waiting for what the last one took."""
        self.start_over()
        self._cost = min(self._cost, VIEW_SHARE * VIEW_SECONDS)

    def drawn(self) -> None:
        """The page has drawn the view it was sent."""
        self._page_has_drawn = True

    def due(self, now: Hashable, playing: bool) -> bool:
        """Whether to compute a view that depends on `now`."""
        if not self._page_has_drawn or now == self._sent:
            return False
        return self.clock() - self._done_at >= self._pause(playing)

    def _pause(self, playing: bool) -> float:
        """Seconds between two views: none at rest, where a learner scrubs, unless they keep other runs waiting."""
        share = self._cost / VIEW_SHARE
        if playing:
            return max(VIEW_SECONDS, share)
        return share if self._cost > COSTLY_SECONDS else 0.0

    def begin(self) -> None:
        """A view is being computed."""
        self._began_at = self.clock()

    def end(self, now: Hashable, complete: bool) -> None:
        """It is there, and depends on `now`; one not `complete` goes on when the page has drawn what there is."""
        self._done_at = self.clock()
        self._cost = self._done_at - self._began_at
        self._sent, self._page_has_drawn = (now if complete else None), False
