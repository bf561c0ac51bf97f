"""The page Compare: a few runs side by side, trained in step, and what differs between them."""

from __future__ import annotations

import streamlit as st

from playground.core.change_links import is_change
from playground.core.query import link
from playground.runtime.protocol.wall import RUN_AXIS
from playground.ui import address, notices
from playground.ui.controls import chosen_comparison
from playground.ui.controls.compared_runs import show_links, show_preset_picker, show_presets, show_runs, show_shelf
from playground.ui.controls.words import RUN_TITLES
from playground.ui.header import show_header
from playground.ui.live_part import run_of, show_run
from playground.ui.pages._record import Page
from playground.ui.shown_page import COMPARE, EXPLORE
from playground.ui.wall import wall as show_wall
from playground.ui.web.addresses import addresses

CAPTION = "Two to twelve runs side by side, in step: what differs, and where do they disagree?"
NOTHING = "Nothing to compare yet"
ONE = "One more run, and they can be compared"
HOW = "Runs come from three places: those you keep on Play, links of this playground, and the steps of a preset."


def compare() -> None:
    """Build the page once from top to bottom."""
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen_comparison.take(asked_for)
    comparison = chosen_comparison.comparison()
    # What runs are called makes no other run of them.
    run = None if comparison is None else run_of(comparison.unnamed)
    address.write(link(chosen_comparison.query()))
    show_header(CAPTION)
    notices.show()
    if comparison is None or run is None:
        _show_how_to_begin()
        return
    show_run(
        run,
        show_wall,
        plotly=addresses().plotly,
        link=link(comparison.to_query()),
        titles={each.knob: _title(each.knob) for each in comparison.differences} | {RUN_AXIS: "Run"},
        names=comparison.names,
    )
    # After the wall, so that the browser fetches what it needs while it still builds the widgets.
    with st.sidebar:
        with st.container(key="compared_runs"):
            show_runs()
        with st.container(key="every_network"):
            st.subheader("More runs", anchor=False)
            show_shelf()
            show_links()
            show_preset_picker()


def _show_how_to_begin() -> None:
    """What can be done where there are too few runs: all of it on the page, for a sidebar may be folded."""
    with st.container(key="nothing_compared"):
        st.subheader(ONE if chosen_comparison.runs() else NOTHING, anchor=False)
        st.markdown(HOW)
        if chosen_comparison.runs():
            show_runs()
        show_shelf()
        show_links()
        show_presets()


def _title(knob: str) -> str:
    """What a knob is called, or a rate from an epoch on."""
    if is_change(knob):
        rate, _from, epoch = knob.rpartition("_from_")
        return f"{RUN_TITLES[rate]} from epoch {epoch}"
    return RUN_TITLES[knob]


PAGE = Page(name=COMPARE, title="Compare", place=24, build=compare, under=EXPLORE)
