"""Mount a wall in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.ui.wall.assets import wall_data
from playground.ui.web.component import Events, ignore, ignore_change, mount_run


def wall(
    token: str,
    *,
    plotly: str,
    link: str,
    titles: Mapping[str, str],
    names: tuple[str, ...] = (),
    session: str = "",
    claimed: str = "",
    lost: bool = False,
    key: str = "wall",
    on_gone: Callable[[], None] = ignore,
    on_claim: Callable[[Any], None] = ignore_change,
) -> Events:
    """Show a wall: its networks as a grid of cells, live, and views of all of them beside it.

    Parameters
    ----------
    token : str
        The wall's token; another token makes the mounted component change over.
    plotly : str
        Address of plotly.js relative to the page, like ``_playground/plotly/<version>.min.js``.
    link : str
        The link that gives the wall again, like ``?columns=learning_rate:0.01|0.1``.
    titles : mapping of str to str
        What people call each knob on an axis: ``{"learning_rate": "Learning rate"}``.
    names : tuple of str
        What the runs of a comparison are called.
    session : str
        Name of the session: a page that comes to another one claims the wall that it had.
    claimed : str
        Token of the last claim that was settled, the answer to which is `token`.
    lost : bool
        Whether the wall begins anew what the server no longer has.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_gone : callable
        Called before the script reruns because a wall is gone.
    on_claim : callable
        Called with the wall that the page had before: ``{"token": "…", "here": true}``.
    """
    data = wall_data(
        token, plotly=plotly, link=link, titles=titles, names=names, session=session, claimed=claimed, lost=lost
    )
    return mount_run("wall", key, data, on_claim=on_claim, on_gone_change=on_gone)
