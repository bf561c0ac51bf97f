"""Show a lesson in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.lessons import Lesson
from playground.ui.lesson.assets import lesson_data
from playground.ui.lesson.content import content_of
from playground.ui.web.component import ignore, mount, said


def lesson(
    shown: Lesson,
    step: int,
    *,
    token: str,
    changed: bool,
    taught: str,
    source: Mapping[str, str] | None,
    in_class: bool = False,
    open_to: int | None = None,
    key: str = "lesson",
    on_step: Callable[[Any], None],
    on_reset: Callable[[], None],
    on_leave: Callable[[], None] = ignore,
) -> None:
    """Show a step of a lesson: what it asks, what the run has come to, and what explains it.

    Parameters
    ----------
    step : int
        From 1.
    token : str
        Of the run of this step, whose verdicts count; empty where there is none.
    changed : bool
        Whether the learner has changed a knob.
    taught : str
        Under which name the browser keeps how far the learner is: lessons of a teacher's file are not ours.
    source : mapping or None
        The lesson's file, ``{"name": …, "file": …, "text": …}``, if it is one that the browser is to keep.
    in_class : bool
        Whether a teacher has sent it: then there is no way to the list of all.
    open_to : int, optional
        The last step that the teacher has opened. Default: all are open.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_step : callable
        Called with the number of another step. It comes from a browser: nothing of it is certain.
    on_reset : callable
        Called when the step's own settings are wanted again.
    on_leave : callable
        Called when the lesson is left for the list of all.
    """
    mount(
        "lesson",
        key,
        lesson_data(token, content_of(shown), step, changed, taught, source, in_class, open_to),
        step=lambda: on_step(said(key, "step")),
        reset=on_reset,
        leave=on_leave,
    )
