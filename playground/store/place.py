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
    wanted = environ.get("PLAYGROUND_RUNS_FOLDER", "").strip()
    if wanted == NOWHERE:
        return None
    try:
        path = Path(wanted).expanduser() if wanted else _state_home(environ) / "keras-playground" / f"runs-{port}"
        return Folder(path)
    except (OSError, RuntimeError) as problem:  # RuntimeError: a user without a home
        log.warning("Runs will not outlast a restart of the server: %s", problem)
        return None


def _state_home(environ: Mapping[str, str]) -> Path:
    given = environ.get("XDG_STATE_HOME") or environ.get("LOCALAPPDATA")
    return Path(given) if given else Path.home() / ".local" / "state"
