"""How sure the network is of each class over the plane, its logits, and its boundary as points.

The probabilities themselves come with every frame; only what a frame lacks is computed here.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import with_config

from playground.core import heads
from playground.runtime.protocol.server import EXACTLY, Array, Interval, ViewHeader
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views.answer import Looked, answers
from playground.runtime.views.quantised import as_bytes, largest
from playground.runtime.views.snapshot import Snapshot

TINY = 1e-6
"""Least span of a scale: a network of zeros has one, too."""
NOTES = {
    "sigmoids": "Each class has a sigmoid of its own: the probabilities need not add up to 1.",
    "tanh": "A tanh output is no probability: (output + 1) / 2 is shown.",
    "linear": "A linear output is no probability: it is cut off at 0 and 1.",
    "softmax1": "Softmax over one unit is always 1.",
}


class ProbabilitiesOptions(ViewOptions):
    """What is wanted besides the probabilities, which come with the frames."""

    name: Literal["probabilities"] = "probabilities"
    logits: bool = False
    ties: bool = False


@with_config(EXACTLY)
class ProbabilitiesHeader(ViewHeader, total=False):
    """`note`, what is to be said of this kind of output's probabilities, and the visible range.

    With logits `lo` and `hi`, common to all classes; with ties their number.
    """

    note: str
    x1: Interval
    x2: Interval
    lo: float
    hi: float
    ties: int


ARRAYS = {
    "logits": Array("uint8", ("units", "n", "n"), optional=True),
    "lines": Array("float32", ("vertices", 2), optional=True),
    "points": Array("float64", ("ties", 2), optional=True),
    "classes": Array("int32", ("ties", 2), optional=True),
    "differences": Array("float64", ("ties",), optional=True),
}


@answers(ProbabilitiesOptions, ProbabilitiesHeader, ARRAYS)
def look(snapshot: Snapshot, options: ProbabilitiesOptions) -> Looked:
    """The view of the probabilities.

    The arrays are `logits` as bytes between `lo` and `hi`, `lines` as in a frame; `points` of the boundary, their
    `classes` and their `differences` in logits.
    """
    experiment = snapshot.experiment
    if experiment.data.task == "regression":
        return {"note": "A regression has no class probabilities: this is its output over the plane."}, {}
    header: dict[str, Any] = {"note": "" if options.logits else _note(snapshot), "x1": snapshot.x1, "x2": snapshot.x2}
    arrays: dict[str, npt.NDArray[Any]] = {}
    for piece in [_logits] * options.logits + [_ties] * options.ties:
        more, found = piece(snapshot)
        header |= more
        arrays |= found
    return header, arrays


def _note(snapshot: Snapshot) -> str:
    experiment = snapshot.experiment
    if experiment.output == "linear" and heads.has_signed_targets(experiment.data, experiment.model):
        return "A linear output is no probability: (output + 1) / 2 is shown, cut off at 0 and 1."
    return NOTES.get(experiment.output, "")


def _logits(snapshot: Snapshot) -> Looked:
    network, plane = snapshot.network, (snapshot.x1, snapshot.x2)
    maps = network.logit_maps(*plane)
    lo, hi = _span(maps)
    return {"lo": lo, "hi": hi}, {"logits": as_bytes(maps, lo, hi), "lines": network.boundary(*plane).lines}


def _span(maps: npt.NDArray[np.float32]) -> tuple[float, float]:
    """The scale of all maps: about 0, where the decision changes, for one unit; else from the least to the greatest."""
    if len(maps) == 1:
        reach = max(largest(maps), TINY)
        return -reach, reach
    finite = maps[np.isfinite(maps)]
    lo, hi = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
    return lo, max(hi, lo + TINY)


def _ties(snapshot: Snapshot) -> Looked:
    found = snapshot.network.ties(snapshot.x1, snapshot.x2)
    classes = found.classes.astype(np.int32)
    return {"ties": len(found.points)}, {"points": found.points, "classes": classes, "differences": found.differences}
