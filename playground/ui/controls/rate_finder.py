"""The way to a learning rate that suits: a button beside the knob, and the dialog of the rate finder."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from playground.core import Experiment
from playground.core.errors import Refused
from playground.core.rate_test import RateTest
from playground.core.wall import proof_of, rounded
from playground.core.words import number as text_of_number
from playground.ui import navigation, rate_test_run
from playground.ui.controls import chosen
from playground.ui.finder import finder
from playground.ui.markdown import escaped
from playground.ui.shown_page import EXPLORE

HELP = (
    "Train eight copies of this network while the learning rate grows from tiny to far too large, and see at which "
    "rate the loss falls best. Takes a few seconds; the run on the page goes on."
)
OPEN, PROOF, PUBLISHED = "rate_finder_open", "rate_finder_proof", "rate_finder_published"


def show_rate_finder() -> None:
    """Show the button, and the dialog while it is open."""
    if PROOF in st.session_state:
        _leave()
    experiment = chosen.experiment()
    obstacle = _obstacle_of(experiment)
    st.button(
        "Find rate",
        key="find_rate",
        icon=":material/search_insights:",
        type="tertiary",
        help=escaped(obstacle) or HELP,
        disabled=bool(obstacle),
        on_click=_open,
    )
    if _is_open() and not obstacle:
        _find(experiment)


def close_rate_finder() -> None:
    """Close the dialog, which ends its test; for use in callbacks, and where another page is shown."""
    st.session_state[OPEN] = False
    rate_test_run.end()


def _obstacle_of(experiment: Experiment) -> str:
    """Why its rate cannot be found; empty when it can."""
    try:
        RateTest(experiment)
    except ValueError as reason:
        return str(reason)
    return ""


@st.dialog("Find the learning rate", width="large", on_dismiss=close_rate_finder)
def _find(experiment: Experiment) -> None:
    if not _is_open():  # a callback has closed it, and this is not yet the whole page
        _leave()
    test = RateTest(experiment, published=bool(st.session_state.get(PUBLISHED)))
    try:
        token = rate_test_run.token_of(test)
    except Refused as refusal:
        st.error(escaped(str(refusal)), icon=":material/block:")
        st.button("Try again", key="try_to_find_again")
        return
    finder(
        token,
        published=test.published,
        on_use=_use,
        on_prove=_prove,
        on_published=_choose_published,
        on_gone=rate_test_run.end,
    )


def _leave() -> None:
    """Show what comes after the dialog: the wall that is the proof, or the page again."""
    proof: dict[str, str] | None = st.session_state.pop(PROOF, None)
    if proof is not None:
        navigation.go_to(EXPLORE, proof)
    st.rerun()


def _is_open() -> bool:
    return bool(st.session_state.get(OPEN))


def _open() -> None:
    st.session_state[OPEN] = True


def _use(value: Any) -> None:
    if (rate := _rate(value)) is not None:
        close_rate_finder()
        chosen.choose_text("learning_rate", text_of_number(rate))


def _prove(value: Any) -> None:
    if (rate := _rate(value)) is not None:
        close_rate_finder()
        st.session_state[PROOF] = proof_of(chosen.experiment(), rate).to_query()


def _choose_published(published: bool) -> None:
    st.session_state[PUBLISHED] = published


def _rate(value: Any) -> float | None:
    """The rate that a page asks for, with as many digits as people write; None for what is none."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return rounded(value) if is_number and math.isfinite(value) and value > 0 else None
