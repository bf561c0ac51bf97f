"""A store of rooms in memory, that fails when a test says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from playground.store.rooms import Heard, Progress, Stored, Taken, Unreachable


class MemoryStore:
    """What any store owes, in the plainest way.

    Attributes
    ----------
    fails : why it cannot be reached now; empty as long as it can
    """

    def __init__(self) -> None:
        self.rooms: dict[str, Stored] = {}
        self.noted: dict[str, dict[int, Progress]] = {}
        self.fails = ""
        self.heard: Heard | None = None
        self.closed = False
        self._lock = threading.Lock()

    def create(self, stored: Stored) -> None:
        self._see()
        if stored.code in self.rooms:
            raise Taken(stored.code)
        self.rooms[stored.code] = stored

    def load(self, code: str) -> Stored | None:
        self._see()
        return self.rooms.get(code)

    def change(self, code: str, change: Callable[[Stored], Stored]) -> Stored | None:
        with self._lock:
            self._see()
            if code not in self.rooms:
                return None
            changed = change(self.rooms[code])
            self.rooms[code] = replace(changed, version=self.rooms[code].version + 1)
            noted = self.noted.get(code, {})
            self.noted[code] = {number: each for number, each in noted.items() if number in changed.seats}
            return self.rooms[code]

    def note(self, code: str, progress: Mapping[int, Progress]) -> None:
        self._see()
        self.noted.setdefault(code, {}).update(progress)

    def progress(self, code: str) -> Mapping[int, Progress]:
        self._see()
        return dict(self.noted.get(code, {}))

    def remove(self, code: str) -> None:
        self._see()
        self.rooms.pop(code, None)

    def remove_closed(self, before: float) -> list[str]:
        self._see()
        gone = [code for code, stored in self.rooms.items() if stored.closes_at < before]
        for code in gone:
            del self.rooms[code]
        return gone

    def listen(self, heard: Heard) -> None:
        self.heard = heard

    def close(self) -> None:
        self.closed = True

    def _see(self) -> None:
        if self.fails:
            raise Unreachable(self.fails)
