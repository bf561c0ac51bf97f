"""The page Search: what is searched and how much in the sidebar, the live search beside it."""

from __future__ import annotations

import streamlit as st

from playground.core.query import link
from playground.ui import address, notices
from playground.ui.controls import chosen_search, show_controls
from playground.ui.controls.search_settings import show_searched_heading, show_settings
from playground.ui.controls.words import AXIS_TITLES
from playground.ui.header import show_header
from playground.ui.live_part import run_of, show_run
from playground.ui.pages._record import Page
from playground.ui.search import search as show_search
from playground.ui.shown_page import EXPLORE, SEARCH

CAPTION = "Find me settings: many are tried, and those behind are given up early."


def search() -> None:
    """Build the page once from top to bottom."""
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen_search.take(asked_for)
    kept = chosen_search.kept()
    run = run_of(kept.search)
    query_link = link(kept.search.to_query())
    address.write(query_link)
    show_header(CAPTION)
    notices.show()
    show_run(run, show_search, link=query_link, titles=AXIS_TITLES)
    # After the search, so that the browser fetches what it needs while it still builds the widgets.
    with st.sidebar:
        with st.container(key="search_settings"):
            show_settings(kept)
        with st.container(key="every_network"):
            show_searched_heading(kept)
        show_controls()


PAGE = Page(
    name=SEARCH,
    title="Search",
    place=22,
    build=search,
    query=chosen_search.query_for_stage,
    under=EXPLORE,
)
