"""The page Play: controls in the sidebar, the live stage beside them."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from playground.core import Experiment
from playground.core.errors import Refused
from playground.core.heads import mistake
from playground.core.query import link
from playground.ui import address, current_run, notices
from playground.ui.controls import change_network, chosen, show_controls
from playground.ui.current_run import CurrentRun
from playground.ui.markdown import escaped
from playground.ui.pages._record import Page
from playground.ui.presets_picker import show_preset_button, show_question
from playground.ui.stage import stage


def play() -> None:
    """Build the page once from top to bottom."""
    change_network.make_noted()
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen.take(asked_for)
    experiment = chosen.experiment()
    run = _run_of(experiment)
    address.write(run.link if isinstance(run, CurrentRun) else link(experiment.to_query()))
    _header(experiment)
    _stage(run)
    # After the stage, so that the browser fetches the charts while it still builds the widgets.
    with st.sidebar:
        show_controls()


def _run_of(experiment: Experiment) -> CurrentRun | Refused:
    try:
        run = current_run.run_of(experiment, anew=chosen.is_of_a_link())
    except Refused as refusal:
        return refusal
    chosen.is_opened(run.link)
    return run


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


def _stage(run: CurrentRun | Refused) -> None:
    if isinstance(run, Refused):
        st.error(escaped(str(run)), icon=":material/block:")
        st.button("Try again", key="try_again", on_click=address.keep)
        return
    events = stage(
        run.token,
        plotly=f"_playground/plotly/{version('plotly')}.min.js",
        link=run.link,
        on_gone=address.keep,
        on_new_weights=_new_weights,
        on_network=change_network.note,
        on_link=address.keep,
    )
    if events.gone == run.token:
        current_run.forget(run.token)
        st.rerun()


def _new_weights() -> None:
    chosen.choose_new_seed("seed")


PAGE = Page(name="play", title="Play", place=10, build=play)
