"""Controls that a link hides: they stay away until another link is followed, or the visitor wants them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import streamlit as st

from playground.core import hidden_controls as links
from playground.core.query import link, of_link
from playground.ui import address, notices
from playground.ui.controls.widgets import key_of
from playground.ui.shown_page import own

HIDDEN = "hidden_controls"
SHOW_ALL = "show_hidden_controls"
_SELECTORS: Mapping[str, str] = {
    "hidden": ".st-key-knob_layers, .st-key-widths, .st-key-knob_linear_pair",
    "activation": '[class*="st-key-knob_activation"]',
    "learning_rate": ".st-key-knob_learning_rate, .st-key-find_rate",
    "data_seed": ".st-key-knob_data_seed, .st-key-new_data",
    "settings": '[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"], .kp-settings',
}
"""Of knobs that have more than the one widget named after them, and of the place of all of them."""


def take(query: Mapping[str, str | list[str]]) -> None:
    """Hide what the query of a link says, and no more, and say what of it is refused."""
    hidden, refused = links.read(query)
    notices.add(refused)
    st.session_state[own(HIDDEN)] = hidden


def hidden() -> tuple[str, ...]:
    """What is hidden."""
    found: tuple[str, ...] = st.session_state.get(own(HIDDEN), ())
    return found


def said_in(address_of_run: str) -> str:
    """The link of a run, which says what is hidden too."""
    return link({**of_link(address_of_run), **links.write(hidden())})


def show_style() -> None:
    """Take the widgets away; what is on the stage the stage takes away itself."""
    if selectors := ", ".join(_selectors()):
        st.html(f"<style>:is({selectors}) {{ display: none !important; }}</style>")


def show_way_back() -> None:
    """A line that says so, and a button to have them back."""
    if hidden():
        with st.container(key="hidden_controls", horizontal=True, vertical_alignment="center"):
            st.caption("This link hides some controls.", width="stretch")
            st.button("Show all", key=SHOW_ALL, type="tertiary", on_click=_show_all)


def _selectors() -> Iterator[str]:
    for name in hidden():
        if name in _SELECTORS or name not in links.OF_THE_STAGE:
            yield _SELECTORS.get(name, f".st-key-{key_of(name)}")


def _show_all() -> None:
    address.keep()
    st.session_state[own(HIDDEN)] = ()
