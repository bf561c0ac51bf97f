"""The one thread that starts processes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from queue import SimpleQueue
from typing import TypeVar

Started = TypeVar("Started")


class Starter:
    """Makes calls one after the other in a thread that lasts as long as this process.

    A fork server, and with it every worker, is bound to the life of the thread that started it.
    """

    def __init__(self) -> None:
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        # A daemon: a start that never comes to an end must not keep this process from ending.
        threading.Thread(target=self._work, name="worker-starter", daemon=True).start()

    def call(self, start: Callable[[], Started]) -> Started:
        """What `start` returns, or raises, in that thread; waits for it."""
        outcome: Future[Started] = Future()

        def work() -> None:
            try:
                outcome.set_result(start())
            except BaseException as fault:
                outcome.set_exception(fault)

        self._calls.put(work)
        return outcome.result()

    def _work(self) -> None:
        while True:
            self._calls.get()()


@cache
def starter() -> Starter:
    """The starter of this process."""
    return Starter()
