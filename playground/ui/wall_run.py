"""The run of the wall that is chosen, and its controls: as Explore shows them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from playground.core.errors import Refused
from playground.ui.controls import show_axes, show_base_heading, show_controls
from playground.ui.controls.chosen_wall import Kept
from playground.ui.controls.words import AXIS_TITLES
from playground.ui.current_run import CurrentRun
from playground.ui.live_part import show_run
from playground.ui.web.addresses import addresses
from playground.ui.web.component import Events


def show_wall_run(run: CurrentRun | Refused, wall: Callable[..., Events], link: str) -> None:
    """Show the run of a wall, which `link` gives again, by the component `wall`."""
    show_run(run, wall, plotly=addresses().plotly, link=link, titles=AXIS_TITLES)


def show_wall_controls(kept: Kept) -> None:
    """The axes of a wall and what all of its networks have, in the sidebar."""
    with st.sidebar:
        with st.container(key="axes"):
            show_axes(kept)
        with st.container(key="every_network"):
            show_base_heading(kept)
        show_controls()
