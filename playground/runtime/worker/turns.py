"""Whose turn it is among visitors."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

REMEMBERED = 1000
"""Visitors whose last turn is known; those before them count as new."""


class Turns:
    """Turns by visitor: who has had none comes first, then who has waited longest since the last one."""

    def __init__(self) -> None:
        self._served: OrderedDict[str, int] = OrderedDict()
        self._count = 0

    def next_of(self, visitors: Iterable[str]) -> str:
        """The one whose turn it is now; of equals the first."""
        chosen = min(visitors, key=lambda visitor: self._served.get(visitor, 0))
        self._count += 1
        self._served[chosen] = self._count
        self._served.move_to_end(chosen)
        if len(self._served) > REMEMBERED:
            self._served.popitem(last=False)
        return chosen
