"""The loss is no longer a number."""

from __future__ import annotations

import math

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import column, epoch, has_diverged, rate_times


def diverged(evidence: Evidence) -> Finding | None:
    """The loss, or val_loss, is nan or infinite, or ten thousand times what it was."""
    if not has_diverged(evidence):
        return None
    rate = rate_times(evidence, 0.1)
    return Finding(
        kind="diverged",
        sentence="The loss has exploded: each step overshot further than the one before, until the numbers ran out.",
        figure=f"The loss was {column(evidence, 'loss')[0]:.3g} before training and is "
        f"{_number(column(evidence, 'loss')[-1])} at epoch {epoch(evidence)}.",
        advice=f"Divide the learning rate by 10, to {rate}, and start again.",
        chart="loss",
        change={"learning_rate": rate},
    )


def _number(loss: float) -> str:
    if math.isnan(loss):
        return "not a number"
    return f"{loss:.3g}" if math.isfinite(loss) else "infinite"
