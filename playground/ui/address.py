"""The address follows what is shown, and the knobs follow an address that somebody else wrote.

Each page has an address of its own, whichever side of it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from playground.core.query import of_link
from playground.ui import notices
from playground.ui.shown_page import own, shown
from playground.ui.too_long import refusals

KEEP = "address_keep"
WRITTEN = "address_written"
TOUCHED = "address_touched"
PASSED_ON = "address_passed_on"

Query = dict[str, list[str]]


def keep() -> None:
    """Let what the visitor just did outweigh the address: a quick second click carries an old one."""
    st.session_state[KEEP] = True


def is_outweighed() -> bool:
    """Whether the visitor did something that no page was built with yet; said once for each."""
    if not st.session_state.get(KEEP) or st.session_state.get(PASSED_ON):
        return False
    st.session_state[PASSED_ON] = True
    return True


def come_from_elsewhere() -> None:
    """Another page was shown: what was done there says nothing of the address that leads here."""
    st.session_state[KEEP] = False


def asked_for() -> Query | None:
    """The query of a link just followed (first visit, Back, Forward); None when the address is our own.

    None too for what was too long to be read: that is said in a notice, and everything stays.
    """
    given = _current()
    if too_long := list(refusals(given)):
        notices.replace(too_long)
        return None
    if st.session_state.get(KEEP) or given == st.session_state.get(own(WRITTEN, shown())):
        return None
    return given


def host() -> str:
    """Host of this page, with its port, as the browser calls it; empty where it does not say."""
    return st.context.headers.get("Host") or ""


def write(link: str) -> None:
    """Make the address this link."""
    query = of_link(link)
    wanted = {name: [text] for name, text in query.items()}
    # What stands behind the "#" of an address goes with the first write, and the stage has yet to read it.
    is_as_opened = TOUCHED not in st.session_state and wanted == _current()
    if not is_as_opened and (wanted != _current() or wanted != st.session_state.get(own(WRITTEN, shown()))):
        st.session_state[TOUCHED] = True
        st.query_params.from_dict(query)
    # After the write: a rerun may cut it short, and the next run must then do it again.
    st.session_state[own(WRITTEN, shown())] = wanted
    st.session_state[KEEP] = st.session_state[PASSED_ON] = False


def last_of(page: str) -> Mapping[str, str]:
    """The query that the page of this name wrote last; empty when it was not shown yet."""
    written: Query = st.session_state.get(own(WRITTEN, page), {})
    return {name: texts[0] for name, texts in written.items()}


def _current() -> Query:
    return {name: st.query_params.get_all(name) for name in st.query_params}
