"""File descriptors: how many this process may have, and how many it has."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

ENOUGH = 65_536
LOOK_SECONDS = 0.05
FOLDER = "/proc/self/fd" if sys.platform.startswith("linux") else "/dev/fd"


def raise_limit() -> None:
    """Let this process, and those it starts, have as many as it may."""
    try:
        import resource
    except ImportError:  # Windows counts handles, of which there are plenty
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Descriptors:
    """Counts the descriptors of this process, no more often than is useful."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._most = _limit()
        self._used, self._looked_at = 0, -LOOK_SECONDS

    @property
    def free(self) -> int:
        """How many more there may be."""
        now = self._clock()
        if now - self._looked_at >= LOOK_SECONDS:
            self._used, self._looked_at = _in_use(), now
        return self._most - self._used


def _limit() -> int:
    try:
        import resource
    except ImportError:
        return ENOUGH
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return ENOUGH if soft == resource.RLIM_INFINITY else soft


def _in_use() -> int:
    try:
        return len(os.listdir(FOLDER))
    except FileNotFoundError:
        return 0
    except OSError:  # none is left to look with
        return sys.maxsize
