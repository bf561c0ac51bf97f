"""Learning the training points by heart."""

from __future__ import annotations

import numpy as np

from playground.core.diagnosis.evidence import Evidence, Floats
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import column, link_number

LARGEST_PENALTY = 10.0
SMOOTHED = 5
"""Epochs of the running median that takes the jumps out of val_loss."""
SINCE = 10
"""Fewest epochs since the turn."""
RISEN, RISEN_OF_FIRST = 0.25, 0.05
"""How far val_loss must have risen: as a share of its least and of its first value."""
FALLEN = 0.1
"""How far the training loss must have fallen since, as a share."""


def overfitting(evidence: Evidence) -> Finding | None:
    """val_loss turned and has risen clearly since, while the training loss went on falling."""
    losses, val_losses = _smooth(column(evidence, "loss")), _smooth(column(evidence, "val_loss"))
    if len(losses) <= SINCE or not (np.isfinite(losses).all() and np.isfinite(val_losses).all()):
        return None
    turn = int(val_losses.argmin())
    least, last = val_losses[turn], val_losses[-1]
    if len(losses) - 1 - turn < SINCE or last - least < max(RISEN * least, RISEN_OF_FIRST * val_losses[0]):
        return None
    if losses[-1] > (1 - FALLEN) * losses[turn]:
        return None
    penalty = link_number(min(max(0.01, 3 * evidence.experiment.model.l2), LARGEST_PENALTY))
    since = int(column(evidence, "epoch")[_least_about(column(evidence, "val_loss"), turn)])
    return Finding(
        kind="overfitting",
        sentence=f"Since about epoch {since} the network learns the training points by heart: it gets better on them "
        "and worse on points it has not seen.",
        figure=f"Since epoch {since} the {evidence.experiment.data.watched} loss rose from about {least:.3g} to "
        f"{last:.3g} while the training loss fell from {losses[turn]:.3g} to {losses[-1]:.3g}.",
        advice=f"Hold the weights small with L2 {penalty}, take more training points, or stop training there.",
        chart="loss",
        change={"l2": penalty},
    )


def _least_about(values: Floats, turn: int) -> int:
    """Where the least of the values is among those that the running median at `turn` was taken of."""
    start = max(turn - SMOOTHED // 2, 0)
    return start + int(values[start : turn + SMOOTHED // 2 + 1].argmin())


def _smooth(values: Floats) -> Floats:
    """The running median over SMOOTHED epochs, shorter at the ends."""
    half = SMOOTHED // 2
    padded = np.pad(values, half, mode="edge")
    medians: Floats = np.median(np.lib.stride_tricks.sliding_window_view(padded, SMOOTHED), axis=-1)
    return medians
