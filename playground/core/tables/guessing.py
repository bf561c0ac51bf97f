"""What a table is probably about, until someone says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playground.core.tables.column import Column
from playground.core.tables.tasks import tasks_of

USUAL_INPUTS = 2


@dataclass(frozen=True)
class Guess:
    """A target and inputs, by name: none where no column will do."""

    target: str | None
    inputs: tuple[str, ...]


def guess_of(columns: Sequence[Column]) -> Guess:
    """The last column that can be a target, and the first two others that are numbers."""
    targets = [column.name for column in columns if tasks_of(column.values[column.filled])]
    target = targets[-1] if targets else None
    numbers = [column.name for column in columns if column.kind == "number" and column.name != target]
    return Guess(target, tuple(numbers[:USUAL_INPUTS]))
