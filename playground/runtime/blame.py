"""What a worker is doing, in memory shared with the server: read after a death, it tells whose fault it was."""

from __future__ import annotations

import ctypes
import hashlib
from multiprocessing.context import BaseContext

LONGEST_TOKEN = 64


class Blame:
    """Two words that a worker keeps up to date at almost no cost."""

    def __init__(self, context: BaseContext) -> None:
        self._training = context.RawArray(ctypes.c_char, LONGEST_TOKEN)
        self._compiling = context.RawArray(ctypes.c_char, LONGEST_TOKEN)

    @property
    def training(self) -> str:
        """The run whose turn it is; empty between turns."""
        return bytes(self._training.value).decode()

    @training.setter
    def training(self, token: str) -> None:
        self._training.value = token.encode()

    @property
    def compiling(self) -> str:
        """`short(key)` of the program being compiled; empty when none is."""
        return bytes(self._compiling.value).decode()

    @compiling.setter
    def compiling(self, key: str) -> None:
        self._compiling.value = short(key).encode() if key else b""


def short(key: str) -> str:
    """A program's key, short enough to share."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
