"""One class for everything."""

from __future__ import annotations

import numpy as np

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import column, epoch, greatest_class, own_score

EARLIEST = 20
LASTING = 10
"""Epochs over which the accuracy must have been that of one class."""


def collapsed(evidence: Evidence) -> Finding | None:
    """All training points are called one class, and have been for a while, though there are more classes."""
    if evidence.experiment.data.task == "regression" or epoch(evidence) < EARLIEST:
        return None
    (name, share), own = greatest_class(evidence), own_score(evidence)
    if share < 1 or own == 1 or not _has_lasted(evidence):
        return None
    rare = own > 1.5 / evidence.experiment.data.n_classes
    return Finding(
        kind="collapsed",
        sentence="The network calls every point the same class."
        + (" Most points are of that class, so its accuracy looks better than it is." if rare else ""),
        figure=f"All {len(evidence.y)} training points are called class {name}; {own:.0%} of them are.",
        advice="Add a hidden layer, so that the rarer class can be fenced in, and train on."
        if rare and not evidence.experiment.model.hidden
        else "Start with new weights, or give the network more units.",
        chart="boundary",
        change=_change(evidence),
    )


def _has_lasted(evidence: Evidence) -> bool:
    accuracy = column(evidence, "accuracy")[-LASTING:]
    return bool(np.ptp(accuracy) < 1e-6)


def _change(evidence: Evidence) -> dict[str, str]:
    hidden = evidence.experiment.model.hidden
    if not hidden:
        return {"hidden": "8", "activation": "tanh"}
    return {"hidden": ",".join(str(min(2 * units, 128)) for units in hidden)}
