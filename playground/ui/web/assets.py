"""The JavaScript and CSS of the pages, as a route serves them.

Of the folders `web/` is shared by all components, and each other one belongs to the component of its name.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path, PurePosixPath

_IMPORT = re.compile(r'^(?:import|export)\b[^;]*?"(\.[^"]+)";', re.MULTILINE)


def static_files() -> Path:
    """Folder of all modules, to be served below ``_playground/static/<version>/``."""
    return Path(__file__).parents[1] / "static"


@lru_cache(maxsize=1)
def version() -> str:
    """Hash of all files.

    Modules import one another by relative address, so a folder named by its content may be cached for ever.
    """
    digest = hashlib.sha256()
    for path in sorted(static_files().rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(static_files()).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=16)
def modules_of(*entries: str) -> tuple[str, ...]:
    """Modules that are loaded with those named, to be fetched at once instead of one after the other.

    Parameters
    ----------
    entries : addresses within the folder, like ``stage/stage.js``
    """
    reached: set[str] = set()
    new = set(entries)
    while new:
        reached |= new
        new = {name for module in new for name in _imports(module)} - reached
    return tuple(sorted(reached))


def _imports(module: str) -> set[str]:
    root = static_files()
    text = (root / module).read_text(encoding="utf-8")
    folder = (root / PurePosixPath(module).parent).resolve()
    return {(folder / name).resolve().relative_to(root.resolve()).as_posix() for name in _IMPORT.findall(text)}
