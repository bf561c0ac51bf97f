"""Some of many, evenly spaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def evenly(items: Sequence[T], most: int) -> list[T]:
    """At most so many of these, but two at least; the first and the last are among them."""
    if len(items) <= most:
        return list(items)
    steps = max(most, 2) - 1
    return [items[round(i * (len(items) - 1) / steps)] for i in range(steps + 1)]
