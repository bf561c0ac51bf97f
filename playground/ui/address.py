"""The address follows the run, and the knobs follow an address that somebody else wrote."""

from __future__ import annotations

import streamlit as st

from playground.core.query import of_link
from playground.ui import notices
from playground.ui.too_long import refusals

KEEP = "address_keep"
WRITTEN = "address_written"
LEFT = "address_left"

Query = dict[str, list[str]]


def keep() -> None:
    """Let what the visitor just did outweigh the address: a quick second click carries an old one."""
    st.session_state[KEEP] = True


def leave() -> None:
    """Another page is shown: the way back to this one has no query, and is no wish for the defaults."""
    st.session_state[LEFT] = True


def asked_for() -> Query | None:
    """The query of a link just followed (first visit, Back, Forward); None when the address is our own.

    None too for what was too long to be read: that is said in a notice, and everything stays.
    """
    given = _current()
    if too_long := list(refusals(given)):
        notices.replace(too_long)
        return None
    returns = st.session_state.pop(LEFT, False) and not given and WRITTEN in st.session_state
    if returns:
        keep()
    if st.session_state.get(KEEP) or given == st.session_state.get(WRITTEN):
        return None
    return given


def write(link: str) -> None:
    """Make the address this link."""
    query = of_link(link)
    wanted = {name: [text] for name, text in query.items()}
    if wanted != _current() or wanted != st.session_state.get(WRITTEN):
        st.query_params.from_dict(query)
    # After the write: a rerun may cut it short, and the next run must then do it again.
    st.session_state[WRITTEN] = wanted
    st.session_state[KEEP] = False


def _current() -> Query:
    return {name: st.query_params.get_all(name) for name in st.query_params}
