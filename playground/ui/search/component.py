"""Mount a search in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.ui.search.assets import search_data
from playground.ui.web.component import Events, ignore, ignore_change, mount_run


def search(
    token: str,
    *,
    link: str,
    titles: Mapping[str, str],
    session: str = "",
    claimed: str = "",
    lost: bool = False,
    key: str = "search",
    on_gone: Callable[[], None] = ignore,
    on_claim: Callable[[Any], None] = ignore_change,
) -> Events:
    """Show a search: the best trial so far, all trials, live, and which knobs have mattered.

    Parameters
    ----------
    token : str
        The search's token; another token makes the mounted component change over.
    link : str
        The link that gives the search again, like ``?search=learning_rate,width``.
    titles : mapping of str to str
        What people call each knob that may be searched: ``{"learning_rate": "Learning rate"}``.
    session : str
        Name of the session: a page that comes to another one claims the search that it had.
    claimed : str
        Token of the last claim that was settled, the answer to which is `token`.
    lost : bool
        Whether the search begins anew what the server no longer has.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_gone : callable
        Called before the script reruns because a search is gone.
    on_claim : callable
        Called with the search that the page had before: ``{"token": "…", "here": true}``.
    """
    data = search_data(token, link=link, titles=titles, session=session, claimed=claimed, lost=lost)
    return mount_run("search", key, data, on_claim=on_claim, on_gone_change=on_gone)
