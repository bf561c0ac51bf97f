"""Show all lessons in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from playground.ui.lessons.assets import Group, lessons_data
from playground.ui.web.component import mount, said


def lessons(
    groups: Sequence[Group],
    *,
    wanted: str,
    key: str = "lessons",
    on_open: Callable[[Any], None],
    on_kept: Callable[[Any], None],
    on_remove: Callable[[Any], None],
) -> None:
    """Show lessons, and how far the learner is in each.

    Parameters
    ----------
    wanted : str
        The name of a lesson of a file that a link asks for and Python does not know; may be empty.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_open : callable
        Called with the lesson and the step that are to be shown: ``{"lesson": "…", "step": 1}``. It comes from a
        browser: nothing of it is certain.
    on_kept : callable
        Called with a lesson's file that the browser has kept and Python does not know: ``{"file": "…", "text": "…"}``.
    on_remove : callable
        Called with the name of a lesson of a file that is to be forgotten.
    """
    mount(
        "lessons",
        key,
        lessons_data(groups, wanted),
        open=lambda: on_open(said(key, "open")),
        kept=lambda: on_kept(said(key, "kept")),
        remove=lambda: on_remove(said(key, "remove")),
    )
