"""The page's JavaScript as modules that import one another: what goes with some of them, and how a file takes them in.

Modules name one another by relative addresses, which lead nowhere in a file that stands alone. There each is called by
its place in the folder (``web/plane.js``), and an import map says what that is.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

_IMPORT = re.compile(r'^((?:import|export)\b[^;]*?")(\.[^"]+)(";)', re.MULTILINE)


def static_files() -> Path:
    """Folder of all modules and styles of the page."""
    return Path(__file__).parents[1] / "ui" / "static"


def reached_from(root: Path, entries: Iterable[str]) -> tuple[str, ...]:
    """Modules that are loaded with those named, which are among them.

    Parameters
    ----------
    entries : addresses within the folder `root`, like ``stage/stage.js``
    """
    reached: set[str] = set()
    new = set(entries)
    while new:
        reached |= new
        new = {name for module in new for name in _imports(root, module)} - reached
    return tuple(sorted(reached))


def import_map(root: Path, entries: Iterable[str]) -> str:
    """The JSON of an import map with all modules that these need, each inside as it is but for the names of others."""
    found = {module: _address(_renamed(root, module)) for module in reached_from(root, entries)}
    return json.dumps({"imports": found})


def _address(text: str) -> str:
    return f"data:text/javascript;base64,{base64.b64encode(text.encode()).decode()}"


def _imports(root: Path, module: str) -> set[str]:
    return {_place(root, module, name) for _before, name, _after in _IMPORT.findall(_text(root, module))}


def _renamed(root: Path, module: str) -> str:
    return _IMPORT.sub(lambda found: found[1] + _place(root, module, found[2]) + found[3], _text(root, module))


def _text(root: Path, module: str) -> str:
    return (root / module).read_text(encoding="utf-8")


def _place(root: Path, module: str, name: str) -> str:
    """The place in the folder of what a module calls `name`."""
    folder = (root / PurePosixPath(module).parent).resolve()
    return (folder / name).resolve().relative_to(root.resolve()).as_posix()
