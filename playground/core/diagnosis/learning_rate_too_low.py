"""Steps in the right direction that are far too short."""

from __future__ import annotations

import numpy as np

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import column, falls_short, greatest, pull, rate_times, rises, window
from playground.core.rounding import OF_FLOAT32

RISES = 0.1
SLOW = 0.02
"""Share of its loss that a network may lose over the window and still be slow."""
SHORT = 3e-3
"""Share of their size by which the weights may move in an epoch and still move too little."""
PULL = 0.12
"""From this pull on the gradient shows a way down; see `measures.pull`."""


def learning_rate_too_low(evidence: Evidence) -> Finding | None:
    """The loss falls epoch by epoch but hardly, if only by rounding, though the gradient pulls: weights barely move."""
    recent = window(column(evidence, "loss"))
    if recent is None or not np.isfinite(recent).all() or not falls_short(evidence):
        return None
    fallen = float(1 - recent[-1] / recent[0])
    moved = greatest(evidence.looks[-1].signals.update_ratios)
    if rises(recent).mean() > RISES or not -OF_FLOAT32 <= fallen < SLOW or moved >= SHORT or pull(evidence) < PULL:
        return None
    fallen = max(fallen, 0.0)
    rate = rate_times(evidence, 10)
    return Finding(
        kind="learning_rate_too_low",
        sentence="The loss falls steadily but hardly: the network knows which way to go and takes tiny steps.",
        figure=f"In the last {len(recent) - 1} epochs the loss fell by {fallen:.2%}; the weights move by at most "
        f"{moved:.2%} of their size in an epoch.",
        advice=f"Multiply the learning rate by 10, to {rate}.",
        chart="update_ratios",
        change={"learning_rate": rate},
    )
