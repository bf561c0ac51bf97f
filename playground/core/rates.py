"""What may change while a network trains, named once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rates:
    """The base learning rate and the two penalties."""

    learning_rate: float
    l1: float
    l2: float
