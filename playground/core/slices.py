"""Work in slices, as generators do it that let others have their turns between."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

Outcome = TypeVar("Outcome")


def in_one_go(slices: Generator[Any, None, Outcome]) -> Outcome:
    """What work in slices comes to, where nobody waits for a turn."""
    while True:
        try:
            next(slices)
        except StopIteration as done:
            outcome: Outcome = done.value
            return outcome
