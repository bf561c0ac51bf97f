"""Mount the live stage in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.ui.stage.assets import stage_data
from playground.ui.web.component import Events, ignore, ignore_change, mount_run, said


def stage(
    token: str,
    *,
    plotly: str,
    link: str | None = None,
    view: tuple[str, ...] = (),
    resume: bool = True,
    session: str = "",
    claimed: str = "",
    lost: bool = False,
    look: Mapping[str, Any] | None = None,
    hide: tuple[str, ...] = (),
    lock: tuple[str, ...] = (),
    key: str = "stage",
    on_gone: Callable[[], None] = ignore,
    on_new_weights: Callable[[], None] = ignore,
    on_network: Callable[[Mapping[str, Any]], None] = ignore_change,
    on_link: Callable[[], None] = ignore,
    on_claim: Callable[[Any], None] = ignore_change,
) -> Events:
    """Show the live stage of a run.

    Parameters
    ----------
    token : str
        The run's token; another token makes the mounted stage change over without a blank frame.
    plotly : str
        Address of plotly.js relative to the page, like ``_playground/plotly/<version>.min.js``.
    link : str, optional
        The link that is known to give the run again, like ``?dataset=spiral``. Default: the page's address.
    view : tuple of str
        What a run that is new on the stage is first looked at with: ``("test_points",)``.
    resume : bool
        Whether a stage that was playing goes on playing with this run.
    session : str
        Name of the session: a page that comes to another one claims the run that it had.
    claimed : str
        Token of the last claim that was settled, the answer to which is `token`.
    lost : bool
        Whether the run begins anew what the server no longer has.
    look : mapping, optional
        How it is to look, by the names of `playground.core.page_view`, and the `number` of that wish, done once.
    hide : tuple of str
        Controls that are hidden, by the names of `playground.core.hidden_controls`.
    lock : tuple of str
        Knobs that are not to be changed, by the names of `playground.core.locked_controls`.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_gone, on_new_weights : callable
        Called before the script reruns for that event.
    on_link : callable
        Called when the run has another link now: rates or weights were changed while it trained.
    on_network : callable
        Called with what was changed on the stage: ``{"hidden": [4, 2, None], "features": ["x1", "x2"]}`` or
        ``{"change": {"l2": "0.01"}}``.
    on_claim : callable
        Called with the run that the page had before: ``{"token": "…", "here": true}``.
    """

    def pass_on() -> None:
        change = said(key, "network")
        if isinstance(change, Mapping):
            on_network(change)

    return mount_run(
        "stage",
        key,
        stage_data(
            token,
            plotly=plotly,
            link=link,
            resume=resume,
            view=view,
            session=session,
            claimed=claimed,
            lost=lost,
            look=look,
            hide=hide,
            lock=lock,
        ),
        on_gone_change=on_gone,
        on_new_weights_change=on_new_weights,
        on_network_change=pass_on,
        on_link_change=on_link,
        on_claim=on_claim,
    )
