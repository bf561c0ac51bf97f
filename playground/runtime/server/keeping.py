"""What a server keeps of the work in its workers, to take it up again."""

from __future__ import annotations

from weakref import WeakValueDictionary

from playground.runtime.jobs.job import Kept, Saved


class Keep:
    """What is kept under one key; jobs that share their work hold the same one."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._state = b""
        self._logs: list[bytes] = []

    def take(self, saved: Saved) -> None:
        """Take in what has changed."""
        if saved.state is not None:
            self._state = saved.state
        if saved.whole:
            self._logs = []
        if saved.log is not None:
            self._logs.append(saved.log)

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self._state) + sum(map(len, self._logs))

    def value(self) -> Kept | None:
        """What a worker needs; None when nothing was ever saved."""
        return Kept(self.key, self._state, tuple(self._logs)) if self._state else None


class Keeping:
    """All that is kept, by key; it goes when no run holds it any more."""

    def __init__(self) -> None:
        self._of_key: WeakValueDictionary[str, Keep] = WeakValueDictionary()

    def held(self, key: str) -> Keep | None:
        """What is kept under this key, if any."""
        return self._of_key.get(key)

    def hold(self, keep: Keep) -> None:
        """Know of what the caller holds."""
        self._of_key[keep.key] = keep

    def take(self, saved: Saved) -> Keep | None:
        """Take in what a worker saved; the caller holds it. None for a part of something that nobody holds any more."""
        keep = self._of_key.get(saved.key)
        if keep is None:
            if not saved.whole:
                return None
            keep = self._of_key[saved.key] = Keep(saved.key)
        keep.take(saved)
        return keep
