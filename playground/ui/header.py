"""The first line of a page: what this is, the way to the other pages, and what else the page has to offer."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from playground.ui import navigation

TITLE = "Keras Playground"


def show_header(caption: str, *offers: Callable[[], None]) -> None:
    """Show the line. Embedded in another page there is none: the page around has a title of its own."""
    if st.context.is_embedded:
        return
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.title(TITLE, anchor=False, width="content")
        st.caption(caption, width="stretch")
        navigation.show_links()
        for offer in offers:
            offer()
