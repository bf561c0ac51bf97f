"""What a worker is doing, in memory shared with the server: read after a death, it tells whose fault it was."""

from __future__ import annotations

import ctypes
import hashlib
from multiprocessing.context import BaseContext

from playground.runtime.hosts.host import LastSeen

LONGEST_TOKEN = 64


class Blame:
    """Two words that a worker keeps up to date at almost no cost."""

    def __init__(self, context: BaseContext) -> None:
        self._job = context.RawArray(ctypes.c_char, LONGEST_TOKEN)
        self._compiling = context.RawArray(ctypes.c_char, LONGEST_TOKEN)

    def working_on(self, job: str) -> None:
        """Note the job whose turn it is; an empty one between turns."""
        self._job.value = job.encode()

    def compiling(self, key: str) -> None:
        """Note the program being compiled; an empty key when none is."""
        self._compiling.value = short(key).encode() if key else b""

    def last_seen(self) -> LastSeen:
        """What was noted last."""
        return LastSeen(bytes(self._job.value).decode(), bytes(self._compiling.value).decode())


def short(key: str) -> str:
    """A program's key, short enough to share."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
