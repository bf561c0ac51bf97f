"""Slices of work that can be gone on with after one has failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

SLICE_SECONDS = 0.02
"""What a slice of a job's work takes about: others wait for its end."""


class Slices:
    """The slices that `begin` gives, begun again after a fault: what they were about can be tried again."""

    def __init__(self, begin: Callable[[], Iterator[object]]) -> None:
        self._begin = begin
        self._under_way = begin()

    def next(self) -> None:
        """Do one slice, if there is one left."""
        try:
            next(self._under_way, None)
        except Exception:  # which ended the slices
            self.begin_anew()
            raise

    def begin_anew(self) -> None:
        """What they were about has changed."""
        self._under_way = self._begin()
