"""How many rows and cells there are, counted row by row first: what is too much is refused before it takes room."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.core.datasets._limits import MAX_ROWS
from playground.core.errors import TableError

MIN_COLUMNS = 2
MAX_COLUMNS = 256
MAX_CELLS = 5_000_000
"""As many as rows times the cells of the longest: so much room they take."""
END = "\x01"
"""A last row, which no text holds: where it is not alone in its row, a quote was left open."""
COLUMNS_RULE = f"A table must have at least {MIN_COLUMNS} columns, parted by commas, semicolons or tabs"
QUOTES = 'A cell that begins with a quote (") must end with one'


@dataclass(frozen=True, eq=False)
class Layout:
    """How a text falls into rows and cells.

    Attributes
    ----------
    separator : a comma, a semicolon or a tab
    widths : (rows,) how many cells each has; 0 for a blank one
    """

    separator: str
    widths: NDArray[np.int64]

    @property
    def widest(self) -> int:
        """Cells in the longest row."""
        return int(self.widths.max())


def rows_of(text: str, separator: str) -> Iterator[list[str]]:
    """The rows of a text, as pandas parts them too."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)


def layout_of(text: str, separator: str) -> Layout:
    """How the text falls into rows and cells.

    Raises
    ------
    TableError
        When there are too many, or too few cells, or a quote is left open.
    """
    widths: list[int] = []
    try:
        for row in rows_of(_ended(text), separator):
            if row == [END]:
                break
            widths.append(_width(row, len(widths) + 1))
    except csv.Error as error:  # a cell is longer than the limit
        most = f"{csv.field_size_limit():,}"
        open_quote = ": a quote may be left open there" if '"' in text else ""
        place = f"row {len(widths) + 1}{open_quote}"
        raise TableError(f"A cell must have at most {most} characters. Got more in {place}.") from error
    layout = Layout(separator, np.array(widths, np.int64))
    if layout.widest < MIN_COLUMNS:
        raise TableError(f"{COLUMNS_RULE}. Got rows of {layout.widest}.")
    if (cells := len(widths) * layout.widest) > MAX_CELLS:
        counts = f"{len(widths):,} rows of up to {layout.widest} cells: {cells:,}"
        raise TableError(f"A table must have at most {MAX_CELLS:,} cells. Got {counts}.")
    return layout


def _ended(text: str) -> str:
    return f"{text}\n{END}"


def _width(row: list[str], number: int) -> int:
    if row and END in row[-1]:
        raise TableError(f"{QUOTES}. Got one left open in row {number}.")
    if number > MAX_ROWS + 1:
        raise TableError(f"A table must have at most {MAX_ROWS:,} rows beside its header. Got more.")
    if len(row) > MAX_COLUMNS:
        raise TableError(f"A table must have at most {MAX_COLUMNS} columns. Got {len(row):,} cells in row {number}.")
    return len(row)
