"""Inputs far from unit scale, and a network that suffers from them."""

from __future__ import annotations

from playground.core.datasets import RECORDS
from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import (
    calls_one_class,
    epoch,
    falls_short,
    greatest,
    has_diverged,
    input_size,
    is_stuck,
)

FAR = 6.0
"""Root mean square from which inputs are far from unit scale; TensorFlow Playground's sets have about 3."""
SATURATED = 0.5
EARLIEST = 5


def unscaled_inputs(evidence: Evidence) -> Finding | None:
    """Inputs are large, and the loss diverged, or units are saturated or dead, or all points are called one class."""
    size = input_size(evidence)
    if evidence.experiment.standardizes or size < FAR:
        return None
    trouble = _trouble(evidence)
    if trouble is None:
        return None
    return Finding(
        kind="unscaled_inputs",
        sentence="The inputs are large numbers. They drive the units to their flat ends, or make each step far too "
        "long, so little can be learned.",
        figure=f"The inputs are about {size:.0f} in size, where about 1 is good; {trouble}.",
        advice="Standardise the inputs.",
        chart="saturated",
        change={"scaled" if RECORDS[evidence.experiment.data.dataset].tabular else "standardize": "true"},
    )


def _trouble(evidence: Evidence) -> str | None:
    """What the large inputs have done, in words; None when the network copes."""
    if has_diverged(evidence):
        return "the loss has exploded"
    if epoch(evidence) < EARLIEST or not falls_short(evidence):
        return None
    saturated = max(greatest(look.signals.saturated) for look in evidence.looks)
    if saturated >= SATURATED:
        return f"{saturated:.0%} of a layer's units are saturated"
    dead = greatest(evidence.looks[-1].signals.dead)
    if dead >= SATURATED:
        return f"{dead:.0%} of a layer's units are dead"
    of_classes = evidence.experiment.data.task == "classification"
    if of_classes and calls_one_class(evidence):
        return "every point is called the same class"
    return "the loss does not move" if is_stuck(evidence) else None
