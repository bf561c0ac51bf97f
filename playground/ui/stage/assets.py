"""What the stage's component is told when it is mounted."""

from __future__ import annotations

from playground.ui.web import static_files, version
from playground.ui.web.component import component_data

__all__ = ["stage_data", "static_files", "version"]

FIRST = ("stage/mount.js", "stage/views/network_view.js")
"""What the first look needs; the other views are fetched when they are looked at."""
STYLES = ("web/base.css", "stage/stage.css", "stage/layout.css")


def stage_data(
    token: str, *, plotly: str, link: str | None = None, resume: bool = True, **more: object
) -> dict[str, object]:
    """What the component is told; addresses are relative to the page, so a base path needs nothing."""
    data = component_data(token, first=FIRST, styles=STYLES, scripts=(plotly,), plotly=plotly, resume=resume, **more)
    if link is not None:
        data["link"] = link
    return data
