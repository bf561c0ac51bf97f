"""A line below a rate that is another at other epochs: what is to come, or what was."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from playground.core import RateChange
from playground.core.words import number as text_of_number
from playground.ui.controls import chosen
from playground.ui.controls.words import KNOBS

NAMED = 3
"""So many changes to come are named, the others counted."""


def show_course(name: str) -> None:
    """Say from which epochs on the rate `name` is another than its knob says, or until which it was."""
    planned = [change for change in chosen.planned() if change.name == name]
    if planned:
        _show_planned(name, planned)
    else:
        _show_past(name)


def _show_planned(name: str, changes: Sequence[RateChange]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"course_{name}"):
        st.caption(f"{KNOBS[name].label}: {_to_come(changes)}", width="stretch")
        st.button(
            "Drop",
            key=f"drop_course_{name}",
            type="tertiary",
            icon=":material/close:",
            help="The link that was opened changes this rate on the way. Drop that: the rate stays what the knob says.",
            on_click=chosen.drop_planned,
            args=(name,),
        )


def _to_come(changes: Sequence[RateChange]) -> str:
    parts = [f"{text_of_number(change.value)} from epoch {change.epoch}" for change in changes[:NAMED]]
    more = len(changes) - NAMED
    return f"then {', '.join(parts)}" + (f" and {more} more" if more > 0 else "")


def _show_past(name: str) -> None:
    course = chosen.course()
    changes = [change for change in course.changes if change.name == name]
    if not changes:
        return
    last = changes[-1]
    before = getattr(course.rates_at(last.epoch - 1), name)
    st.caption(
        f"{KNOBS[name].label}: {text_of_number(before)} until epoch {last.epoch}, "
        f"then {text_of_number(last.value)}. Rewind begins with {text_of_number(chosen.values()[name])}."
    )
