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
PUBLISHED = "rate_test_published"


def show_rate_finder() -> None:
    """Show the button, and the dialog once it is clicked."""
    experiment = chosen.experiment()
    obstacle = _obstacle_of(experiment)
    clicked = st.button(
        "Find rate",
        key="find_rate",
        icon=":material/search_insights:",
        type="tertiary",
        help=escaped(obstacle) or HELP,
        disabled=bool(obstacle),
    )
    if clicked:
        _find(experiment)


def _obstacle_of(experiment: Experiment) -> str:
    """Why its rate cannot be found; empty when it can."""
    try:
        RateTest(experiment)
    except ValueError as reason:
        return str(reason)
    return ""


@st.dialog("Find the learning rate", width="large", on_dismiss=rate_test_run.end)
def _find(experiment: Experiment) -> None:
    test = RateTest(experiment, published=bool(st.session_state.get(PUBLISHED)))
    try:
        token = rate_test_run.token_of(test)
    except Refused as refusal:
        st.error(escaped(str(refusal)), icon=":material/block:")
        st.button("Try again", key="try_to_find_again")
        return
    events = finder(token, published=test.published, on_gone=rate_test_run.end, on_published=_choose_published)
    if (rate := _rate(events.use)) is not None:
        rate_test_run.end()
        chosen.choose_text("learning_rate", text_of_number(rate))
        st.rerun()
    if (rate := _rate(events.prove)) is not None:
        rate_test_run.end()
        navigation.go_to(EXPLORE, proof_of(experiment, rate).to_query())


def _choose_published(published: bool) -> None:
    st.session_state[PUBLISHED] = published


def _rate(value: Any) -> float | None:
    """The rate that a page asks for, with as many digits as people write; None for what is none."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return rounded(value) if is_number and math.isfinite(value) and value > 0 else None
