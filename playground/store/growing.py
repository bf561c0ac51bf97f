"""A state with a log that leads to it, on disk: the log grows, the state is replaced, and the two always fit."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import NamedTuple

from playground.store.folder import Folder

_LENGTH = struct.Struct("<I")


class Written(NamedTuple):
    """Where the log of a key is: the number of its file, and its bytes that count."""

    number: int
    size: int


class GrowingStates:
    """States and logs by key.

    A log is written before the state that names its length, so after a crash in between the state before still fits.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._written: dict[str, Written] = {}

    def save(self, key: str, state: bytes | None, log: bytes | None, whole: bool) -> None:
        """Keep a state, and what has come to the log; with `whole` that is all of the log.

        Raises
        ------
        OSError
            When the disk does not take it. What is kept under the key may then be forgotten.
        """
        before = self._written.get(key) or self._found(key)
        number, size = (before.number, before.size) if before else (0, 0)
        if whole:
            number, size = number + 1, 0
            self._folder.remove(_log_name(key, number))
        if log is not None:
            entry = _LENGTH.pack(len(log)) + log
            self._folder.append(_log_name(key, number), entry)
            size += len(entry)
        if state is not None:
            header = json.dumps({"number": number, "size": size}).encode()
            self._folder.replace(f"{key}.state", header + b"\n" + state)
        self._written[key] = Written(number, size)
        if whole and before:
            self._folder.remove(_log_name(key, before.number))

    def load(self, key: str) -> tuple[bytes, list[bytes]] | None:
        """The state and the parts of its log, oldest first; None when nothing whole is there."""
        content = self._folder.read(f"{key}.state")
        where = _where(content)
        if content is None or where is None:
            return None
        log = self._folder.read(_log_name(key, where.number)) or b""
        if len(log) < where.size:
            return None
        return content.partition(b"\n")[2], list(_parts(log[: where.size]))

    def knows(self, key: str) -> bool:
        """Whether something was saved under this key by this process, and not forgotten."""
        return key in self._written

    def forget(self, key: str) -> None:
        """Keep nothing under this key."""
        written = self._written.pop(key, None) or self._found(key)
        self._folder.remove(f"{key}.state")
        if written is not None:
            self._folder.remove(_log_name(key, written.number))

    def _found(self, key: str) -> Written | None:
        return _where(self._folder.read(f"{key}.state"))


def _log_name(key: str, number: int) -> str:
    return f"{key}.{number}.log"


def _where(content: bytes | None) -> Written | None:
    if content is None:
        return None
    try:
        return Written(**json.loads(content.partition(b"\n")[0]))
    except (ValueError, TypeError):
        return None


def _parts(log: bytes) -> Iterator[bytes]:
    place = 0
    while place + _LENGTH.size <= len(log):
        (size,) = _LENGTH.unpack_from(log, place)
        place += _LENGTH.size
        yield log[place : place + size]
        place += size
