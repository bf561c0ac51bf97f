"""The page Explore: the axes of a wall in the sidebar, the live wall beside them."""

from __future__ import annotations

import streamlit as st

from playground.ui import address, notices
from playground.ui.controls import chosen_wall, show_axes, show_base_heading, show_controls
from playground.ui.controls.words import AXIS_TITLES
from playground.ui.header import show_header
from playground.ui.live_part import run_of, show_run
from playground.ui.pages._record import Page
from playground.ui.shown_page import EXPLORE
from playground.ui.wall import wall as show_wall
from playground.ui.web.addresses import addresses

CAPTION = "Many networks train in step: what does a knob change, and what is luck?"


def explore() -> None:
    """Build the page once from top to bottom."""
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen_wall.take(asked_for)
    kept = chosen_wall.kept()
    run, link = run_of(kept.wall), chosen_wall.link_of(kept.wall)
    address.write(link)
    show_header(CAPTION)
    notices.show()
    show_run(run, show_wall, plotly=addresses().plotly, link=link, titles=AXIS_TITLES)
    # After the wall, so that the browser fetches what it needs while it still builds the widgets.
    with st.sidebar:
        with st.container(key="axes"):
            show_axes(kept)
        with st.container(key="every_network"):
            show_base_heading(kept)
        show_controls()


PAGE = Page(
    name=EXPLORE,
    title="Explore",
    place=20,
    build=explore,
    query=chosen_wall.query_for_stage,
    among_those="Wall",
)
