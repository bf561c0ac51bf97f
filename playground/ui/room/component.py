"""Show a room in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.ui.room.assets import room_data
from playground.ui.web.component import mount, said


def room(
    *,
    code: str,
    guest: bool,
    lessons: str = "",
    role: str = "",
    sent: int = 0,
    is_own: bool = True,
    open_to: int | None = None,
    step: int = 0,
    token: str = "",
    link: str = "",
    key: str = "room",
    on_place: Callable[[Any], None],
) -> None:
    """Show a room: the way into one, a teacher's or a projector's part, or the bar above what a learner does.

    Parameters
    ----------
    code : str
        The room that the address names; empty for none.
    guest : bool
        Whether a teacher looks at it as a learner.
    lessons : str
        Those that a teacher can send, as JSON: ``[{"name": …, "title": …, "steps": …}]``.
    role : str
        What the script takes the session for: "learner", "teacher", "projector"; empty for nobody.
    sent : int
        Number of what was sent, that is shown or one click away; 0 where nothing was.
    is_own : bool
        Whether the learner is at something of their own.
    open_to : int, optional
        The last step of a lesson that is open; as known here.
    step : int
        Of the lesson that is shown, from 1; 0 where none is.
    token, link : str
        The run that is shown and what gives it again; empty where there is none.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_place : callable
        Called with who the page is, and where (see `chosen_class.hear`). It comes from a browser: nothing is certain.
    """
    data = room_data(
        code=code,
        guest=guest,
        lessons=lessons,
        role=role,
        sent=sent,
        own=is_own,
        openTo=open_to,
        step=step,
        token=token,
        link=link,
    )
    mount("room", key, data, place=lambda: on_place(said(key, "place")))
