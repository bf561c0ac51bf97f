"""A folder of this program's own: named contents that are replaced at once or grow at their end."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_NAME = re.compile(r"[\w-]{1,80}(\.[\w-]{1,20}){0,2}")
UNFINISHED = ".unfinished"


class Entry(NamedTuple):
    """A file of the folder: its size in bytes, and how many seconds ago it was written."""

    name: str
    size: int
    age: float


class Folder:
    """Files by name. Nobody else may read or write them, since some hold what is unpickled.

    Raises
    ------
    OSError
        When the folder cannot be made or used.
    PermissionError
        When it belongs to somebody else.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if hasattr(os, "getuid"):
            found = path.stat()
            if found.st_uid != os.getuid():
                raise PermissionError(f"The folder must belong to the user who runs the server. Got {path}.")
            if stat.S_IMODE(found.st_mode) & 0o077:
                path.chmod(0o700)
        self.path = path
        (path / UNFINISHED).touch()

    def replace(self, name: str, content: bytes) -> None:
        """Let the file hold this; who reads it meanwhile, or after a crash, finds the old content or the new one."""
        place = self._place(name)
        unfinished = self.path / UNFINISHED
        unfinished.write_bytes(content)
        os.replace(unfinished, place)

    def append(self, name: str, content: bytes) -> None:
        """Let the file hold this besides; a crash may leave a part of it there."""
        with self._place(name).open("ab") as file:
            file.write(content)

    def read(self, name: str) -> bytes | None:
        """The file's content; None when there is none."""
        try:
            return self._place(name).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Let there be no such file."""
        self._place(name).unlink(missing_ok=True)

    def entries(self) -> Iterator[Entry]:
        """All files."""
        now = time.time()
        for path in self.path.iterdir():
            if _NAME.fullmatch(path.name):
                try:
                    found = path.stat()
                except FileNotFoundError:
                    continue
                yield Entry(path.name, found.st_size, max(now - found.st_mtime, 0.0))

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"name must be made of letters, digits and dashes, with up to two endings. Got {name!r}.")
        return self.path / name
