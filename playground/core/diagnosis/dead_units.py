"""Relu units that are 0 for every training point."""

from __future__ import annotations

import numpy as np

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import falls_short, gets_on, greatest, rate_times

MANY = 0.5
"""Share of a layer's units."""
DIED = 0.25
"""By how much that share must have grown in training for the steps to be the cause."""


def dead_units(evidence: Evidence) -> Finding | None:
    """At least half of a relu layer is dead, and the network neither has learned nor gets on; or all of it is."""
    dead = evidence.looks[-1].signals.dead
    share = greatest(dead)
    if share < MANY or not falls_short(evidence) or (share < 1 and gets_on(evidence)):
        return None
    layer = int(np.nanargmax(dead))
    advice, change = _cure(evidence, died=share - evidence.looks[0].signals.dead[layer] >= DIED)
    units = evidence.experiment.model.hidden[layer]
    return Finding(
        kind="dead_units",
        sentence="Relu units have died: they put out 0 for every training point, so no gradient reaches them and they "
        "stay that way.",
        figure=f"In hidden layer {layer + 1}, {round(dead[layer] * units)} of {units} units are 0 for all training "
        "points.",
        advice=advice,
        chart="dead",
        change=change,
    )


def _cure(evidence: Evidence, died: bool) -> tuple[str, dict[str, str]]:
    """Shorter steps for units that died in training; an activation that cannot die for those that never lived."""
    if died:
        rate = rate_times(evidence, 0.1)
        return f"Too long a step kills units: divide the learning rate by 10, to {rate}, and start again.", {
            "learning_rate": rate
        }
    names = evidence.experiment.model.activation
    leaky = ",".join("leaky_relu" if name == "relu" else name for name in names)
    return "Use leaky relu, whose units cannot die, and start again.", {"activation": leaky}
