"""Pictures on disk by a digest of what they show: as many as there is room for, the oldest go first."""

from __future__ import annotations

import re
import threading

from playground.store.folder import Folder

MOST_BYTES = 64_000_000
MOST_FILES = 1_000
ROOM_MADE = 0.9
"""When there are too many, as few are kept, so that not every new one looks through the folder's whole content."""
ENDING = ".png"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Pictures:
    """Pictures in a folder. Their names are digests and nothing else, whatever is asked for.

    Reading and writing may be done from any thread.
    """

    def __init__(self, folder: Folder, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES) -> None:
        self._folder, self._most_bytes, self._most_files = folder, most_bytes, most_files
        self._writing = threading.Lock()

    def find(self, digest: str) -> bytes | None:
        """The picture, if it is there."""
        return self._folder.read(_name(digest))

    def keep(self, digest: str, picture: bytes) -> None:
        """Keep a picture; others go when there is no room.

        Raises
        ------
        OSError
            When the disk does not take it.
        """
        with self._writing:
            self._folder.replace(_name(digest), picture)
            self._make_room()

    def _make_room(self) -> None:
        kept = [entry for entry in self._folder.entries() if entry.name.endswith(ENDING)]
        size = sum(entry.size for entry in kept)
        if size <= self._most_bytes and len(kept) <= self._most_files:
            return
        oldest_first = sorted(kept, key=lambda entry: -entry.age)
        files = len(kept)
        for entry in oldest_first:
            if size <= ROOM_MADE * self._most_bytes and files <= ROOM_MADE * self._most_files:
                return
            self._folder.remove(entry.name)
            size, files = size - entry.size, files - 1


def _name(digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"digest must be 64 hexadecimal digits. Got {digest!r}.")
    return f"{digest}{ENDING}"
