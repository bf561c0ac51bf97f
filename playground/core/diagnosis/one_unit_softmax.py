"""A softmax over one unit."""

from __future__ import annotations

import numpy as np

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import own_score
from playground.core.rounding import OF_FLOAT32


def one_unit_softmax(evidence: Evidence) -> Finding | None:
    """The output is a softmax over one unit, and every probability is 1."""
    if evidence.experiment.output != "softmax1" or not bool((np.abs(evidence.values - 1) <= OF_FLOAT32).all()):
        return None
    one = evidence.experiment.data.class_names[-1]
    return Finding(
        kind="one_unit_softmax",
        sentence="Softmax shares 1 among the output units. There is only one, so it always gets all of it: the network "
        f"says {one} everywhere, even while the loss falls.",
        figure=f"P({one}) is 1 for all {len(evidence.y)} training points; {own_score(evidence):.0%} of them are of "
        f"{one}, and that is the accuracy.",
        advice="Use a sigmoid for one unit, or softmax with a unit for each class.",
        chart="boundary",
        change={"output": "sigmoid"},
    )
