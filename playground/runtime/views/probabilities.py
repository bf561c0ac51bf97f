"""How sure the network is of each class over the plane, its logits, and its boundary as points.

The probabilities themselves come with every frame; only what a frame lacks is computed here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from playground.core import heads
from playground.runtime.messages import Show
from playground.runtime.quantised import as_bytes, largest
from playground.runtime.snapshot import Snapshot

Packed = tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]

TIES = "ties"
LOGITS = "logits"
TINY = 1e-6
"""Least span of a scale: a network of zeros has one, too."""
NOTES = {
    "sigmoids": "Each class has a sigmoid of its own: the probabilities need not add up to 1.",
    "tanh": "A tanh output is no probability: (output + 1) / 2 is shown.",
    "linear": "A linear output is no probability: it is cut off at 0 and 1.",
    "softmax1": "Softmax over one unit is always 1.",
}


def view(snapshot: Snapshot, show: Show) -> Packed:
    """The view of the probabilities.

    `show.option` is any of "probabilities" (nothing but a note, the maps come with the frames), "logits" and "ties",
    joined by "+".

    Returns
    -------
    header
        `note`, what is to be said of this kind of output's probabilities; the range `x1`, `x2`. With "logits": `lo`
        and `hi`, common to all classes. With "ties": `ties`, the number of boundary points.
    arrays
        With "logits": `logits` (units, n, n) uint8 between `lo` and `hi`, `lines` (m, 2) float32 as in a frame. With
        "ties": `points` (m, 2) float64, `classes` (m, 2) int32, `differences` (m,) float64 in logits.
    """
    experiment = snapshot.experiment
    if experiment.data.task == "regression":
        return {"note": "A regression has no class probabilities: this is its output over the plane."}, {}
    wanted = show.option.split("+")
    header: dict[str, Any] = {"note": _note(snapshot, wanted), "x1": snapshot.x1, "x2": snapshot.x2}
    arrays: dict[str, npt.NDArray[Any]] = {}
    for piece in (_logits, _ties):
        more, found = piece(snapshot, wanted)
        header |= more
        arrays |= found
    return header, arrays


def _note(snapshot: Snapshot, wanted: list[str]) -> str:
    experiment = snapshot.experiment
    if LOGITS in wanted:
        return ""
    if experiment.output == "linear" and heads.has_signed_targets(experiment.data, experiment.model):
        return "A linear output is no probability: (output + 1) / 2 is shown, cut off at 0 and 1."
    return NOTES.get(experiment.output, "")


def _logits(snapshot: Snapshot, wanted: list[str]) -> Packed:
    if LOGITS not in wanted:
        return {}, {}
    place = snapshot.program, snapshot.experiment, snapshot.weights, snapshot.x1, snapshot.x2
    maps = snapshot.engine.logit_maps(*place)
    lo, hi = _span(maps)
    lines = snapshot.engine.view_boundary(*place).lines
    return {"lo": lo, "hi": hi}, {"logits": as_bytes(maps, lo, hi), "lines": lines}


def _span(maps: npt.NDArray[np.float32]) -> tuple[float, float]:
    """The scale of all maps: about 0, where the decision changes, for one unit; else from the least to the greatest."""
    if len(maps) == 1:
        reach = max(largest(maps), TINY)
        return -reach, reach
    finite = maps[np.isfinite(maps)]
    lo, hi = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
    return lo, max(hi, lo + TINY)


def _ties(snapshot: Snapshot, wanted: list[str]) -> Packed:
    if TIES not in wanted:
        return {}, {}
    found = snapshot.engine.boundary_ties(
        snapshot.program, snapshot.experiment, snapshot.weights, snapshot.x1, snapshot.x2
    )
    arrays = {"points": found.points, "classes": found.classes.astype(np.int32), "differences": found.differences}
    return {"ties": len(found.points)}, arrays
