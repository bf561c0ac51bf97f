"""Faults that come from outside: of a machine that has no more to give, not of what was asked for."""

from __future__ import annotations

import errno

from playground.runtime.engine import Engine

SHORTAGES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EAGAIN})
"""Of file descriptors, memory, disk, threads."""


def is_from_outside(fault: BaseException, engine: Engine) -> bool:
    """Whether the same may well work a little later."""
    if isinstance(fault, OSError):
        return fault.errno in SHORTAGES
    return isinstance(fault, MemoryError) or engine.is_short_of_resources(fault)
