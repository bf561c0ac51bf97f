"""Data of a table, for an experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.core.datasets._packed import packed
from playground.core.tables.selecting import Selection

if TYPE_CHECKING:
    from playground.core.parts import Data


def data_of(selection: Selection) -> Data:
    """The data that a selection is. Raises TableError when there is too much of it."""
    from playground.core.parts import Data  # which is made of datasets, and they know the limits of tables

    table = packed(selection.X, selection.y, selection.inputs, selection.classes, selection.target)
    return Data(dataset="own", table=table)
