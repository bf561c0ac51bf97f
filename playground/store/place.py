"""Where the server's files lie."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path

from playground.store.folder import Folder

NOWHERE = "none"

log = logging.getLogger(__name__)


def runs_folder(port: int, environ: Mapping[str, str] = os.environ) -> Folder | None:
    """The folder in which the server on this port keeps its runs over a restart, or None when it keeps none.

    `PLAYGROUND_RUNS_FOLDER` names it, or is ``none``. By default it lies with the user's other program states, one for
    each port. A folder that cannot be used is said in the log.
    """
    return _folder("runs", port, environ, "Runs will not outlast a restart of the server")


def previews_folder(port: int, environ: Mapping[str, str] = os.environ) -> Folder | None:
    """The folder for the pictures of links of the server on this port, or None when it keeps them in memory alone.

    `PLAYGROUND_PREVIEWS_FOLDER` names it, or is ``none``; by default it lies beside that of the runs.
    """
    return _folder("previews", port, environ, "Pictures of links will not outlast a restart of the server")


def rooms_folder(port: int, environ: Mapping[str, str] = os.environ) -> Folder | None:
    """The folder for the rooms of the server on this port, or None when they are in memory alone.

    `PLAYGROUND_ROOMS_FOLDER` names it, or is ``none``; by default it lies beside that of the runs.

    Raises
    ------
    OSError, RuntimeError
        When it cannot be used: a class is told what is not saved, so this does without no folder by itself.
    """
    return _wanted("rooms", port, environ)


def _folder(what: str, port: int, environ: Mapping[str, str], without: str) -> Folder | None:
    try:
        return _wanted(what, port, environ)
    except (OSError, RuntimeError) as problem:  # RuntimeError: a user without a home
        log.warning("%s: %s", without, problem)
        return None


def _wanted(what: str, port: int, environ: Mapping[str, str]) -> Folder | None:
    wanted = environ.get(f"PLAYGROUND_{what.upper()}_FOLDER", "").strip()
    if wanted == NOWHERE:
        return None
    path = Path(wanted).expanduser() if wanted else _state_home(environ) / "keras-playground" / f"{what}-{port}"
    return Folder(path)


def _state_home(environ: Mapping[str, str]) -> Path:
    given = environ.get("XDG_STATE_HOME") or environ.get("LOCALAPPDATA")
    return Path(given) if given else Path.home() / ".local" / "state"
