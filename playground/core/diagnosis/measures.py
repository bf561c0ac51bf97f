"""What the rules share: progress of the loss, and how good the network is beside what is possible."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from playground.core.diagnosis.evidence import Evidence, Floats, score
from playground.core.evaluation import predicted_classes
from playground.core.history import CURVES
from playground.core.rounding import OF_FLOAT32
from playground.core.signals import Signals

SHORTEST, LONGEST = 10, 100
"""Epochs of the window that the rules of progress look back over: a quarter of the run, within these bounds."""
JUMPY = 20
"""Fewest epochs for a judgement on a loss that jumps."""
PROGRESS = 0.93
"""The least loss of the window, as a share of the least before, up to which a network gets on."""
LARGEST_RATE = 100.0
GOOD = 0.97
"""From this share right (or R²) on a network has learned, whatever else is possible."""


def column(evidence: Evidence, name: str) -> Floats:
    """One of `CURVES`, (n,) float64."""
    return np.asarray(evidence.curves[:, CURVES.index(name)], np.float64)


def epoch(evidence: Evidence) -> int:
    """The epoch shown."""
    return int(evidence.curves[-1, 0])


def window(losses: Floats, shortest: int = SHORTEST) -> Floats | None:
    """The loss over the last quarter of the run, `shortest` to LONGEST epochs; None of a shorter run."""
    if len(losses) <= shortest:
        return None
    return losses[-1 - int(np.clip(len(losses) // 4, shortest, LONGEST)) :]


def rises(losses: Floats) -> NDArray[np.bool_]:
    """Whether the loss rose, by more than rounding, from each epoch to the next; (n - 1,)."""
    return np.diff(losses) > OF_FLOAT32 * np.abs(losses[:-1])


def has_diverged(evidence: Evidence) -> bool:
    """Whether the loss is no longer a number, or has exploded on its way there."""
    both = evidence.curves[:, [CURVES.index("loss"), CURVES.index("val_loss")]]
    return not np.isfinite(both).all() or bool(both[-1, 0] > 1e4 * max(both[0, 0], 1.0))


def own_score(evidence: Evidence) -> float:
    """The network's share of right training points, or its R²; where it was not asked, by its curves, or nan."""
    if not len(evidence.values):
        return float(column(evidence, "accuracy")[-1])
    return score(evidence.values, evidence.y, evidence.experiment.data.task)


def possible_score(evidence: Evidence) -> float:
    """What is surely possible: the better of neighbours and line, less two standard errors of a share near 1."""
    return max(evidence.attainable) - 0.02 - 0.5 / math.sqrt(len(evidence.y))


def falls_short(evidence: Evidence) -> bool:
    """Whether the network is clearly worse than possible on the points it trains on."""
    return own_score(evidence) < min(GOOD, possible_score(evidence))


def is_stuck(evidence: Evidence, within: float = 0.02) -> bool:
    """Whether the loss stayed within a share of itself over the window."""
    recent = window(column(evidence, "loss"))
    return recent is not None and bool(np.ptp(recent) <= within * abs(np.median(recent)))


def gets_on(evidence: Evidence) -> bool:
    """Whether what is learned outweighs the jumps of the loss; True as long as that cannot be told.

    The least loss of the window must be clearly below the least before, and three quarters of the window's losses
    below the middle one of as many epochs before: a record alone may be luck.
    """
    losses = column(evidence, "loss")
    recent = window(losses, JUMPY)
    if recent is None or len(losses) == len(recent):
        return True
    before = losses[: -len(recent)]
    lower = np.quantile(recent, 0.75) < np.median(before[-len(recent) :])
    return bool(lower and recent.min() < PROGRESS * before.min())


def pull(evidence: Evidence) -> float:
    """How strongly the gradient pulls: ‖gradient‖·‖weights‖ / loss. About 1 in a fresh network, near 0 at rest.

    To first order it is the share of its loss that a network would lose, were its weights to move by their own size.
    """
    signals = evidence.looks[-1].signals
    product = np.linalg.norm(signals.gradient_norms) * np.linalg.norm(signals.weight_norms)
    return float(product / max(column(evidence, "loss")[-1], 1e-12))


def first_to_greatest_gradient(signals: Signals) -> float:
    """The gradient of the first layer as a share of the greatest one of the later layers; nan without these."""
    later = signals.gradient_norms[1:]
    return float(signals.gradient_norms[0] / later.max()) if len(later) and later.max() > 0 else math.nan


def greatest(shares: Floats) -> float:
    """The greatest of the numbers that are known; 0 when none is."""
    known = shares[np.isfinite(shares)]
    return float(known.max()) if len(known) else 0.0


def input_size(evidence: Evidence) -> float:
    """The root mean square of the largest column of the network's inputs: 1 when they are standardised."""
    return float(np.sqrt(np.square(evidence.inputs.astype(np.float64)).mean(axis=0)).max())


def greatest_class(evidence: Evidence) -> tuple[int, int]:
    """The class that the network calls most of the points, and how many."""
    counts = np.bincount(predicted_classes(evidence.values))
    return int(counts.argmax()), int(counts.max())


def calls_one_class(evidence: Evidence) -> bool:
    """Whether all points are called the same class."""
    return greatest_class(evidence)[1] == len(evidence.y)


def what_is_right(evidence: Evidence, share: float) -> str:
    """A score in words."""
    if evidence.experiment.data.task == "regression":
        return f"explains {max(share, 0):.0%} of the targets' variance"
    return f"is right on {share:.0%} of the training points"


def rate_times(evidence: Evidence, factor: float) -> str:
    """The base learning rate in use times a factor, as a link has it; at most the largest that a link may ask for."""
    return link_number(min(factor * evidence.experiment.train.learning_rate, LARGEST_RATE))


def link_number(value: float) -> str:
    """A number as a link has it, to two digits."""
    return f"{float(f'{value:.2g}'):g}"
