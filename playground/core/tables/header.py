"""Whether the first row names the columns, and the names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.core.tables.cells import Cells
from playground.core.tables.names import unlike
from playground.core.tables.numbers import MISSING_AMONG_NUMBERS, is_missing, looks_like_a_number, missing_of

SAMPLE_ROWS = 1000


def has_header(columns: Sequence[Cells], decimal: str) -> bool:
    """Whether the first row is a header.

    Each column of numbers has a vote: its first cell is a number too, or a name. Without such columns, or where none
    of them has a first cell, a header's cells are those that come but once in their columns.
    """
    votes = [_vote(cells, decimal) for cells in columns]
    if any(votes):
        return sum(votes) > 0
    filled = [cells for cells in columns if not is_missing(cells[0])]
    return bool(filled) and all(np.count_nonzero(cells.codes == cells.codes[0]) == 1 for cells in filled)


def _vote(cells: Cells, decimal: str) -> int:
    """1 for a header, -1 against one; 0 when the first cell is missing, or stands above names."""
    first, *others = [cells.texts[code] for code in cells.codes[: SAMPLE_ROWS + 1].tolist()]
    are_numbers = np.array([looks_like_a_number(text, decimal) for text in others], np.bool_)
    filled, numbers = np.count_nonzero(~missing_of(others, are_numbers)), np.count_nonzero(are_numbers)
    if is_missing(first) or first in MISSING_AMONG_NUMBERS or (filled and 2 * numbers <= filled):
        return 0
    return -1 if looks_like_a_number(first, decimal) else int(bool(filled))


def given_of(columns: Sequence[Cells], header: bool) -> tuple[str, ...]:
    """What stands above each column; nothing without a header."""
    return tuple(cells[0] if header else "" for cells in columns)


def names_of(given: Sequence[str]) -> tuple[str, ...]:
    """A name for each column; its number where none is given."""
    return unlike(name or f"column {number}" for number, name in enumerate(given, 1))
