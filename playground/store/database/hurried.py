"""A connection to PostgreSQL that gives up on a server which says nothing: frozen, or behind a network that lost it."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg

Result = TypeVar("Result")

ANSWER_SECONDS = 5.0
"""Longer than the server lets a statement take."""


class HurriedConnection(psycopg.Connection[Any]):
    """psycopg's, whose every wait for the server ends.

    The system notices a connection that is gone by itself only while something is under way, and a server that stands
    still, or a proxy that does, not at all.

    Attributes
    ----------
    patience : seconds
    """

    patience = ANSWER_SECONDS

    def wait(self, gen: Generator[Any, Any, Result], *args: Any, **kwargs: Any) -> Result:
        """What psycopg waits by; see `psycopg.Connection.wait`.

        Raises
        ------
        psycopg.OperationalError
            When the server has not answered in time.
        """
        return super().wait(_in_time(gen, self.patience), *args, **kwargs)


def _in_time(gen: Generator[Any, Any, Result], seconds: float) -> Generator[Any, Any, Result]:
    """The same as a generator of psycopg's, which is told several times a second whether there is something to read."""
    ends = time.monotonic() + seconds
    try:
        waits_for = next(gen)
        while True:
            ready = yield waits_for
            if not ready and time.monotonic() > ends:
                raise psycopg.OperationalError(f"the server has not answered for {seconds:g} seconds")
            waits_for = gen.send(ready)
    except StopIteration as end:
        result: Result = end.value
        return result
