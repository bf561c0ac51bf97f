"""Whether a worker has grown so much that a new one should take its place."""

from __future__ import annotations

import os

from playground.runtime.limits import Limits


class Growth:
    """Memory since the first program: Keras leaves some behind with every model, whatever is cleared."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._baseline: int | None = None
        self.tired = False

    def begin(self) -> bool:
        """Measure from here on, unless that was done already; whether it was not."""
        if self._baseline is not None:
            return False
        self._baseline = resident_bytes()
        return True

    def has_come(self, spent: int, in_use: int) -> bool:
        """Whether a new worker is needed now; true once.

        Parameters
        ----------
        spent : programs let go, whose remains a new worker would be rid of
        in_use : programs that a new worker would have to compile again: that must not be most of what it does
        """
        if self.tired or self._baseline is None or spent < max(in_use, self._limits.spent_programs):
            return False
        self.tired = resident_bytes() - self._baseline > self._limits.worker_growth_bytes
        return self.tired


def resident_bytes() -> int:
    """Memory of this process in RAM, in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak)  # macOS: bytes; a peak serves, since growth is what matters
