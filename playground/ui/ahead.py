"""A part of the page that may run ahead of the rest of it.

A stage is a fragment. What is said on it makes Streamlit run the fragment alone, which takes a third of the time of the
whole page. Points that are drawn are shown like that: their run begins at once, and the stage asks for the rest of the
page when its learner pauses. After anything else the whole page follows immediately.
"""

from __future__ import annotations

import streamlit as st

WITH_THE_PAGE = "runs_with_the_page"


def begin_with_the_page() -> None:
    """The whole page runs, and the part that comes now with it."""
    st.session_state[WITH_THE_PAGE] = True


def is_alone() -> bool:
    """Whether this part runs without the rest of the page."""
    return not st.session_state.pop(WITH_THE_PAGE, False)
