"""Mount a rate finder in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from playground.ui.finder.assets import finder_data
from playground.ui.web.component import component, ignore


@dataclass(frozen=True)
class FinderEvents:
    """What the visitor asked of Python since the last run of the script; it comes from a browser.

    Attributes
    ----------
    use : the rate that is to be the learning rate
    prove : the rate that is to be trained beside others
    """

    use: Any
    prove: Any


def finder(
    token: str,
    *,
    published: bool,
    key: str = "finder",
    on_gone: Callable[[], None] = ignore,
    on_published: Callable[[bool], None] = lambda published: None,
) -> FinderEvents:
    """Show a learning-rate range test.

    Parameters
    ----------
    token : str
        The test's token; another token makes the mounted component change over.
    published : bool
        Whether its rates are those of the published schedule.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_gone : callable
        Called before the script reruns because the server no longer has the test, or it failed: begin another.
    on_published : callable
        Called with whether the rates are to be those of the published schedule.
    """

    def pass_on() -> None:
        on_published(st.session_state[key].schedule == "published")

    result = component("finder")(
        key=key,
        data=finder_data(token, published=published),
        on_use_change=ignore,
        on_prove_change=ignore,
        on_gone_change=on_gone,
        on_schedule_change=pass_on,
    )
    return FinderEvents(use=result.use, prove=result.prove)
