"""Sentences about what was refused, in a small box that the visitor can close. Each page has its own."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from playground.ui import address, transport
from playground.ui.shown_page import own

NOTICES = "notices"


def clear() -> None:
    """Say nothing any more."""
    st.session_state[own(NOTICES)] = []


def replace(sentences: Iterable[str]) -> None:
    """Say these sentences instead of earlier ones."""
    st.session_state[own(NOTICES)] = list(sentences)


def add(sentences: Iterable[str]) -> None:
    """Say these sentences too."""
    replace(dict.fromkeys([*said(), *sentences]))


def said() -> list[str]:
    """What there is to say."""
    return list(st.session_state.get(own(NOTICES), []))


def take_back(sentence: str) -> None:
    """Do not say this sentence any more."""
    replace(each for each in said() if each != sentence)


def _dismiss() -> None:
    clear()
    address.keep()


def show() -> None:
    """Show what there is to say. The text is shown as it is: a link may hold markdown or a script."""
    transport.show_way()
    sentences = said()
    if not sentences:
        return
    with st.container(key="notices", horizontal=True, vertical_alignment="center"):
        st.text("\n".join(sentences))
        st.button("Dismiss", key="dismiss_notices", on_click=_dismiss, type="tertiary", icon=":material/close:")
