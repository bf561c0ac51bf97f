"""All datasets: each module of this folder without a leading underscore declares one as its `RECORD`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from playground.core.datasets._record import OwnKnob, Record


def _records() -> list[Record]:
    names = [module.name for module in iter_modules([str(Path(__file__).parent)]) if not module.name.startswith("_")]
    records = [import_module(f"playground.core.datasets.{name}").RECORD for name in names]
    return sorted(records, key=lambda record: record.place)


RECORDS: dict[str, Record] = {record.name: record for record in _records()}
"""The record of each dataset by name, in the order of the picker."""


def own_knobs() -> dict[str, OwnKnob[Any]]:
    """Every knob that one dataset alone has, by name."""
    return {knob.name: knob for record in RECORDS.values() for knob in record.knobs}


def given_sets() -> frozenset[str]:
    """The datasets whose points are given."""
    return frozenset(name for name, record in RECORDS.items() if record.given)


def datasets_with(knob: str) -> frozenset[str]:
    """The datasets that have the knob of their own called `knob`."""
    return frozenset(name for name, record in RECORDS.items() if knob in {own.name for own in record.knobs})
