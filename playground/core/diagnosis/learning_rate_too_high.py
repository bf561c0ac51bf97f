"""Steps that overshoot: the loss jumps up and down."""

from __future__ import annotations

import numpy as np

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import JUMPY, column, falls_short, gets_on, rate_times, rises, window

RISES = 0.3
"""Share of the epochs in which the loss must rise."""
JUMP = 0.1
"""By how much the loss must rise in a mean epoch, counting falls as 0, as a share of its median."""
STILL_HIGH = 0.4
"""Share of the first loss that a network which answers well enough must still have."""


def learning_rate_too_high(evidence: Evidence) -> Finding | None:
    """Over the last epochs the loss often rises, and by much, without progress; and the network has not learned."""
    losses = column(evidence, "loss")
    recent = window(losses, JUMPY)
    if recent is None or not np.isfinite(recent).all():
        return None
    steps, middle = np.diff(recent), float(np.median(recent))
    risen, jump = steps[rises(recent)], float(np.maximum(steps, 0).mean() / max(middle, 1e-12))
    if len(risen) < RISES * len(steps) or jump < JUMP or gets_on(evidence):
        return None
    if not (falls_short(evidence) or middle >= STILL_HIGH * losses[0]):
        return None
    rate = rate_times(evidence, 0.1)
    return Finding(
        kind="learning_rate_too_high",
        sentence="The loss jumps up and down instead of falling: the steps are so long that they overshoot the valley.",
        figure=f"In the last {len(steps)} epochs the loss rose {len(risen)} times, and by "
        f"{risen.mean() / middle:.0%} on average.",
        advice=f"Divide the learning rate by 10, to {rate}.",
        chart="loss",
        change={"learning_rate": rate},
    )
