"""What each component of ours is: a loader sent inline, modules served by a route, and the data they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from playground.ui.web.addresses import addresses
from playground.ui.web.assets import modules_of, static_files

PLACEHOLDER = '<div data-placeholder style="min-height: 60vh; display: grid; place-items: center">Loading…</div>'


@dataclass(frozen=True)
class Events:
    """What the visitor asked of Python since the last run of the script.

    Attributes
    ----------
    gone : str or None
        Token of a run the server no longer has (or that failed and is to be restarted): make a new one.
    """

    gone: str | None


def component(name: str) -> Any:
    """The component, declared on every run of the script: what is declared before the server runs, 1.65 forgets."""
    return st.components.v2.component(
        f"keras_playground.{name}",
        html=PLACEHOLDER,
        js=_loader(),
        # Plotly adds its styles to the document, where a shadow root does not see them.
        isolate_styles=False,
    )


def mount_run(
    name: str, key: str, data: Mapping[str, object], *, on_claim: Callable[[Any], None], **on_change: Callable[[], None]
) -> Events:
    """Mount a component that shows a run.

    Parameters
    ----------
    key : str
        Streamlit's.
    on_claim : callable
        Called with the run that the page had before: ``{"token": "…", "here": true}``.
    on_change : callable
        Callbacks of its other events, by Streamlit's names of them: ``on_gone_change``.
    """
    events = {each.removeprefix("on_").removesuffix("_change"): call for each, call in on_change.items()}
    result = mount(name, key, data, claim=lambda: on_claim(said(key, "claim")), **events)
    return Events(gone=result.gone)


def mount(name: str, key: str, data: Mapping[str, object], **events: Callable[[], None]) -> Any:
    """Mount a component whose visitor is heard even by a server that has started again.

    The page stays as it was then, and its first press comes to a session that has never run the script: Streamlit
    calls no callback of a component that the session does not know yet, though it has what was pressed.

    Parameters
    ----------
    key : str
        Streamlit's.
    events : callable
        Called when the event of that name comes.

    Returns
    -------
    What Streamlit has of the component: its newest events by name.
    """
    known = f"{key}_is_known"
    result = component(name)(key=key, data=data, **{f"on_{event}_change": call for event, call in events.items()})
    if known in st.session_state:
        return result
    st.session_state[known] = True
    if unheard := [call for event, call in events.items() if getattr(result, event) is not None]:
        for call in unheard:
            call()
        st.rerun()
    return result


def component_data(
    token: str, *, first: tuple[str, ...], styles: tuple[str, ...], scripts: tuple[str, ...] = (), **more: object
) -> dict[str, object]:
    """What a component that shows a run is told: the run's token, its live channel, and its files.

    Parameters
    ----------
    token : str
        The run's token.
    first, styles, scripts : tuple of str
        As in `files_data`.
    """
    files = files_data(first=first, styles=styles, scripts=scripts)
    return {"token": token, "live": f"{addresses().live}{token}", **files, **more}


def files_data(*, first: tuple[str, ...], styles: tuple[str, ...], scripts: tuple[str, ...] = ()) -> dict[str, object]:
    """The files of a component; addresses are relative to the page, so a base path needs nothing.

    Parameters
    ----------
    first : tuple of str
        Modules that the first look needs, of which the first is the component's own; others are fetched when they are
        looked at.
    styles, scripts : tuple of str
        What else is fetched ahead: styles by their place in the folder, scripts by their address.
    """
    return {
        "base": addresses().modules,
        "entry": first[0],
        "modules": modules_of(*first),  # a list would make Streamlit import pandas to see whether it is a table
        "styles": styles,
        "scripts": scripts,
    }


def said(key: str, event: str) -> Any:
    """What a component said last by this event; None of one that is gone: it may still speak as its page is left."""
    return getattr(st.session_state.get(key), event, None)


def ignore() -> None:
    """A trigger is read from the result, its callback has nothing to do."""


def ignore_change(change: Mapping[str, Any]) -> None:
    """Nobody wants to know."""


@cache
def _loader() -> str:
    return (static_files() / "web" / "loader.js").read_text(encoding="utf-8")
