"""Rules that join fields of the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playground.core.datasets._registry import RECORDS

if TYPE_CHECKING:
    from playground.core.parts import Data


def data_disagreements(data: Data) -> Iterator[tuple[str, str]]:
    """Yield (field to blame, sentence that states the rule and the value) for each rule broken within the data."""
    record = RECORDS[data.dataset]
    if record.given:
        yield from record.rules(data)
        return
    most = record.max_classes or data.n_classes
    if data.n_classes > most:
        yield "classes", f"classes must be in [2, {most}] for {data.dataset}. Got {data.classes}."
    yield from record.rules(data)
