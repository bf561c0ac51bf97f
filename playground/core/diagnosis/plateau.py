"""A network at rest that has not learned."""

from __future__ import annotations

import numpy as np

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import (
    column,
    epoch,
    falls_short,
    is_stuck,
    own_score,
    pull,
    what_is_right,
    window,
)
from playground.core.parts import MAX_UNITS

EARLIEST = 50
WITHIN = 0.01
"""Share of itself within which the loss has stayed over the window."""
WEAK, WEAKENED = 0.15, 0.3
"""Pull of the gradient, or its norm as a share of the untrained network's, up to which the network is at rest."""


def plateau(evidence: Evidence) -> Finding | None:
    """The loss does not move, the gradient is small, and the network has not learned."""
    recent = window(column(evidence, "loss"))
    if recent is None or epoch(evidence) < EARLIEST or not (is_stuck(evidence, WITHIN) and falls_short(evidence)):
        return None
    first, now = (float(np.linalg.norm(evidence.looks[at].signals.gradient_norms)) for at in (0, -1))
    if pull(evidence) > WEAK and now > WEAKENED * first:
        return None
    hidden = evidence.experiment.model.hidden
    return Finding(
        kind="plateau",
        sentence="The network is on a plateau: for a while it has hardly improved, though better answers exist.",
        figure=f"In the last {len(recent) - 1} epochs the loss stayed between {recent.min():.4g} and "
        f"{recent.max():.4g}, and the network {what_is_right(evidence, own_score(evidence))}.",
        advice="Train on for a while; if nothing moves, give it more units." if hidden else "Add a hidden layer.",
        chart="loss",
        change={"hidden": ",".join(str(min(max(2 * units, 8), MAX_UNITS)) for units in hidden) or "8"},
    )
