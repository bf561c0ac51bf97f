"""Changes of the network that were made in its diagram. They come from a browser: nothing about them is certain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.core import bounds, choices
from playground.core.parts import MAX_HIDDEN_LAYERS
from playground.ui.controls import chosen
from playground.ui.controls.layers import resize, widen


def change_network(change: Mapping[str, Any]) -> None:
    """Take ``{"layers": 3}``, ``{"layer": 1, "units": 5}`` or ``{"feature": "x1sq"}``; the rest changes nothing."""
    if "feature" in change:
        _toggle_feature(change["feature"])
    elif "layer" in change:
        _widen(change["layer"], change.get("units"))
    elif _is_whole(change.get("layers"), 0, MAX_HIDDEN_LAYERS):
        resize(change["layers"])


def _toggle_feature(name: Any) -> None:
    features = set(chosen.values()["features"]) ^ {name}
    if name in choices("features"):
        chosen.choose_text("features", ",".join(each for each in choices("features") if each in features))


def _widen(layer: Any, units: Any) -> None:
    low, high = bounds("hidden")
    if _is_whole(layer, 1, len(chosen.values()["hidden"])) and _is_whole(units, low, high):
        widen(layer - 1, units)


def _is_whole(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
