"""The sidebar: data, features, network, training. What is used less lies under "More"."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.core import choices
from playground.core.datasets import RECORDS, Typed, given_sets
from playground.ui.controls import chosen
from playground.ui.controls.datasets import show_datasets
from playground.ui.controls.downloads import show_downloads
from playground.ui.controls.echoes import all_told, unless_repeated
from playground.ui.controls.layers import show_activation_switch, show_layers, show_linear_pair_switch
from playground.ui.controls.own_knobs import show_own_knob
from playground.ui.controls.own_table import show_own_table
from playground.ui.controls.plane import show_plane
from playground.ui.controls.rate_course import show_course
from playground.ui.controls.rate_finder import close_rate_finder, show_rate_finder
from playground.ui.controls.widgets import (
    key_of,
    pick,
    pick_or_type,
    show_value,
    slider,
    switch,
    whole_number,
)
from playground.ui.controls.words import CHOICES, KNOBS, SEED_OF_GIVEN
from playground.ui.markdown import escaped
from playground.ui.shown_page import PLAY, is_shown

MOST_NAMED = 6
"""Inputs that are named beside the features' place; the diagram names all."""


def show_controls() -> None:
    """Every knob that matters, in four groups."""
    with st.container(key="data"):
        _data()
    with st.container(key="features"):
        show_features()
        if chosen.is_shown("standardize"):
            with _more("features"):
                switch("standardize")
    with st.container(key="network"):
        _network()
    with st.container(key="training"):
        _training()
    all_told()


def _data() -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _heading("Data")
        given = chosen.values()["dataset"] in given_sets()
        st.button(
            "New split" if given else "New data",
            key="new_data",
            icon=":material/casino:",
            type="tertiary",
            help="Train on others of the points." if given else "Draw other points of the same pattern.",
            on_click=chosen.choose_new_seed,
            args=("data_seed",),
            disabled=chosen.is_fixed("data_seed"),
        )
    show_datasets()
    show_own_table()
    show_plane()
    _own_knobs(typed=True)
    if chosen.is_shown("classes"):
        whole_number("classes", most=RECORDS[chosen.values()["dataset"]].max_classes)
    if chosen.is_shown("noise"):
        slider("noise")
    with _more("data"):
        _own_knobs(typed=False)
        if chosen.is_shown("samples"):
            pick_or_type("samples")
        slider("test")
        slider("validation")
        if chosen.is_shown("balance"):
            slider("balance")
        whole_number("data_seed", told=SEED_OF_GIVEN if given else None)
        show_downloads()


def _own_knobs(*, typed: bool) -> None:
    """What the dataset chosen alone has. What is typed is what such a set is about: it is not folded away."""
    for knob in RECORDS[chosen.values()["dataset"]].knobs:
        if isinstance(knob.shown, Typed) is typed:
            show_own_knob(knob)


def show_features() -> None:
    """What the first layer is given."""
    labels, words = CHOICES["features"], KNOBS["features"]
    if not chosen.is_shown("features"):
        _inputs()
        return
    _heading("Features")
    show_value(key_of("features"), list(chosen.values()["features"]))
    st.pills(
        words.label,
        choices("features"),
        selection_mode="multi",
        format_func=lambda feature: labels[feature],
        key=key_of("features"),
        help=words.help,
        on_change=unless_repeated(key_of("features"), _take_features),
        disabled=chosen.is_fixed("features"),
    )


def _inputs() -> None:
    """Of points that have no two coordinates all are given to the network."""
    _heading("Inputs")
    names = chosen.data().inputs
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    st.caption(f"**Inputs:** {escaped(', '.join(names[:MOST_NAMED]) + more)}.")


def _take_features() -> None:
    picked = st.session_state[key_of("features")]
    chosen.choose_text("features", ",".join(name for name in choices("features") if name in picked))


def _network() -> None:
    _heading("Network")
    show_layers()
    with _more("network"):
        if len(chosen.values()["hidden"]) > 1:
            show_activation_switch()
        show_linear_pair_switch()
        pick("init")
        if chosen.is_shown("init_deviation"):
            pick_or_type("init_deviation")
        _regularisation()
        pick("output")
        pick("loss")


def _regularisation() -> None:
    left, right = st.columns(2)
    with left:
        pick_or_type("l1")
    with right:
        pick_or_type("l2")
    show_course("l1")
    show_course("l2")
    pick("regularization")
    if chosen.is_shown("dropout"):
        slider("dropout")
    if chosen.is_shown("batch_norm"):
        switch("batch_norm")


def _training() -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _heading("Training")
        if is_shown(PLAY):
            show_rate_finder()
        else:
            close_rate_finder()
    left, right = st.columns(2)
    with left:
        pick_or_type("learning_rate")
        pick_or_type("batch_size")
    with right:
        pick("optimizer")
        pick_or_type("epochs")
    show_course("learning_rate")
    with _more("training"):
        if chosen.is_shown("momentum"):
            pick_or_type("momentum")
        _schedule()
        whole_number("seed")
        _early_stopping()


def _schedule() -> None:
    pick("schedule")
    if not chosen.is_shown("schedule_factor"):
        return
    left, right = st.columns(2)
    with left:
        pick_or_type("schedule_factor")
    with right:
        whole_number("schedule_epochs")


def _early_stopping() -> None:
    whole_number("patience")
    if chosen.is_shown("min_delta"):
        pick_or_type("min_delta")
    if chosen.is_shown("restore_best"):
        switch("restore_best")


def _heading(name: str) -> None:
    st.subheader(name, anchor=False)


def _more(group: str) -> DeltaGenerator:
    return st.expander("More", key=f"more_{group}", type="compact")
