"""Frames of the usual view, packed once for all who watch the same training."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

from playground.runtime.protocol.packing import Body
from playground.runtime.protocol.server import Diagram


class Packed(NamedTuple):
    """What a frame holds of a network, ready to travel: the range of its map, its diagram if wanted, its arrays."""

    lo: float
    hi: float
    network: Diagram | None
    body: Body


class FrameCache:
    """The frames used last, within a budget of bytes."""

    def __init__(self, budget_bytes: int) -> None:
        self._budget = budget_bytes
        self._frames: OrderedDict[Hashable, Packed] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable, make: Callable[[], Packed]) -> Packed:
        """The frame known by `key`, made if it is not there."""
        if key in self._frames:
            self._frames.move_to_end(key)
            return self._frames[key]
        made = self._frames[key] = make()
        self._bytes += len(made.body.content)
        while self._bytes > self._budget:
            _key, oldest = self._frames.popitem(last=False)
            self._bytes -= len(oldest.body.content)
        return made
