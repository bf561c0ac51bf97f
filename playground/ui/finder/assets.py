"""What the finder's component is told when it is mounted."""

from __future__ import annotations

from playground.ui.web.component import component_data

FIRST = ("finder/mount.js",)
STYLES = ("web/base.css", "finder/finder.css")


def finder_data(token: str, *, published: bool) -> dict[str, object]:
    """What the component is told; it draws on a canvas, so plotly.js is not fetched for it."""
    return component_data(token, first=FIRST, styles=STYLES, published=published)
