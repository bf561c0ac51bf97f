"""How a run that has ended stands: its best epoch, one thing to try, and whether it can go on for longer."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core import knobs
from playground.core.diagnosis.evidence import Attainable, Evidence
from playground.core.diagnosis.overfitting import overfitting
from playground.core.experiment import Experiment
from playground.core.history import CURVES

Reason: TypeAlias = Literal["finished", "early_stopping", "diverged", "worn"]
"""Why there is nothing more to train; worn is a run that has used up its time."""

LATELY = 0.1
"""The share of a run over which it is asked whether the loss still falls,"""
FALLING = 0.01
"""and by which share of itself it must have fallen then."""
ROUND = (1, 2, 5)
MOST_EPOCHS = int(knobs.bounds("epochs")[1])

Floats = NDArray[np.floating]


def advice_of(experiment: Experiment, curves: Floats) -> str:
    """One thing to try after the run of these curves; empty where the loss is no number any more."""
    losses = curves[:, CURVES.index("val_loss")].astype(np.float64)
    if not np.isfinite(curves[:, [CURVES.index("loss"), CURVES.index("val_loss")]]).all():
        return ""
    # The rule looks at the curves alone.
    nothing = np.empty((0, 0))
    found = overfitting(Evidence(experiment, curves, (), nothing, nothing, nothing, Attainable(1.0, 1.0)))
    if found is not None:
        return f"{found.sentence} {found.advice}"
    part = experiment.data.watched
    if _still_falls(losses):
        return f"The {part} loss still falls: more epochs may bring it further down."
    return f"The {part} loss has settled: more epochs would change little. Change the network, its inputs or a rate."


def more_epochs(experiment: Experiment, ended: Reason) -> int:
    """How many epochs to offer to a run that has ended; 0 where it cannot go on."""
    if why_no_more(experiment, ended):
        return 0
    epochs = experiment.train.epochs
    return min(_round_number_up_to(epochs), MOST_EPOCHS - epochs)


def why_no_more(experiment: Experiment, ended: Reason) -> str:
    """Why more epochs would not make it the run that the larger number gives from the start; empty where they would."""
    match ended:
        case "diverged":
            return "A run whose loss is no number any more cannot go on."
        case "early_stopping":
            return "Early stopping has ended it: with more epochs it would end here too."
        case "worn":
            return "It has used up its time."
    if experiment.train.epochs >= MOST_EPOCHS:
        return f"A run has at most {MOST_EPOCHS:,} epochs."
    if not experiment.may_have_more_epochs:
        return "Its cosine schedule spreads over all epochs: with more of them it would have been another run."
    return ""


def _still_falls(losses: NDArray[np.float64]) -> bool:
    lately = max(round(LATELY * len(losses)), 1)
    before = losses[:-lately]
    return len(before) > 0 and bool(losses[-lately:].min() < (1 - FALLING) * before.min())


def _round_number_up_to(most: int) -> int:
    """The largest of 1, 2, 5, 10, 20, 50, … that is not above `most`, which is at least 1."""
    tens = int(10 ** (len(str(most)) - 1))
    return max(first * tens for first in ROUND if first * tens <= most)
