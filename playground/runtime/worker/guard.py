"""The one guard: whatever is done for a job is done under it, so that its fault does not take the others with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol
from urllib.parse import urlencode

from playground.runtime.engine import Engine
from playground.runtime.jobs.outside import is_from_outside
from playground.runtime.worker.seat import Seat

log = logging.getLogger(__name__)


class Diary(Protocol):
    """Where a worker notes what it is doing, to be read after its death."""

    def working_on(self, job: str) -> None:
        """Note the job whose turn it is; an empty one between turns."""

    def compiling(self, key: str) -> None:
        """Note the program being compiled; an empty key when none is."""


class Fate(Enum):
    """What has become of a piece of work."""

    DONE = auto()
    FAILED = auto()
    """By a fault of its own: the same would fail again."""
    PUT_OFF = auto()
    """By a fault from outside: it is to be tried again."""


class Guard:
    """Does pieces of work for jobs, and notes whose they are."""

    def __init__(self, engine: Engine, diary: Diary) -> None:
        self._engine, self._diary = engine, diary

    def do(self, seat: Seat, work: Callable[[], object]) -> Fate:
        """Do a piece of work for a job; never raises. Pieces are not nested."""
        self._diary.working_on(seat.id)
        try:
            work()
        except Exception as fault:
            return self.judge(seat, fault)
        finally:
            self._diary.working_on("")
        return Fate.DONE

    def judge(self, seat: Seat, fault: BaseException) -> Fate:
        """Whose fault it is; it goes to the log, with the experiment's link."""
        link = "?" + urlencode(seat.subject.to_query())
        if is_from_outside(fault, self._engine):
            log.warning("A run waits for the machine, which has no more to give: %s", link, exc_info=fault)
            return Fate.PUT_OFF
        log.error("A run failed: %s", link, exc_info=fault)
        return Fate.FAILED
