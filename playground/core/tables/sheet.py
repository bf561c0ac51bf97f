"""The rows of a text that are not blank, before it is known which of them is the header and how many columns count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import TableError
from playground.core.tables.cells import Cells, read_cells
from playground.core.tables.column import Rows
from playground.core.tables.decoding import UNREADABLE
from playground.core.tables.measuring import layout_of

Marks: TypeAlias = NDArray[np.bool_]
Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sheet:
    """Rows of cells.

    Attributes
    ----------
    cells : of each column, as many as the longest row has
    filled : (rows, columns) which cells are not empty
    widths : (rows,) how many cells each has
    rows : (rows,) the number of each in the file
    empty : numbers of the rows between them that hold separators alone
    """

    cells: tuple[Cells, ...]
    filled: Marks
    widths: Counts
    rows: Rows
    empty: Rows

    @cached_property
    def ends(self) -> Counts:
        """(rows,) how many cells each has up to its last that is not empty."""
        ends: Counts = self.filled.shape[1] - self.filled[:, ::-1].argmax(axis=1)
        return ends

    @property
    def usual_width(self) -> int:
        """How many cells most rows have; the most of what is equally common."""
        counts = np.bincount(self.widths)
        return len(counts) - 1 - int(counts[::-1].argmax())

    @property
    def unreadable(self) -> Rows:
        """Numbers of the rows with letters that could not be read."""
        marks = [column.where(UNREADABLE in text for text in column.texts) for column in self.cells]
        return self.rows[np.logical_or.reduce(marks)]

    def width(self, header: bool) -> int:
        """How many columns there are: as many as cells in most rows, or as names, up to the last that is not empty."""
        asked = max(self.usual_width, int(self.ends[0])) if header else self.usual_width
        return int(np.flatnonzero(self.filled[:, :asked].any(axis=0))[-1]) + 1


def sheet_of(text: str, separator: str) -> Sheet:
    """The sheet that a text holds. Raises TableError when it is too large, or holds nothing."""
    text = text.rstrip("\n")
    layout = layout_of(text, separator)
    cells = read_cells(text, layout)
    filled = np.stack([column.where(text != "" for text in column.texts) for column in cells], axis=1)
    rows = np.flatnonzero(filled.any(axis=1))
    if not len(rows):
        raise TableError("A table must have rows. Got blank ones alone.")
    between = np.arange(rows[0], rows[-1])  # spreadsheets write more of them at the end
    empty = between[~filled[between].any(axis=1) & (layout.widths[between] > 1)]
    return Sheet(tuple(column.of(rows) for column in cells), filled[rows], layout.widths[rows], rows + 1, empty + 1)
