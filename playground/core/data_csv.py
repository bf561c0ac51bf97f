"""The points of data as a table, which other programs read."""

from __future__ import annotations

import csv
import io

import numpy as np

from playground.core import words
from playground.core.datasets import points_of
from playground.core.parts import Data
from playground.core.spreadsheets import harmless

PART = "part"
BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know that names are in UTF-8."""


def csv_name(data: Data) -> str:
    """What the table is called as a file."""
    return f"{data.dataset}.csv"


def csv_of(data: Data) -> bytes:
    """A row for each point: its coordinates, its class by name or its number, and the part it is in.

    Numbers are as they are in the data, none standardised. A name that a spreadsheet would take for a formula is
    as `harmless` has it.
    """
    X, y = points_of(data)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    target = (data.given.target if data.given else "") or ("class" if data.n_classes else "y")
    writer.writerow([*map(harmless, data.inputs), harmless(target), PART])
    parts = np.repeat(["train", "validation", "test"], [data.n_train, data.n_validation, data.n_test])
    named = [harmless(name) for name in data.class_names]
    for point, value, part in zip(X.tolist(), y.tolist(), parts.tolist(), strict=True):
        writer.writerow([*map(words.number, point), named[value] if named else words.number(value), part])
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()
