"""What has been handed on of a history, to whoever keeps it."""

from __future__ import annotations

from playground.core.history import History, Mark


class HandedOn:
    """How far a history has been handed on. Who keeps all parts is sent the whole now and then, to let them drop.

    Parameters
    ----------
    most_bytes : of all parts since the last whole
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._mark: Mark | None = None
        self._bytes = 0

    def forget(self) -> None:
        """Let the next part be the whole: who kept the parts so far may have gone."""
        self._mark = None

    def forget_newest(self) -> None:
        """The newest epoch was replaced after it was handed on."""
        if self._mark is not None:
            self._mark = self._mark.without_newest()

    def next(self, history: History) -> tuple[bytes, bool]:
        """What has come since the last call, and whether that is all of it."""
        log, mark = history.changes_since(None if self._bytes > self._most_bytes else self._mark)
        self._mark = mark
        self._bytes = len(log) + (0 if mark.full else self._bytes)
        return log, mark.full
