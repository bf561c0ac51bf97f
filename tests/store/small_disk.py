"""Disks that can be filled, and folders that cannot be written, for real where the tests may mount."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[bool]:
    """A file system in memory at the folder, where the system lets us; tells whether it does."""
    folder.mkdir()
    is_there = _mount("-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    try:
        yield is_there
    finally:
        if is_there:
            subprocess.run(["umount", "--lazy", folder], check=True)


def remount(folder: Path, options: str) -> None:
    """Let the file system have other options."""
    assert _mount("-o", f"remount,{options}", str(folder))


@contextlib.contextmanager
def without_space(folder: Path) -> Iterator[None]:
    """All that is free is taken by a file."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 512)
    try:
        yield
    finally:
        filler.unlink()


def _mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False
