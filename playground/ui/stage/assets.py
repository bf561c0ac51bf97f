"""What the stage's component is told when it is mounted."""

from __future__ import annotations

from playground.ui.web import modules_of, static_files, version

__all__ = ["stage_data", "static_files", "version"]

FIRST = ("stage/mount.js", "stage/views/network_view.js")
"""What the first look needs; the other views are fetched when they are looked at."""


def stage_data(
    token: str, *, plotly: str, link: str | None = None, resume: bool = True, **more: object
) -> dict[str, object]:
    """What the component is told; addresses are relative to the page, so a base path needs nothing."""
    data: dict[str, object] = {
        "token": token,
        "live": f"_playground/live/{token}",
        "base": f"_playground/static/{version()}/",
        "plotly": plotly,
        "modules": modules_of(*FIRST),  # a list would make Streamlit import pandas to see whether it is a table
        "resume": resume,
        **more,
    }
    if link is not None:
        data["link"] = link
    return data
