"""Memory of the server and all it has started, and how near that is to what it may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path

PROC = Path("/proc")
TIGHT_SHARE, FULL_SHARE = 0.8, 0.92


class Pressure(IntEnum):
    """What the memory in use calls for."""

    NONE = 0
    TIGHT = 1
    """Runs that nobody watches are parked, and no worker is started before the one it replaces has gone."""
    FULL = 2
    """Nobody new is let in, and the largest worker is replaced."""


def pressure(used: int, bound: int) -> Pressure:
    """How near `used` bytes are to `bound`."""
    if used >= FULL_SHARE * bound:
        return Pressure.FULL
    return Pressure.TIGHT if used >= TIGHT_SHARE * bound else Pressure.NONE


def bytes_in_use() -> int:
    """Of this process and all below it; pages that several share count once. 0 where the system does not tell."""
    return sum(bytes_of(pid) for pid in [os.getpid(), *_below(os.getpid())])


def bytes_of(pid: int) -> int:
    """Memory of a process in RAM, of shared pages its part; 0 when there is no such process or no telling."""
    try:
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return 1024 * int(line.split()[1])
    except (OSError, ValueError, IndexError):
        pass
    return 0


def _below(pid: int) -> Iterator[int]:
    """The processes that this one has started, and those that they have."""
    try:
        threads = list((PROC / str(pid) / "task").iterdir())
        children = [int(text) for thread in threads for text in (thread / "children").read_text().split()]
    except (OSError, ValueError):
        return
    for child in children:
        yield child
        yield from _below(child)
