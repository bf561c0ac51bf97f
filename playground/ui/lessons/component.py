"""Show all lessons in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from playground.ui.lessons.assets import Group, lessons_data
from playground.ui.web.component import component, said


def lessons(groups: Sequence[Group], *, key: str = "lessons", on_open: Callable[[Any], None]) -> None:
    """Show lessons, and how far the learner is in each.

    Parameters
    ----------
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_open : callable
        Called with the lesson and the step that are to be shown: ``{"lesson": "…", "step": 1}``. It comes from a
        browser: nothing of it is certain.
    """
    component("lessons")(
        key=key,
        data=lessons_data(groups),
        on_open_change=lambda: on_open(said(key, "open")),
    )
