"""Depth and width: what an axis may say of the hidden layers without naming each one's units."""

from __future__ import annotations

from collections.abc import Mapping

from playground.core import query, words
from playground.core.experiment import Experiment
from playground.core.layers import resized
from playground.core.parts import MAX_HIDDEN_LAYERS, MAX_UNITS

DEPTH, WIDTH = "depth", "width"
SCHEMAS: Mapping[str, words.Schema] = {
    DEPTH: {"type": "integer", "minimum": 0, "maximum": MAX_HIDDEN_LAYERS},
    WIDTH: {"type": "integer", "minimum": 1, "maximum": MAX_UNITS},
}
"""They are no knobs of an experiment, but of an axis: `depth` is how many hidden layers, `width` the units of each."""


def shaped(base: Experiment, depth: int | None, width: int | None) -> dict[str, str]:
    """What a link of `base` says differently for so many hidden layers, and then so many units in each.

    The first layers keep their units, new ones are as wide as the last. Activations that are one a layer follow.
    """
    hidden, activation = base.model.hidden, base.model.activation
    if depth is not None:
        hidden, activation = resized(hidden, activation, depth)
    if width is not None:
        hidden = (width,) * len(hidden)
    return {"hidden": query.text_of(hidden), "activation": query.text_of(activation)}
