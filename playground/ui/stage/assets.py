"""The stage's JavaScript and CSS, as a route serves them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path


def static_files() -> Path:
    """Folder of the stage's modules, to be served below ``_playground/static/<version>/``."""
    return Path(__file__).parent / "static"


@lru_cache(maxsize=1)
def version() -> str:
    """Hash of all the stage's files.

    Modules import one another by relative address, so a folder named by its content may be cached for ever.
    """
    digest = hashlib.sha256()
    for path in sorted(static_files().rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(static_files()).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def modules() -> tuple[str, ...]:
    """The stage's modules, to be fetched at once instead of one after the other; `views/` is fetched when looked at."""
    return tuple(sorted(path.name for path in static_files().glob("*.js") if path.name != "loader.js"))


def stage_data(
    token: str,
    *,
    plotly: str,
    link: str | None = None,
    resume: bool = True,
    colors: tuple[str, ...] = (),
) -> dict[str, object]:
    """What the component is told; addresses are relative to the page, so a base path needs nothing."""
    data: dict[str, object] = {
        "token": token,
        "live": f"_playground/live/{token}",
        "base": f"_playground/static/{version()}/",
        "plotly": plotly,
        "modules": modules(),
        "resume": resume,
        "colors": colors,  # a list would make Streamlit import pandas to see whether it is a table
    }
    if link is not None:
        data["link"] = link
    return data
