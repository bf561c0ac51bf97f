"""Changes made on the stage: in the network diagram, or by an advice. They come from a browser: nothing is certain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.core import bounds, choices, knobs
from playground.core.parts import MAX_HIDDEN_LAYERS
from playground.ui import address
from playground.ui.controls import chosen
from playground.ui.controls.layers import resize, widen

NOTED = "noted_change"


def note(change: Mapping[str, Any]) -> None:
    """Keep a change for `make_noted`.

    With a quick second click the browser still holds the values that widgets had before the first one, and Streamlit
    takes them for new: what was clicked has to come after them.
    """
    address.keep()
    st.session_state[NOTED] = change


def make_noted() -> None:
    """Make the change that was noted, if any; at the start of the script, when all widgets have had their say."""
    if NOTED in st.session_state:
        change_network(st.session_state.pop(NOTED))


def change_network(change: Mapping[str, Any]) -> None:
    """Take a change; what is none of these changes nothing.

    ``{"hidden": [4, 2, None], "features": ["x1", "x2"]}``, the whole network, None for a layer as wide as the one
    before; or ``{"change": {"l2": "0.01"}}``.
    """
    if "change" in change:
        _choose_texts(change["change"])
    elif _are_widths(change.get("hidden")) and _are_features(change.get("features")):
        _choose_hidden(change["hidden"])
        _choose_features(change["features"])


def _choose_texts(texts: Any) -> None:
    """Knobs by name, each with what a link would hold for it."""
    if not isinstance(texts, Mapping):
        return
    known = {name: text for name, text in texts.items() if name in knobs.PART_OF and isinstance(text, str)}
    if known:
        chosen.choose_texts(known)


def _choose_hidden(hidden: list[int | None]) -> None:
    resize(len(hidden))
    for layer, units in enumerate(hidden):
        if units is not None:
            widen(layer, units)


def _choose_features(features: list[str]) -> None:
    if set(features) != set(chosen.values()["features"]):
        chosen.choose_text("features", ",".join(each for each in choices("features") if each in features))


def _are_widths(hidden: Any) -> bool:
    return isinstance(hidden, list) and len(hidden) <= MAX_HIDDEN_LAYERS and all(map(_is_width, hidden))


def _is_width(units: Any) -> bool:
    low, high = bounds("hidden")
    return units is None or (isinstance(units, int) and not isinstance(units, bool) and low <= units <= high)


def _are_features(features: Any) -> bool:
    return isinstance(features, list) and all(isinstance(each, str) for each in features)
