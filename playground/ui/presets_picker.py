"""The presets: a dialog to pick one, and the question of the one that is open."""

from __future__ import annotations

import streamlit as st

from playground.core import Experiment, Preset, load_presets
from playground.core.presets import Step
from playground.core.query import link
from playground.ui import address
from playground.ui.controls import chosen
from playground.ui.markdown import escaped


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


def show_question(experiment: Experiment) -> None:
    """The question of the preset that `experiment` belongs to, and its other runs to compare with."""
    found = preset_of(experiment)
    if found is None:
        return
    preset, _step = found
    with st.container(key="question", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{escaped(preset.name)}** {escaped(preset.question)}", width="stretch")
        with st.popover("Compare", key="compare"):
            st.markdown(escaped(preset.what_to_see))
            _show_steps(preset, key="compare")


def preset_of(experiment: Experiment) -> tuple[Preset, Step] | None:
    """The preset and the step whose link is the link of `experiment`."""
    query = experiment.to_query()
    steps = ((preset, step) for preset in load_presets() for step in preset.steps)
    return next(((preset, step) for preset, step in steps if step.query == query), None)


@st.dialog("Experiments worth seeing", width="large", icon=":material/school:")
def _pick() -> None:
    st.caption("Answer the question for yourself, open a run, press Play. Every run is also a link to share.")
    columns = st.columns(2)
    for index, preset in enumerate(load_presets()):
        with columns[index % 2], st.container(border=True, key=f"preset_{index}"):
            st.markdown(f"**{escaped(preset.name)}**  \n{escaped(preset.question)}")
            if _show_steps(preset, key=f"preset_{index}"):
                st.rerun()
            st.caption(_links(preset))


def _show_steps(preset: Preset, key: str) -> bool:
    """A button for each run of `preset`; whether one was just clicked."""
    with st.container(horizontal=True, gap="xsmall", key=f"{key}_steps"):
        clicks = [
            st.button(escaped(step.label), key=f"{key}_step_{index}", on_click=_open, args=(step,))
            for index, step in enumerate(preset.steps)
        ]
    return any(clicks)


def _links(preset: Preset) -> str:
    return "Links: " + " · ".join(f"[{escaped(step.label)}]({link(step.query)})" for step in preset.steps)


def _open(step: Step) -> None:
    address.keep()
    chosen.take(step.query)
