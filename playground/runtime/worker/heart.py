"""The sign of life of a worker, from a thread of its own: it goes on while the loop trains, compiles or loads."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence

from playground.runtime.jobs.trained import trained
from playground.runtime.worker.guard import Diary
from playground.runtime.worker.messages import Alive, Answer

BEAT_SECONDS = 1.0

log = logging.getLogger(__name__)


class Heart:
    """Says `Alive` about every second. As the diary of the loop it knows how long the turn under way has taken.

    Parameters
    ----------
    say : the way to the server; called from the heart's thread
    diary : where the notes go
    """

    def __init__(
        self,
        say: Callable[[Sequence[Answer]], None],
        diary: Diary,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._diary, self._clock = say, diary, clock
        self._turn_began: float | None = None
        self._trained_before = trained.epochs

    def start(self) -> None:
        """Beat until the process ends."""
        threading.Thread(target=self._beat_on, name="heart", daemon=True).start()

    def beat(self) -> None:
        """Say it once."""
        began = self._turn_began
        busy = 0.0 if began is None else self._clock() - began
        self._say([Alive(busy, trained.epochs - self._trained_before)])

    def working_on(self, job: str) -> None:
        """Note the job whose turn it is; an empty one between turns."""
        self._turn_began = self._clock() if job else None
        self._diary.working_on(job)

    def compiling(self, key: str) -> None:
        """Note the program being compiled; an empty key when none is."""
        self._diary.compiling(key)

    def _beat_on(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self.beat()
            except (BrokenPipeError, ConnectionResetError):
                os._exit(0)  # the server has gone: nobody is left to train for, however long the turn under way takes
            except MemoryError:
                log.warning("There was no memory for a sign of life")
            pause.wait(BEAT_SECONDS)
