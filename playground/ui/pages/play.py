"""The page Play: controls in the sidebar, the live stage beside them."""

from __future__ import annotations

import streamlit as st

from playground.core import Experiment
from playground.core.query import link
from playground.core.wall import SEEDS
from playground.lessons.presets import Preset, PresetRun
from playground.ui import address, chosen_run, hidden_controls, locked_controls, notices
from playground.ui.controls import change_network, chosen, chosen_wall, drawn_since, show_controls
from playground.ui.current_run import CurrentRun
from playground.ui.header import show_header
from playground.ui.mistakes import show_mistake
from playground.ui.navigation import show_link
from playground.ui.pages._record import Page
from playground.ui.presets_picker import preset_of, show_preset_button, show_question
from playground.ui.shown_page import EXPLORE, PLAY
from playground.ui.stage import stage

CAPTION = "Pick data, press Play, and watch a real Keras network learn."
LUCK_SEEDS = "20"


def play() -> None:
    """Build the page once from top to bottom."""
    drawn_since.take()
    change_network.make_noted()
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen_run.take(asked_for)
    experiment = chosen.experiment()
    run = chosen_run.run_of_chosen(experiment)
    of_run = run.link if isinstance(run, CurrentRun) else link(experiment.to_query())
    address.write(locked_controls.said_in(hidden_controls.said_in(of_run)))
    hidden_controls.show_style()
    question = preset_of(experiment)
    _header(experiment, question)
    chosen_run.show_chosen(run, stage, view=question[1].switches if question else ())
    # After the stage, so that the browser fetches the charts while it still builds the widgets.
    with st.sidebar:
        show_controls()
        hidden_controls.show_way_back()


def _header(experiment: Experiment, question: tuple[Preset, PresetRun] | None) -> None:
    show_header(CAPTION, _show_luck, show_preset_button)
    if question is not None:
        show_question(*question)
    notices.show()
    if question is None:
        show_mistake(experiment)  # of an open preset it is the answer


def _show_luck() -> None:
    """The same experiment with other seeds."""
    show_link(
        EXPLORE,
        {**chosen_wall.on_stage(), SEEDS: LUCK_SEEDS},
        "Was it luck?",
        icon=":material/casino:",
        tip=f"Train this experiment from {LUCK_SEEDS} seeds: how often does it get there?",
    )


PAGE = Page(name=PLAY, title="Play", place=10, build=play)
