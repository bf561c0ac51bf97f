"""Which page is shown: what is kept for the session is kept for each page apart.

Callbacks run before the script does. Until it comes to `enter` they speak for the page that was shown when its widgets
were made.
"""

from __future__ import annotations

import streamlit as st

PLAY, EXPLORE, SEARCH, COMPARE, LEARN = "play", "explore", "search", "compare", "learn"
"""Names of pages that know of each other."""
SHOWN = "page_shown"


def enter(name: str) -> bool:
    """Show the page with this name from now on; whether another one, or none, was shown before."""
    before = st.session_state.get(SHOWN)
    st.session_state[SHOWN] = name
    return bool(before != name)


def is_shown(name: str) -> bool:
    """Whether the page with this name is shown."""
    return bool(st.session_state.get(SHOWN) == name)


def own(key: str, page: str | None = None) -> str:
    """The key of what is kept under `key` for the page that is shown, or for the `page` of that name."""
    return f"{page or st.session_state[SHOWN]}_{key}"
