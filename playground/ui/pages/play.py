"""The page Play: controls in the sidebar, the live stage beside them."""

from __future__ import annotations

import streamlit as st

from playground.core import Experiment, Preset
from playground.core.errors import Refused
from playground.core.presets import Step, View
from playground.runtime.server.routes import plotly_name
from playground.ui import address, current_run, notices
from playground.ui.controls import change_network, chosen, show_controls
from playground.ui.markdown import escaped
from playground.ui.mistakes import show_mistake
from playground.ui.pages._record import Page
from playground.ui.presets_picker import link, preset_of, show_preset_button, show_question
from playground.ui.stage import stage


def play() -> None:
    """Build the page once from top to bottom."""
    change_network.make_noted()
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen.take(asked_for)
    experiment = chosen.experiment()
    address.write(experiment, current_run.is_edited(experiment))
    question = preset_of(experiment)
    _header(experiment, question)
    _stage(experiment, question[1].view if question else View())
    # After the stage, so that the browser fetches the charts while it still builds the widgets.
    with st.sidebar:
        show_controls()


def _header(experiment: Experiment, question: tuple[Preset, Step] | None) -> None:
    if not st.context.is_embedded:  # the page around has a title of its own
        _title()
    if question is not None:
        show_question(*question)
    notices.show()
    if question is None:
        show_mistake(experiment)  # of an open preset it is the answer


def _title() -> None:
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.title("Keras Playground", anchor=False, width="content")
        st.caption("Pick data, press Play, and watch a real Keras network learn.", width="stretch")
        show_preset_button()


def _stage(experiment: Experiment, view: View) -> None:
    try:
        token = current_run.token_of_run(experiment)
    except Refused as refusal:
        st.error(escaped(str(refusal)), icon=":material/block:")
        st.button("Try again", key="try_again", on_click=address.keep)
        return
    events = stage(
        token,
        plotly=f"_playground/{plotly_name()}",
        link=link(address.query_of(experiment, current_run.is_edited(experiment))),
        view=view.switches,
        on_gone=address.keep,
        on_new_weights=_new_weights,
        on_network=change_network.note,
        on_edited=address.keep,
    )
    if events.edited is not None and current_run.mark_edited(token, events.edited):
        st.rerun()
    if events.gone == token:
        current_run.forget(token)
        st.rerun()


def _new_weights() -> None:
    chosen.choose_new_seed("seed")


PAGE = Page(name="play", title="Play", place=10, build=play)
