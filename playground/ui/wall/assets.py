"""What the wall's component is told when it is mounted."""

from __future__ import annotations

from collections.abc import Mapping

from playground.ui.web.component import component_data

FIRST = ("wall/mount.js", "wall/views/curves_view.js")
"""What the first look needs; the other views are fetched when they are looked at."""
STYLES = ("web/base.css", "wall/wall.css")


def wall_data(token: str, *, plotly: str, link: str, titles: Mapping[str, str], **more: object) -> dict[str, object]:
    """What the component is told; nothing that a wall shows needs plotly.js, so it is not fetched ahead."""
    return component_data(
        token,
        first=FIRST,
        styles=STYLES,
        scripts=(),
        plotly=plotly,
        link=link,
        titles=tuple(titles.items()),  # of a mapping Streamlit would ask pandas whether it is a table
        resume=True,
        **more,
    )
