"""By which way a page hears of its training, said where it is not the usual one."""

from __future__ import annotations

import streamlit as st

from playground.ui.web.addresses import has_routes

SHUT = "live_channel_is_shut"
WITHOUT_ROUTES = "Streams through Streamlit's own connection: this host has no live channel."
REFUSED = "Streams through Streamlit's own connection: a proxy refuses the live channel."


def note_shut() -> bool:
    """Note that no live channel reaches the session's page; whether that is new."""
    known = SHUT in st.session_state
    st.session_state[SHUT] = True
    return not known


def show_way() -> None:
    """Say by which way the page streams, where it is not the usual one."""
    if not has_routes() or SHUT in st.session_state:
        with st.container(key="way"):
            st.caption(REFUSED if has_routes() else WITHOUT_ROUTES)
