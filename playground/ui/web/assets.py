"""The JavaScript and CSS of the pages, as a route serves them.

Of the folders `web/` is shared by all components, and each other one belongs to the component of its name.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from playground.runtime import page_modules


def static_files() -> Path:
    """Folder of all modules, to be served below ``_playground/static/<version>/``."""
    return page_modules.static_files()


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
    return page_modules.reached_from(static_files(), entries)
