"""Changes made on the stage: in the network diagram, or by an advice. They come from a browser: nothing is certain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.core import bounds, choices, knobs
from playground.core.parts import MAX_HIDDEN_LAYERS
from playground.ui.controls import chosen
from playground.ui.controls.layers import resize, widen


def change_network(change: Mapping[str, Any]) -> None:
    """Take a change; what is none of these changes nothing.

    ``{"layers": 3}``, ``{"layer": 1, "units": 5}``, ``{"feature": "x1sq", "on": True}``, ``{"change": {"l2": "0.01"}}``
    """
    if "change" in change:
        _choose_texts(change["change"])
    elif "feature" in change:
        _switch_feature(change["feature"], change.get("on"))
    elif "layer" in change:
        _widen(change["layer"], change.get("units"))
    elif _is_whole(change.get("layers"), 0, MAX_HIDDEN_LAYERS):
        resize(change["layers"])


def _choose_texts(texts: Any) -> None:
    """Knobs by name, each with what a link would hold for it."""
    if not isinstance(texts, Mapping):
        return
    known = {name: text for name, text in texts.items() if name in knobs.PART_OF and isinstance(text, str)}
    if known:
        chosen.choose_texts(known)


def _switch_feature(name: Any, on: Any) -> None:
    if isinstance(name, str) and name in choices("features"):
        features = set(chosen.values()["features"]) - {name} | ({name} if on is True else set())
        chosen.choose_text("features", ",".join(each for each in choices("features") if each in features))


def _widen(layer: Any, units: Any) -> None:
    low, high = bounds("hidden")
    if _is_whole(layer, 1, len(chosen.values()["hidden"])) and _is_whole(units, low, high):
        widen(layer - 1, units)


def _is_whole(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
