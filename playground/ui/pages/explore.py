"""The page Explore: the axes of a wall in the sidebar, the live wall beside them."""

from __future__ import annotations

import streamlit as st

from playground.core.errors import Refused
from playground.core.wall import Wall
from playground.runtime.server.routes import plotly_name
from playground.ui import address, current_run, notices
from playground.ui.controls import chosen_wall, show_axes, show_base_heading, show_controls
from playground.ui.controls.words import AXIS_TITLES
from playground.ui.current_run import CurrentRun
from playground.ui.header import show_header
from playground.ui.no_room import show_no_room
from playground.ui.pages._record import Page
from playground.ui.shown_page import EXPLORE
from playground.ui.wall import wall as show_wall

CAPTION = "Many networks train in step: what does a knob change, and what is luck?"


def explore() -> None:
    """Build the page once from top to bottom."""
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen_wall.take(asked_for)
    kept = chosen_wall.kept()
    run = _run_of(kept.wall)
    address.write(chosen_wall.link_of(kept.wall))
    show_header(CAPTION)
    notices.show()
    _wall(run, chosen_wall.link_of(kept.wall))
    # After the wall, so that the browser fetches what it needs while it still builds the widgets.
    with st.sidebar:
        with st.container(key="axes"):
            show_axes(kept)
        with st.container(key="every_network"):
            show_base_heading(kept)
        show_controls()


def _run_of(wall: Wall) -> CurrentRun | Refused:
    try:
        return current_run.run_of(wall)
    except Refused as refusal:
        return refusal


def _wall(run: CurrentRun | Refused, link: str) -> None:
    if isinstance(run, Refused):
        show_no_room(run)
        return
    events = show_wall(
        run.token,
        plotly=f"_playground/{plotly_name()}",
        link=link,
        titles=AXIS_TITLES,
        session=current_run.name_of_session(),
        claimed=current_run.answered_claim(),
        lost=run.lost,
        on_gone=address.keep,
        on_claim=current_run.claim,
    )
    current_run.replace_gone(events, run)


PAGE = Page(
    name=EXPLORE,
    title="Explore",
    place=20,
    build=explore,
    query=chosen_wall.query_for_stage,
    among_those="Wall",
)
