"""The learning rate of each epoch."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from playground.core.parts import Train

LARGEST = 3.4e38
"""Growth ends here: float32, which trains, holds no larger rate."""


def _constant(train: Train, epoch: int) -> float:
    return 1.0


def _exponential(train: Train, epoch: int) -> float:
    return _power(train.schedule_factor, epoch / train.schedule_epochs)


def _step(train: Train, epoch: int) -> float:
    return _power(train.schedule_factor, epoch // train.schedule_epochs)


def _cosine(train: Train, epoch: int) -> float:
    return (1 + math.cos(math.pi * min(epoch / train.epochs, 1))) / 2


def _power(base: float, exponent: float) -> float:
    try:
        return float(base**exponent)
    except OverflowError:
        return LARGEST


SCHEDULES: Mapping[str, Callable[[Train, int], float]] = {
    "constant": _constant,
    "exponential": _exponential,
    "step": _step,
    "cosine": _cosine,
}
"""Each schedule as the share of `learning_rate` in use at an epoch."""


def learning_rate_at(train: Train, epoch: int) -> float:
    """The rate that trains the step from `epoch` to `epoch` + 1 (0, 1, …)."""
    return min(train.learning_rate * SCHEDULES[train.schedule](train, epoch), LARGEST)
