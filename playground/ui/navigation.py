"""The way between the pages. Each link holds the query of the page that it leads to, so that no way loses it.

Streamlit's own menu drops the query, and takes a line of the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from playground.ui import address
from playground.ui.pages import Page, all_pages
from playground.ui.shown_page import is_shown


def asked_for() -> tuple[Page, StreamlitPage]:
    """The page that the address names: its record, and what runs it."""
    pages = _pages()
    found = st.navigation([*pages.values()], position="hidden")
    return next((page, found) for page in all_pages() if pages[page.name].url_path == found.url_path)


def show_links() -> None:
    """A link to each page, as it was left or as it would begin; then those to the pages that belong together here."""
    pages = all_pages()
    shown = next(page for page in pages if is_shown(page.name))
    family = shown.under or shown.name
    with _row("pages"):
        for page in pages:
            if not page.under:
                is_above = page.name == family != shown.name
                _show_way(page, f"**{page.title}**" if is_above else page.title)
    together = [page for page in pages if family in (page.name, page.under)]
    if len(together) > 1:
        with _row("pages_together"):
            for page in together:
                _show_way(page, page.among_those or page.title)


def _row(key: str) -> DeltaGenerator:
    return st.container(key=key, horizontal=True, vertical_alignment="center", gap="xsmall", width="content")


def _show_way(page: Page, label: str) -> None:
    query = address.last_of(page.name) if is_shown(page.name) or page.query is None else page.query()
    show_link(page.name, query, label)


def show_link(name: str, query: Mapping[str, str], label: str, icon: str | None = None, tip: str | None = None) -> None:
    """A link to the page of this name, with this query."""
    st.page_link(_pages()[name], label=label, icon=icon, help=tip, query_params=dict(query), width="content")


def go_to(name: str, query: Mapping[str, str]) -> NoReturn:
    """Show the page of this name, with this query, instead of the one that is shown."""
    st.switch_page(_pages()[name], query_params=dict(query))


def _pages() -> dict[str, StreamlitPage]:
    root, *others = all_pages()
    at_root = st.Page(root.build, title=root.title, icon=root.icon, default=True)
    below = {each.name: st.Page(each.build, title=each.title, icon=each.icon, url_path=each.name) for each in others}
    return {root.name: at_root, **below}
