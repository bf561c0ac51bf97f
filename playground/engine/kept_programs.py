"""The programs that were used last, kept for whoever needs them next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class KeptPrograms(Generic[Key, Made]):
    """Programs by their key; the least recently used goes.

    Parameters
    ----------
    most : programs kept
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._programs: OrderedDict[Key, Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        """The program with this key, made unless it is kept."""
        with self._lock:
            if key not in self._programs:
                self._programs[key] = make()
            self._programs.move_to_end(key)
            while len(self._programs) > self._most:
                self._programs.popitem(last=False)
            return self._programs[key]
