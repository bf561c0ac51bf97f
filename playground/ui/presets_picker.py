"""The presets, lessons that open without asking: a dialog to pick one, and the question of the one that is open."""

from __future__ import annotations

import streamlit as st

from playground.core import Experiment
from playground.core.comparison import Comparison, shortened
from playground.core.heads import mistake
from playground.core.query import link
from playground.lessons.presets import Preset, PresetRun, load_presets
from playground.ui import address
from playground.ui.controls import chosen
from playground.ui.controls.datasets import picture
from playground.ui.markdown import escaped
from playground.ui.mistakes import show_mistake
from playground.ui.navigation import show_link
from playground.ui.shown_page import COMPARE, LEARN

POPOVER = "compare"
OPENED = "preset_opened"


def show_preset_button() -> None:
    """The button that opens the picker."""
    if st.button(
        "Presets",
        key="presets",
        icon=":material/school:",
        help="Experiments worth seeing, each with a question to answer first.",
        on_click=address.keep,
    ):
        _pick()


def show_question(preset: Preset, shown: PresetRun) -> None:
    """The question of the preset that is open, its other runs, apart from these its answer, and its lesson."""
    with st.container(key="question", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{escaped(preset.name)}** {escaped(preset.question)}", width="stretch")
        with st.popover("Compare", key=POPOVER, on_change="rerun"):
            st.caption("Runs that answer the question together.")
            _show_side_by_side(preset)
            for index, step in enumerate(preset.steps):
                _show_other_run(preset, index, is_shown=step is shown)
        if preset.answer or mistake(shown.experiment.data, shown.experiment.model):
            with st.popover("Answer", key="answer"):
                st.markdown(escaped(preset.answer))
                show_mistake(shown.experiment)
        _show_lesson(preset, shown.number)


def steps_of(preset: Preset) -> Comparison:
    """The runs of a preset, by their names."""
    return Comparison.of([(shortened(step.label), step.experiment) for step in preset.steps])


def preset_of(experiment: Experiment) -> tuple[Preset, PresetRun] | None:
    """The preset and the step whose link is the link of `experiment`; of several, the one that was opened last."""
    query = experiment.to_query()
    found = [(preset, step) for preset in load_presets() for step in preset.steps if step.query == query]
    opened = st.session_state.get(OPENED)
    return min(found, key=lambda each: each[0].name != opened, default=None)


@st.dialog("Experiments worth seeing", width="large", icon=":material/school:")
def _pick() -> None:
    st.caption(
        "Each builds on those before: begin at the first. Answer the question for yourself, open a run, press Play. "
        "Every run is also a link to share."
    )
    for index, preset in enumerate(load_presets()):
        with st.container(border=True, key=f"preset_{index}"):
            if _show_preset(preset, index):
                st.rerun()


def _show_preset(preset: Preset, index: int) -> bool:
    """A preset: what its data look like, its question, and each of its runs; whether one was clicked."""
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"preset_{index}_head"):
        with st.container(key=f"preset_{index}_picture", width="content"):
            st.markdown(picture(preset.steps[0].experiment.data.dataset), width="content")
        st.markdown(f"**{index + 1}. {escaped(preset.name)}**  \n{escaped(preset.question)}", width="stretch")
    with st.container(horizontal=True, gap="xsmall", key=f"preset_{index}_steps"):
        clicks = [_show_run(preset, step, key=f"preset_{index}_step_{at}") for at, step in enumerate(preset.steps)]
        _show_lesson(preset)
    return any(clicks)


def _show_lesson(preset: Preset, step: int = 1) -> None:
    """The way to the lesson, which asks, and checks what came of it."""
    query = {"lesson": preset.lesson, "step": str(step)}
    show_link(LEARN, query, "As a lesson", icon=":material/school:", tip="Predict first, then run it and be told why")


def _show_run(preset: Preset, step: PresetRun, key: str) -> bool:
    """A run to open, and beside it its link to copy or to open elsewhere; whether it was clicked."""
    with st.container(horizontal=True, gap=None, width="content", key=f"{key}_run"):
        clicked = st.button(escaped(step.label), key=key, on_click=_open, args=(preset, step))
        st.link_button(
            f"Link to {escaped(step.label)}", link(step.query), icon=":material/link:", help="Opens this run elsewhere"
        )
    return clicked


def _show_side_by_side(preset: Preset) -> None:
    """The way to all runs at once, which train in step there."""
    show_link(COMPARE, steps_of(preset).to_query(), "All side by side", icon=":material/grid_view:")


def _show_other_run(preset: Preset, index: int, is_shown: bool) -> None:
    step = preset.steps[index]
    st.button(
        escaped(step.label) + (" (shown)" if is_shown else ""),
        key=f"{POPOVER}_step_{index}",
        icon=":material/check:" if is_shown else None,
        type="tertiary",
        on_click=_open_other,
        args=(preset, step),
    )


def _open_other(preset: Preset, step: PresetRun) -> None:
    st.session_state[POPOVER] = False  # the runs give way to the one that was chosen
    _open(preset, step)


def _open(preset: Preset, step: PresetRun) -> None:
    st.session_state[OPENED] = preset.name
    address.keep()
    chosen.take(step.query)
