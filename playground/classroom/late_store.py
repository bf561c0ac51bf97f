"""The store of rooms, opened when it is first wanted: what it is made of takes long to load."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping

from playground.core.errors import Refused
from playground.store.rooms import Heard, InUse, Progress, Rooms, Stored, TooNew, Unreachable

log = logging.getLogger(__name__)


class LateStore:
    """Rooms as `store.rooms.Rooms` has them; what cannot be opened now is tried again at the next call.

    Raises
    ------
    Refused
        From every method, while the store must not be used: another process has it, or a later release.
    """

    def __init__(self, open_store: Callable[[], Rooms]) -> None:
        self._open_store, self._opened = open_store, threading.Lock()
        self._store: Rooms | None = None
        self._heard: Heard | None = None
        self._said = ""

    def open(self) -> None:
        """Open it, and say in the log where that fails."""
        try:
            self._get()
        except (Refused, Unreachable):
            return

    def open_in(self, seconds: float) -> None:
        """Open it in so many seconds, in a thread; called on the event loop."""
        loop = asyncio.get_running_loop()
        loop.call_later(seconds, loop.run_in_executor, None, self.open)

    def create(self, stored: Stored) -> None:  # noqa: D102
        self._get().create(stored)

    def load(self, code: str) -> Stored | None:  # noqa: D102
        return self._get().load(code)

    def change(self, code: str, change: Callable[[Stored], Stored]) -> Stored | None:  # noqa: D102
        return self._get().change(code, change)

    def note(self, code: str, progress: Mapping[int, Progress]) -> None:  # noqa: D102
        self._get().note(code, progress)

    def progress(self, code: str) -> Mapping[int, Progress]:  # noqa: D102
        return self._get().progress(code)

    def remove(self, code: str) -> None:  # noqa: D102
        self._get().remove(code)

    def remove_closed(self, before: float) -> list[str]:  # noqa: D102
        return self._get().remove_closed(before)

    def listen(self, heard: Heard) -> None:
        """Call `heard` when others change rooms, from when the store is open."""
        self._heard = heard
        if self._store is not None:
            self._store.listen(heard)

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()

    def _get(self) -> Rooms:
        if self._store is not None:
            return self._store
        with self._opened:
            if self._store is None:
                self._store = self._open()
            return self._store

    def _open(self) -> Rooms:
        try:
            store = self._open_store()
        except (InUse, TooNew, ValueError) as reason:
            self._say(str(reason))
            raise Refused(f"This server has no rooms: {reason}") from reason
        except Unreachable as reason:
            self._say(str(reason))
            raise
        if self._heard is not None:
            store.listen(self._heard)
        return store

    def _say(self, reason: str) -> None:
        """Once; it is tried again for every page."""
        if reason != self._said:
            self._said = reason
            log.error("Rooms of classes cannot be opened: %s", reason)
