"""Mount a rate finder in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.ui.finder.assets import finder_data
from playground.ui.web.component import component, said


def finder(
    token: str,
    *,
    published: bool,
    key: str = "finder",
    on_use: Callable[[Any], None],
    on_prove: Callable[[Any], None],
    on_published: Callable[[bool], None],
    on_gone: Callable[[], None],
) -> None:
    """Show a learning-rate range test.

    Parameters
    ----------
    token : str
        The test's token; another token makes the mounted component change over.
    published : bool
        Whether its rates are those of the published schedule.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_use, on_prove : callable
        Called with the rate that is to be the learning rate, or to be trained beside others. It comes from a browser:
        nothing of it is certain.
    on_published : callable
        Called with whether the rates are to be those of the published schedule.
    on_gone : callable
        Called because the server no longer has the test, or it failed: begin another.
    """

    def pass_on(name: str, hear: Callable[[Any], None]) -> Callable[[], None]:
        return lambda: hear(said(key, name))

    component("finder")(
        key=key,
        data=finder_data(token, published=published),
        on_use_change=pass_on("use", on_use),
        on_prove_change=pass_on("prove", on_prove),
        on_schedule_change=pass_on("schedule", lambda schedule: on_published(schedule == "published")),
        on_gone_change=on_gone,
    )
