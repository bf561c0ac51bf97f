"""Which plane of more than two inputs the chart shows. Nothing is trained anew for it."""

from __future__ import annotations

import streamlit as st

from playground.core.datasets import PLANE
from playground.ui.controls import chosen
from playground.ui.controls.echoes import unless_repeated
from playground.ui.controls.widgets import show_value

SHOWN, ACROSS, UP = "plane_shown", "plane_across", "plane_up"
COMPONENTS, INPUTS = "Principal components", "Two inputs"


def show_plane() -> None:
    """Components, or two inputs by name."""
    if not chosen.is_shown(PLANE.name):
        return
    plane: tuple[int, ...] = chosen.values()[PLANE.name]
    show_value(SHOWN, INPUTS if plane else COMPONENTS)
    st.segmented_control(
        "Chart shows",
        (COMPONENTS, INPUTS),
        required=True,
        key=SHOWN,
        help=PLANE.help,
        on_change=unless_repeated(SHOWN, _take_kind),
    )
    if plane:
        _pick(ACROSS, "Across", plane[0])
        _pick(UP, "Up", plane[1])


def _pick(key: str, label: str, number: int) -> None:
    names = chosen.data().inputs
    show_value(key, number)
    st.selectbox(
        label,
        range(1, len(names) + 1),
        format_func=lambda each: names[each - 1],
        key=key,
        on_change=unless_repeated(key, _take_input),
        args=(key,),
        filter_mode=None,
    )


def _take_kind() -> None:
    chosen.choose(**{PLANE.name: (1, 2) if st.session_state[SHOWN] == INPUTS else ()})


def _take_input(key: str) -> None:
    """Where both would be the same they change places."""
    picked = int(st.session_state[key])
    across, up = chosen.values()[PLANE.name]
    other = up if key == ACROSS else across
    if picked == other:
        other = across if key == ACROSS else up
    chosen.choose(**{PLANE.name: (picked, other) if key == ACROSS else (other, picked)})
