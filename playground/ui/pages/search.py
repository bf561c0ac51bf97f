"""The page Search: what is searched and how much in the sidebar, the live search beside it."""

from __future__ import annotations

import streamlit as st

from playground.core.errors import Refused
from playground.core.query import link
from playground.core.search import Search
from playground.ui import address, current_run, notices
from playground.ui.controls import chosen_search, show_controls
from playground.ui.controls.search_settings import show_searched_heading, show_settings
from playground.ui.controls.words import AXIS_TITLES
from playground.ui.current_run import CurrentRun
from playground.ui.header import show_header
from playground.ui.no_room import show_no_room
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
    run = _run_of(kept.search)
    query_link = link(kept.search.to_query())
    address.write(query_link)
    show_header(CAPTION)
    notices.show()
    _search(run, query_link)
    # After the search, so that the browser fetches what it needs while it still builds the widgets.
    with st.sidebar:
        with st.container(key="search_settings"):
            show_settings(kept)
        with st.container(key="every_network"):
            show_searched_heading(kept)
        show_controls()


def _run_of(search: Search) -> CurrentRun | Refused:
    try:
        return current_run.run_of(search)
    except Refused as refusal:
        return refusal


def _search(run: CurrentRun | Refused, link: str) -> None:
    if isinstance(run, Refused):
        show_no_room(run)
        return
    events = show_search(
        run.token,
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
    name=SEARCH,
    title="Search",
    place=22,
    build=search,
    query=chosen_search.query_for_stage,
    under=EXPLORE,
)
