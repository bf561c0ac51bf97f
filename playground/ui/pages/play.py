"""The page Play: controls in the sidebar, the live stage beside them."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import streamlit as st

from playground.core import Experiment, page_view
from playground.core.errors import Refused
from playground.core.heads import mistake
from playground.core.query import EDITED_SENTENCE
from playground.ui import address, asked_view, current_run, notices
from playground.ui.controls import change_network, chosen, show_controls
from playground.ui.markdown import escaped
from playground.ui.pages._record import Page
from playground.ui.presets_picker import link, show_preset_button, show_question
from playground.ui.stage import stage


def play() -> None:
    """Build the page once from top to bottom."""
    change_network.make_noted()
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen.take(page_view.without(asked_for))
        asked_view.take(asked_for)
    experiment = chosen.experiment()
    address.write(experiment, current_run.is_edited(experiment))
    _header(experiment)
    _stage(experiment)
    # After the stage, so that the browser fetches the charts while it still builds the widgets.
    with st.sidebar:
        show_controls()


def _header(experiment: Experiment) -> None:
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.title("Keras Playground", anchor=False, width="content")
        st.caption("Pick data, press Play, and watch a real Keras network learn.", width="stretch")
        show_preset_button()
    show_question(experiment)
    notices.show()
    warning = mistake(experiment.data, experiment.model)
    if warning is not None:
        st.warning(escaped(warning), icon=":material/warning:")


def _stage(experiment: Experiment) -> None:
    try:
        run = current_run.run_of(experiment)
    except Refused as refusal:
        st.error(escaped(str(refusal)), icon=":material/block:")
        st.button("Try again", key="try_again", on_click=address.keep)
        return
    events = stage(
        run.token,
        plotly=f"_playground/plotly/{version('plotly')}.min.js",
        link=link(address.query_of(experiment, current_run.is_edited(experiment))),
        session=current_run.name_of_session(),
        claimed=current_run.answered_claim(),
        lost=run.lost,
        look=asked_view.asked(),
        on_gone=address.keep,
        on_new_weights=_new_weights,
        on_network=change_network.note,
        on_edited=address.keep,
        on_claim=_claim,
    )
    if events.edited is not None and current_run.mark_edited(run.token, events.edited):
        notices.take_back(EDITED_SENTENCE)  # it starts without, but for a run that was taken up again
        st.rerun()
    if events.gone == run.token:
        current_run.forget(run.token)
        st.rerun()


def _claim(value: Any) -> None:
    address.keep()
    current_run.claim(value)


def _new_weights() -> None:
    chosen.choose_new_seed("seed")


PAGE = Page(name="play", title="Play", place=10, build=play)
