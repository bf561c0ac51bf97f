"""The controls of a comparison: the runs, by name, and where others come from."""

from __future__ import annotations

import streamlit as st

from playground.core.comparison import LONGEST_NAME, MOST_RUNS
from playground.core.comparison.differences import default_names
from playground.lessons.presets import load_presets
from playground.ui.controls import chosen_comparison
from playground.ui.controls.echoes import unless_repeated
from playground.ui.controls.widgets import show_value
from playground.ui.markdown import escaped
from playground.ui.shelf import shelf

LINKS_KEY, PRESET_KEY = "compare_links", "compare_preset"
MOST_CHARACTERS = 20_000
PLACEHOLDER = "?dataset=xor&hidden=4\n?dataset=xor&hidden=8"


def show_runs() -> None:
    """The runs that are compared: each can be renamed or removed."""
    runs = chosen_comparison.runs()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader("Runs", anchor=False)
        if runs:
            st.button(
                "Clear",
                key="compare_clear",
                type="tertiary",
                help="Remove all runs.",
                on_click=chosen_comparison.remove_all,
            )
    if not runs:
        st.caption("None yet.")
    defaults = default_names([experiment for _name, experiment in runs])
    for place, ((name, _experiment), default) in enumerate(zip(runs, defaults, strict=True)):
        _show_run(place, name, default)
    if runs:
        st.caption(f"{len(runs)} of at most {MOST_RUNS}. A name that is deleted gives way to what differs.")


def show_links() -> None:
    """Links to paste, one a line."""
    st.text_area(
        "Paste links",
        key=LINKS_KEY,
        placeholder=PLACEHOLDER,
        height=96,
        max_chars=MOST_CHARACTERS,
        help="Links of this playground, one a line: of Play, or of a comparison. They come to the runs that are there.",
    )
    st.button("Add these links", key="compare_add", icon=":material/add_link:", on_click=_paste)


def show_preset_picker() -> None:
    """The presets in a list, where there is little room."""
    presets = load_presets()
    st.selectbox(
        "Steps of a preset",
        range(len(presets)),
        index=None,
        format_func=lambda index: presets[index].name,
        key=PRESET_KEY,
        placeholder="Choose a preset",
        help="Its runs take the place of those that are there. Back in the browser brings these again.",
        on_change=_take_preset,
    )


def show_presets() -> None:
    """The presets, a click each."""
    st.markdown("Steps of a preset")
    with st.container(horizontal=True, gap="xsmall", key="presets_to_compare"):
        for index, preset in enumerate(load_presets()):
            st.button(
                escaped(preset.name),
                key=f"compare_preset_{index}",
                on_click=chosen_comparison.take_preset,
                args=(preset,),
            )


def show_shelf() -> None:
    """The runs that were kept in the browser."""
    shelf("compare_shelf", on_compare=chosen_comparison.take_kept)


def _show_run(place: int, name: str, default: str) -> None:
    key = f"compare_name_{place}"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"compare_run_{place}"):
        show_value(key, name or default)
        st.text_input(
            f"Name of run {place + 1}",
            key=key,
            max_chars=LONGEST_NAME,
            on_change=unless_repeated(key, _rename),
            args=(place, default),
            label_visibility="collapsed",
        )
        st.button(
            f"Remove run {place + 1}",
            key=f"compare_remove_{place}",
            icon=":material/close:",
            type="tertiary",
            help=f"Remove {escaped(name or default)}.",
            on_click=chosen_comparison.remove,
            args=(place,),
        )


def _rename(place: int, default: str) -> None:
    text = str(st.session_state[f"compare_name_{place}"])
    chosen_comparison.rename(place, "" if text == default else text)


def _paste() -> None:
    st.session_state[LINKS_KEY] = chosen_comparison.paste(str(st.session_state[LINKS_KEY]))


def _take_preset() -> None:
    index = st.session_state[PRESET_KEY]
    if index is not None:
        chosen_comparison.take_preset(load_presets()[index])
        st.session_state[PRESET_KEY] = None
