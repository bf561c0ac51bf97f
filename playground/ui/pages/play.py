"""The page Play: controls in the sidebar, the live stage beside them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from playground.core import Experiment, page_view
from playground.core.errors import Refused
from playground.core.query import EDITED, EDITED_SENTENCE, link, of_link
from playground.core.wall import SEEDS
from playground.lessons.presets import Preset, PresetRun
from playground.ui import address, asked_view, hidden_controls, locked_controls, notices, tensorflow_playground
from playground.ui.controls import change_network, chosen, chosen_wall, drawn_since, show_controls
from playground.ui.current_run import CurrentRun
from playground.ui.header import show_header
from playground.ui.live_part import run_of, show_run
from playground.ui.mistakes import show_mistake
from playground.ui.navigation import show_link
from playground.ui.pages._record import Page
from playground.ui.presets_picker import preset_of, show_preset_button, show_question
from playground.ui.shown_page import EXPLORE, PLAY
from playground.ui.stage import stage
from playground.ui.web.addresses import addresses

CAPTION = "Pick data, press Play, and watch a real Keras network learn."
LUCK_SEEDS = "20"


def play() -> None:
    """Build the page once from top to bottom."""
    drawn_since.take()
    change_network.make_noted()
    asked_for = address.asked_for()
    if asked_for is not None:
        _take(asked_for)
    experiment = chosen.experiment()
    run = _run_of(experiment)
    of_run = run.link if isinstance(run, CurrentRun) else link(experiment.to_query())
    address.write(locked_controls.said_in(hidden_controls.said_in(of_run)))
    hidden_controls.show_style()
    question = preset_of(experiment)
    _header(experiment, question)
    show_run(
        run,
        stage,
        plotly=addresses().plotly,
        link=run.link if isinstance(run, CurrentRun) else None,
        view=question[1].switches if question else (),
        look=asked_view.asked(),
        hide=hidden_controls.hidden(),
        lock=chosen.locked(),
        on_new_weights=_new_weights,
        on_network=change_network.note,
        on_link=address.keep,
    )
    # After the stage, so that the browser fetches the charts while it still builds the widgets.
    with st.sidebar:
        show_controls()
        hidden_controls.show_way_back()


def _take(link_followed: Mapping[str, str | list[str]]) -> None:
    """All that a link says, which may be one of TensorFlow Playground."""
    asked, sentences = tensorflow_playground.as_ours(link_followed)
    chosen.take(page_view.without(asked))
    asked_view.take(asked)
    hidden_controls.take(asked)
    locked_controls.take(asked)
    notices.add(sentences)


def _run_of(experiment: Experiment) -> CurrentRun | Refused:
    run = run_of(experiment, anew=chosen.is_of_a_link(), locked=chosen.locked())
    if isinstance(run, Refused):
        return run
    chosen.is_opened(run.link)
    if EDITED.keys() & of_link(run.link).keys():
        notices.take_back(EDITED_SENTENCE)  # a run that was taken up again has them
    return run


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


def _new_weights() -> None:
    chosen.choose_new_seed("seed")


PAGE = Page(name=PLAY, title="Play", place=10, build=play)
