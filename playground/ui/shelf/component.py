"""Show the shelf in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.ui.shelf.assets import shelf_data
from playground.ui.web.component import component, said


def shelf(key: str = "shelf", *, on_compare: Callable[[Any], None]) -> None:
    """Show the runs that this browser has kept, to be renamed, removed, opened and picked.

    Parameters
    ----------
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_compare : callable
        Called with the runs that are to be compared, in the order they have on the shelf:
        ``[{"name": "…", "link": "?dataset=…"}, …]``. It comes from a browser: nothing of it is certain.
    """
    component("shelf")(
        key=key,
        data=shelf_data(),
        on_compare_change=lambda: on_compare(said(key, "compare")),
    )
