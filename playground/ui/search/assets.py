"""What the search's component is told when it is mounted."""

from __future__ import annotations

from collections.abc import Mapping

from playground.ui.web.component import component_data

FIRST = ("search/mount.js",)
STYLES = ("web/base.css", "search/search.css")


def search_data(token: str, *, link: str, titles: Mapping[str, str], **more: object) -> dict[str, object]:
    """What the component is told."""
    return component_data(
        token,
        first=FIRST,
        styles=STYLES,
        scripts=(),  # nothing of it needs plotly.js
        link=link,
        titles=tuple(titles.items()),  # of a mapping Streamlit would ask pandas whether it is a table
        resume=True,
        **more,
    )
