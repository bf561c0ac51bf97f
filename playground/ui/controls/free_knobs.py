"""The knobs that a step of a lesson leaves free, in the sidebar; all others stay as the lesson has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import streamlit as st

from playground.core.datasets import own_knobs
from playground.ui.controls import chosen
from playground.ui.controls.datasets import show_datasets
from playground.ui.controls.echoes import all_told
from playground.ui.controls.groups import show_features
from playground.ui.controls.layers import show_layers
from playground.ui.controls.own_knobs import show_own_knob
from playground.ui.controls.widgets import pick, pick_or_type, slider, switch, whole_number
from playground.ui.controls.words import CHOICES, PICKS, STEPS

HEADING = "Yours to change"
SWITCHES = frozenset({"standardize", "batch_norm", "restore_best"})
_ALONE: Mapping[str, Callable[[], None]] = {
    "dataset": show_datasets,
    "features": show_features,
    "hidden": show_layers,
    "activation": show_layers,
}


def show_free_knobs(names: Iterable[str]) -> None:
    """A widget for each knob of these names that matters."""
    shown: dict[Callable[[], None], None] = {}
    for name in names:
        if name in _ALONE:
            shown[_ALONE[name]] = None  # layers and their activation are one group
        elif chosen.is_shown(name):
            shown[_widget_of(name)] = None
    st.subheader(HEADING, anchor=False)
    for show in shown:
        show()
    all_told()


def _widget_of(name: str) -> Callable[[], None]:
    if name in STEPS:
        return partial(slider, name)
    if name in SWITCHES:
        return partial(switch, name)
    if name in PICKS:
        return partial(pick_or_type, name)
    if name in CHOICES:
        return partial(pick, name)
    own = own_knobs().get(name)
    return partial(whole_number, name) if own is None else partial(show_own_knob, own)
