"""One class for everything."""

from __future__ import annotations

import numpy as np

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import calls_one_class, column, epoch, greatest_class, link_number, own_score
from playground.core.parts import MAX_UNITS, Model

EARLIEST = 20
LASTING = 10
"""Epochs over which the accuracy must have been that of one class."""
PENALTY = 0.03
"""Rate from which an L1 or L2 penalty is the first thing to doubt."""


def collapsed(evidence: Evidence) -> Finding | None:
    """All training points are called one class, and have been for a while, though there are more classes."""
    if evidence.experiment.data.task == "regression" or epoch(evidence) < EARLIEST:
        return None
    if not calls_one_class(evidence) or len(np.unique(evidence.y)) == 1 or not _has_lasted(evidence):
        return None
    (place, _), own = greatest_class(evidence), own_score(evidence)
    name = evidence.experiment.data.class_names[place]
    rare = own > 1.5 / evidence.experiment.data.n_classes
    advice, change = _cure(evidence.experiment.model)
    return Finding(
        kind="collapsed",
        sentence="The network calls every point the same class."
        + (" Most points are of that class, so its accuracy looks better than it is." if rare else ""),
        figure=f"All {len(evidence.y)} training points are called {name}; {own:.0%} of them are.",
        advice=advice,
        chart="boundary",
        change=change,
    )


def _cure(model: Model) -> tuple[str, dict[str, str]]:
    """Less of what holds the weights at 0, else more to fence a class in with."""
    if max(model.l1, model.l2) >= PENALTY:
        penalties = {"l1": link_number(model.l1 / 10), "l2": link_number(model.l2 / 10)}
        return "Divide the penalty on the weights by 10: it holds them near 0.", penalties
    if not model.hidden:
        return "Add a hidden layer, so that a class can be fenced in.", {"hidden": "8", "activation": "tanh"}
    wider = ",".join(str(min(2 * units, MAX_UNITS)) for units in model.hidden)
    return "Train on for a while; if nothing changes, give it more units.", {"hidden": wider}


def _has_lasted(evidence: Evidence) -> bool:
    accuracy = column(evidence, "accuracy")[-LASTING:]
    return bool(np.ptp(accuracy) < 1e-6)
