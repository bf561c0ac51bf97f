"""How the stage is to look: what the link that was followed last says of it, told to the stage once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from playground.core import page_view
from playground.runtime import views as _views  # noqa: F401  declares the options of all views
from playground.runtime.protocol.show import ViewOptions
from playground.ui import notices

ASKED, NUMBER = "asked_view", "asked_view_number"


def take(link: Mapping[str, str | list[str]]) -> None:
    """Ask for the view that the query of `link` says, and say what of it is refused."""
    asked, refused = page_view.read(link, tuple(ViewOptions.known))
    notices.add(refused)
    number = st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1
    st.session_state[ASKED] = {**asked, "number": number} if asked else None


def asked() -> dict[str, page_view.Value] | None:
    """What was asked for, with a number that tells one link from the next; None when the last one said nothing."""
    found: dict[str, page_view.Value] | None = st.session_state.get(ASKED)
    return found
