"""Mount the live stage in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from playground.ui.stage.assets import stage_data, static_files

PLACEHOLDER = '<div data-stage-placeholder style="min-height: 60vh; display: grid; place-items: center">Loading…</div>'


@dataclass(frozen=True)
class StageEvents:
    """What the visitor asked of Python since the last run of the script.

    Attributes
    ----------
    gone : str or None
        Token of a run the server no longer has (or that failed and is to be restarted): make a new one.
    edited : bool or None
        Whether weights of the run have been changed by hand, when that has just changed.
    """

    gone: str | None
    edited: bool | None


def _ignore() -> None:
    """A trigger is read from the result, its callback has nothing to do."""


def _ignore_change(change: Mapping[str, Any]) -> None:
    """Nobody wants to know."""


@cache
def _loader() -> str:
    return (static_files() / "stage" / "loader.js").read_text(encoding="utf-8")


def _component() -> Any:
    """The component, declared on every run of the script: what is declared before the server runs, 1.65 forgets."""
    return st.components.v2.component(
        "keras_playground.stage",
        html=PLACEHOLDER,
        js=_loader(),
        # Plotly adds its styles to the document, where a shadow root does not see them.
        isolate_styles=False,
    )


def stage(
    token: str,
    *,
    plotly: str,
    link: str | None = None,
    resume: bool = True,
    key: str = "stage",
    on_gone: Callable[[], None] = _ignore,
    on_new_weights: Callable[[], None] = _ignore,
    on_network: Callable[[Mapping[str, Any]], None] = _ignore_change,
    on_edited: Callable[[], None] = _ignore,
) -> StageEvents:
    """Show the live stage of a run.

    Parameters
    ----------
    token : str
        The run's token; another token makes the mounted stage change over without a blank frame.
    plotly : str
        Address of plotly.js relative to the page, like ``_playground/plotly/<version>.min.js``.
    link : str, optional
        Query string of the experiment, like ``?dataset=spiral``, for "Copy link". Default: the page's address.
    resume : bool
        Whether a stage that was playing goes on playing with this run.
    key : str
        Streamlit's key; keep it the same for the whole session.
    on_gone, on_new_weights, on_edited : callable
        Called before the script reruns for that event.
    on_network : callable
        Called with what was changed on the stage: ``{"hidden": [4, 2, None], "features": ["x1", "x2"]}`` or
        ``{"change": {"l2": "0.01"}}``.
    """

    def pass_on() -> None:
        change = st.session_state[key].network
        if isinstance(change, Mapping):
            on_network(change)

    result = _component()(
        key=key,
        data=stage_data(token, plotly=plotly, link=link, resume=resume),
        on_gone_change=on_gone,
        on_new_weights_change=on_new_weights,
        on_network_change=pass_on,
        on_edited_change=on_edited,
    )
    return StageEvents(gone=result.gone, edited=result.edited)
