"""What may change while a network trains, named once."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Rates:
    """The base learning rate and the two penalties."""

    learning_rate: float
    l1: float
    l2: float


RATE_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Rates))
"""The names of the knobs that may change while a network trains."""
