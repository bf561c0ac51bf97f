"""Imported by the fork server and by nothing else, last: it gives back the memory that only loading needed.

The libraries that TensorFlow consists of are read almost whole while they are linked and started, about 350 MB, and a
worker that trains needs a fraction of that. What is let go is what such a file says and nobody has changed: whoever
comes to it again reads it from the file, in most cases from the system's own memory of it.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Iterable, Iterator

MADV_DONTNEED = 4


def unchanged_parts(smaps: Iterable[str]) -> Iterator[tuple[int, int]]:
    """(start, length) of each part of memory that holds just what its file does and cannot be written to.

    Parameters
    ----------
    smaps : lines of `/proc/<pid>/smaps`
    """
    start = stop = changed = 0
    of_a_file = False
    for line in smaps:
        name, *rest = line.split()
        if not name.endswith(":"):  # "7f00-7f40 r-xp 00000000 fe:01 123 /usr/lib/libm.so"
            start, stop = (int(place, 16) for place in name.split("-"))
            of_a_file = len(rest) > 4 and rest[4].startswith("/") and rest[0] in ("r--p", "r-xp")
            changed = 0
        elif name in ("Anonymous:", "Swap:"):  # what was written before it was protected: here, or moved to the disk
            changed += int(rest[0])
        elif name == "VmFlags:" and of_a_file and not changed:  # the last line of a part
            yield start, stop - start


def let_go() -> None:
    """Give back all such parts of this process; where the system has no such thing, nothing."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, ValueError):
        advise = ctypes.CDLL(None).madvise
        advise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        with open("/proc/self/smaps") as smaps:
            parts = list(unchanged_parts(smaps))
        for start, length in parts:
            advise(start, length, MADV_DONTNEED)


let_go()
