"""Those who see what goes to the page of a run, and do nothing to the run by that: a class is watched so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeAlias

Watcher: TypeAlias = Callable[[bytes], None]
"""Called on the event loop with each packed message, as it goes to the page; it must not block."""

log = logging.getLogger(__name__)


class Watching:
    """One who watches. Equal for nobody but itself: who watches twice sees everything twice."""

    def __init__(self, watcher: Watcher) -> None:
        self.watcher: Watcher | None = watcher


class Watchers:
    """Those who watch one run."""

    def __init__(self) -> None:
        self._all: tuple[Watching, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._all)

    def add(self, watcher: Watcher) -> Callable[[], None]:
        """Let somebody watch. What is returned ends that; it may be called again."""
        watching = Watching(watcher)
        self._all = (*self._all, watching)
        return lambda: self._end(watching)

    def show(self, message: bytes) -> None:
        """Pass on a message, the very bytes; whoever fails at it is let go, and nobody else feels it."""
        for watching in self._all:
            if watching.watcher is None:  # ended by one before it
                continue
            try:
                watching.watcher(message)
            except Exception:
                log.exception("One who watched a run failed, and watches no more")
                self._end(watching)

    def _end(self, watching: Watching) -> None:
        watching.watcher = None
        self._all = tuple(each for each in self._all if each is not watching)
