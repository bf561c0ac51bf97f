"""No process outlives the one that started it, not even one that is stopped and cannot act."""

from __future__ import annotations

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Let the system kill this process as soon as the thread that started it has ended.

    Linux alone offers that; elsewhere a process ends by itself when it finds its pipe closed. Ours are started by
    threads that last as long as their process.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
