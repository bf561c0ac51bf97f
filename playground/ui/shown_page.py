"""Which page is shown: what is kept for the session is kept for each page apart, and for each side of a page.

Callbacks run before the script does. Until it comes to `enter` they speak for the page that was shown when its widgets
were made.
"""

from __future__ import annotations

import streamlit as st

PLAY, EXPLORE, SEARCH, COMPARE, LEARN, CLASS = "play", "explore", "search", "compare", "learn", "class"
"""Names of pages that know of each other."""
SHOWN = "page_shown"
SIDE = "page_side"


def enter(name: str) -> bool:
    """Show the page with this name from now on; whether another one, or none, was shown before."""
    before = st.session_state.get(SHOWN)
    st.session_state[SHOWN] = name
    if before != name:
        st.session_state.pop(SIDE, None)
    return bool(before != name)


def turn_to(side: str) -> bool:
    """Show this side of the page from now on, "" for the one it begins with; whether another one was shown before."""
    before = st.session_state.get(SIDE, "")
    st.session_state[SIDE] = side
    return bool(before != side)


def shown() -> str:
    """The name of the page that is shown, whichever side of it."""
    return str(st.session_state[SHOWN])


def is_shown(name: str) -> bool:
    """Whether the page with this name is shown."""
    return bool(st.session_state.get(SHOWN) == name)


def own(key: str, page: str | None = None) -> str:
    """The key of what is kept under `key` for the side that is shown, or for all sides of the `page` of that name."""
    return f"{page or shown() + st.session_state.get(SIDE, '')}_{key}"
