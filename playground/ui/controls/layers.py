"""The hidden layers: how many, how wide, the activation of all or of each, and a linear pair of units at the end."""

from __future__ import annotations

import streamlit as st

from playground.core import bounds, choices, default
from playground.core.layers import resized
from playground.core.parts import MAX_HIDDEN_LAYERS
from playground.core.wall import DEPTH, WIDTH
from playground.ui.controls import chosen
from playground.ui.controls.echoes import unless_repeated
from playground.ui.controls.widgets import show_value
from playground.ui.controls.words import CHOICES, KNOBS, LINEAR_PAIR, NO_ROOM

COUNT = "knob_layers"
EACH = "knob_activation_each"
PAIR = "knob_linear_pair"


def show_layers() -> None:
    """How many hidden layers there are, how wide each is, and their activation."""
    hidden: tuple[int, ...] = chosen.values()["hidden"]
    left, right = st.columns(2)
    with left:
        _show_count(len(hidden))
    if not hidden:
        return
    if not _is_by_layer():
        with right:
            _show_activation(0, "knob_activation", KNOBS["activation"].label)
    with st.container(key="widths", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption("Units", width="content")
        for layer, units in enumerate(hidden):
            _show_width(layer, units)
    if _is_by_layer():
        for layer in range(len(hidden)):
            _show_activation(layer, f"knob_activation_{layer}", f"Activation of layer {layer + 1}")


def _show_count(count: int) -> None:
    words = KNOBS["hidden"]
    show_value(COUNT, count)
    st.number_input(
        words.label,
        0,
        MAX_HIDDEN_LAYERS,
        step=1,
        key=COUNT,
        help=words.help,
        on_change=unless_repeated(COUNT, _resize),
        disabled=chosen.is_fixed("hidden", DEPTH),
    )


def show_activation_switch() -> None:
    """Whether each layer has its own activation."""
    show_value(EACH, _is_by_layer())
    st.toggle(
        "An activation for each layer",
        key=EACH,
        help="Choose the activation of every hidden layer by itself.",
        on_change=unless_repeated(EACH, _switch_activation),
        disabled=chosen.is_fixed("activation"),
    )


def show_linear_pair_switch() -> None:
    """Whether everything passes two linear units before the output, where it can be looked at as a plane."""
    ends = _ends_in_linear_pair()
    has_room = ends or len(chosen.values()["hidden"]) < MAX_HIDDEN_LAYERS
    show_value(PAIR, ends)
    st.toggle(
        LINEAR_PAIR.label,
        key=PAIR,
        help=LINEAR_PAIR.help,
        on_change=unless_repeated(PAIR, _switch_linear_pair),
        disabled=not has_room or chosen.is_fixed("hidden", DEPTH, WIDTH, "activation"),
    )
    if not has_room:
        st.caption(NO_ROOM.format(most=MAX_HIDDEN_LAYERS))


def _ends_in_linear_pair() -> bool:
    values = chosen.values()
    return bool(values["hidden"][-1:] == (2,) and values["activation"][-1] == "linear")


def _is_by_layer() -> bool:
    return len(chosen.values()["activation"]) > 1


def _show_width(layer: int, units: int) -> None:
    low, high = (int(bound) for bound in bounds("hidden"))
    key = f"knob_width_{layer}"
    show_value(key, units)
    st.number_input(
        f"Units of layer {layer + 1}",
        low,
        high,
        step=1,
        key=key,
        label_visibility="collapsed",
        on_change=unless_repeated(key, _widen),
        args=(layer,),
        disabled=chosen.is_fixed("hidden", WIDTH),
        width=68,
    )


def _show_activation(layer: int, key: str, label: str) -> None:
    labels = CHOICES["activation"]
    show_value(key, chosen.values()["activation"][layer])
    st.selectbox(
        label,
        choices("activation"),
        format_func=lambda choice: labels[choice],
        key=key,
        help=KNOBS["activation"].help,
        on_change=unless_repeated(key, _activate),
        args=(key, layer),
        disabled=chosen.is_fixed("activation"),
        filter_mode=None,
    )


def _resize() -> None:
    resize(int(st.session_state[COUNT]))


def _widen(layer: int) -> None:
    widen(layer, int(st.session_state[f"knob_width_{layer}"]))


def resize(count: int) -> None:
    """So many hidden layers; a new one is as wide as the last."""
    values = chosen.values()
    hidden, activation = resized(values["hidden"], values["activation"], count)
    chosen.choose(hidden=hidden, activation=activation)


def widen(layer: int, units: int) -> None:
    """So many units in hidden layer `layer` (0, 1, …); a widget may still speak for one that is gone."""
    hidden = list(chosen.values()["hidden"])
    if layer < len(hidden):
        hidden[layer] = units
        chosen.choose(hidden=tuple(hidden))


def _activate(key: str, layer: int) -> None:
    activation = list(chosen.values()["activation"])
    if layer < len(activation):
        activation[layer] = st.session_state[key]
        chosen.choose(activation=tuple(activation))


def _switch_linear_pair() -> None:
    values = chosen.values()
    hidden, activation = values["hidden"], values["activation"]
    if len(activation) == 1:
        activation *= len(hidden)
    if st.session_state[PAIR]:
        hidden, activation = (*hidden, 2), (*activation, "linear")
    else:
        hidden, activation = hidden[:-1], activation[:-1] or default("activation")
    chosen.choose(hidden=hidden, activation=activation[:1] if len(set(activation)) == 1 else activation)


def _switch_activation() -> None:
    values = chosen.values()
    each = bool(st.session_state[EACH])
    chosen.choose(activation=values["activation"][:1] * (len(values["hidden"]) if each else 1))
