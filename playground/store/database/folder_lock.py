"""One process at a time: a lock that the system releases when the process ends, however it does."""

from __future__ import annotations

import sys
from pathlib import Path

from playground.store.rooms import InUse

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Held from its making to `release`.

    Raises
    ------
    InUse
        When somebody else holds it.
    OSError
        When its file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")  # no process that is started inherits it
        try:
            _lock(self._file.fileno())
        except OSError:
            self._file.close()
            raise InUse(
                f"The rooms in {path.parent} are another server's. Let servers share rooms in a PostgreSQL, which "
                "DATABASE_URL names, or give this one a folder of its own by PLAYGROUND_ROOMS_FOLDER."
            ) from None

    def release(self) -> None:
        """Let others have it."""
        self._file.close()
