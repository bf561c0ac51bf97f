"""The sidebar: data, features, network, training. What is used less lies under "More"."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.core import choices
from playground.core.datasets import RECORDS, Numbers, Picks, Slider, Typed
from playground.core.words import number as text_of_number
from playground.ui.controls import chosen
from playground.ui.controls.datasets import show_datasets
from playground.ui.controls.echoes import all_told, unless_repeated
from playground.ui.controls.layers import show_activation_switch, show_layers, show_linear_pair_switch
from playground.ui.controls.rate_course import show_course
from playground.ui.controls.rate_finder import close_rate_finder, show_rate_finder
from playground.ui.controls.widgets import (
    key_of,
    pick,
    pick_or_type,
    show_value,
    slider,
    switch,
    text,
    whole_number,
)
from playground.ui.controls.words import CHOICES, KNOBS
from playground.ui.shown_page import PLAY, is_shown


def show_controls() -> None:
    """Every knob that matters, in four groups."""
    with st.container(key="data"):
        _data()
    with st.container(key="features"):
        show_features()
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
        st.button(
            "New data",
            key="new_data",
            icon=":material/casino:",
            type="tertiary",
            help="Draw other points of the same pattern.",
            on_click=chosen.choose_new_seed,
            args=("data_seed",),
        )
    show_datasets()
    if chosen.is_shown("classes"):
        whole_number("classes", most=RECORDS[chosen.values()["dataset"]].max_classes)
    if chosen.is_shown("noise"):
        slider("noise", step=0.01)
    with _more("data"):
        _shape()
        if chosen.is_shown("samples"):
            pick_or_type("samples")
        slider("test", step=0.05)
        slider("validation", step=0.05)
        if chosen.is_shown("balance"):
            slider("balance", step=0.01)
        whole_number("data_seed")


def _shape() -> None:
    """What the dataset chosen alone has."""
    for knob in RECORDS[chosen.values()["dataset"]].knobs:
        if isinstance(knob.shown, Slider):
            slider(knob.name, knob.shown.step)
        elif isinstance(knob.shown, Picks):
            pick_or_type(knob.name)
        elif isinstance(knob.shown, Numbers):
            text(knob.name, ",".join(map(text_of_number, chosen.values()[knob.name])))
        elif isinstance(knob.shown, Typed):
            text(knob.name, chosen.values()[knob.name])


def show_features() -> None:
    """What the first layer is given."""
    labels, words = CHOICES["features"], KNOBS["features"]
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
        disabled=chosen.is_on_axis("features"),
    )


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
    if chosen.is_shown("dropout"):
        slider("dropout", step=0.05)
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
