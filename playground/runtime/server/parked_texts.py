"""Texts that no link holds, on disk: a server that starts again knows what the addresses of its pages speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from playground.core.kept_texts import MARK, keep, kept
from playground.store.folder import Folder

TEXT = ".text"


class ParkedTexts:
    """The kept texts of runs on disk, each in a file called by the digest in its name."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._saved: set[str] = set()

    def remember(self) -> None:
        """Keep them all in this process; of more than it keeps, the newest."""
        found = (entry for entry in self._folder.entries() if entry.name.endswith(TEXT))
        for entry in sorted(found, key=lambda entry: -entry.age):
            self.recall(MARK + entry.name.removesuffix(TEXT))

    def recall(self, name: str) -> bool:
        """Keep the text of this name in this process. Returns whether it is known."""
        if kept(name) is not None:
            return True
        content = self._folder.read(_file(name))
        return content is not None and keep(content.decode(errors="replace")) == name

    def save(self, names: Iterable[str]) -> None:
        """Write the texts of these names that are not there yet."""
        for name in names:
            if name not in self._saved and (text := kept(name)) is not None:
                self._folder.replace(_file(name), text.encode())
                self._saved.add(name)

    def let_go(self, files: Collection[str]) -> None:
        """All but these files have been removed; they are called as `key_of` says."""
        self._saved = {name for name in self._saved if key_of(name) in files}


def key_of(name: str) -> str:
    """What the file of a text is called, without its ending."""
    return name.removeprefix(MARK)


def _file(name: str) -> str:
    return key_of(name) + TEXT
