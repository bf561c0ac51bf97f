"""How a search is seen: all its trials in one frame."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.core import query
from playground.core.history import FIGURES
from playground.core.search import STATES, Ledger, Record
from playground.runtime.protocol.packing import pack
from playground.runtime.protocol.search import TrialsFrame
from playground.runtime.protocol.server import Standing


class TrialsPainter:
    """Packs the frames of a search, and knows which links its page has."""

    def __init__(self) -> None:
        self._links = 0

    def forget(self) -> None:
        """Another page looks, which has none."""
        self._links = 0

    def paint(self, ledger: Ledger, standing: Standing, seconds: float, importance: dict[str, float]) -> bytes:
        """The frame of how the search is now."""
        records, first = ledger.records, self._links
        self._links = len(records)
        header = TrialsFrame(
            type="trials",
            state=standing["state"],
            message=standing["message"],
            last_epoch=standing["last_epoch"],
            seconds=seconds,
            counts=ledger.counts(),
            best=ledger.best,
            links_start=first,
            links=[record.trial.link for record in records[first:]],
            importance=importance,
        )
        if standing.get("held"):
            header["held"] = True
        return pack(header, _arrays(ledger))


def _arrays(ledger: Ledger) -> dict[str, Any]:
    records, seeds = ledger.records, ledger.search.seeds
    values = np.array([_values(ledger, record) for record in records])
    figures = np.array([record.figures for record in records])
    with np.errstate(over="ignore"):  # a diverging loss may leave float32
        narrow = figures.astype(np.float32)
    return {
        "values": values.reshape(len(records), len(ledger.search.ranges)).astype(np.float64),
        "states": np.array([STATES.index(record.state) for record in records], np.uint8),
        "epochs": np.array([record.epoch for record in records], np.int32),
        "figures": narrow.reshape(len(records), seeds, len(FIGURES)),
        "bests": np.array([-1 if best is None else best for best in ledger.bests()], np.int32),
    }


def _values(ledger: Ledger, record: Record) -> list[float]:
    return [
        float(each.choices.index(query.text_of(value)) if each.choices else value)
        for each, (_knob, value) in zip(ledger.search.ranges, record.trial.values, strict=True)
    ]
