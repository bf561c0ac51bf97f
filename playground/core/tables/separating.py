"""What stands between the cells: found, as files do not say it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice

from playground.core.tables.measuring import rows_of
from playground.core.tables.numbers import decimal_of, is_missing, looks_like_a_number

SEPARATORS = ("\t", ";", ",")
"""Where two part a text equally well, the first: commas stand within numbers, and semicolons within words."""
SAMPLE_ROWS = 200
SAMPLE = 100_000
"""Characters of the text that are looked at, at most."""
_SAID = re.compile(r"\"?sep=([,;\t])\"?\n", re.IGNORECASE)
"""A first line by which a spreadsheet is told the separator; it shows no row for it."""


def separated(text: str) -> tuple[str, str]:
    """The separator, and the text without the line that may say it; any where nothing parts the rows."""
    said = _SAID.match(text)
    if said:
        return said[1], text[said.end() :]
    sample = text[:SAMPLE]
    return max(SEPARATORS, key=lambda separator: _score(sample, separator)), text


def _score(text: str, separator: str) -> tuple[float, float]:
    """How well a separator parts the text: the share of rows that are equally long, and the share of numbers."""
    rows = _sample(text, separator)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0, 0.0
    width, count = widths.most_common(1)[0]
    cells = [cell.strip() for row in rows if len(row) == width for cell in row]
    decimal = decimal_of(cells, separator)
    numbers = sum(looks_like_a_number(cell, decimal) or is_missing(cell) for cell in cells)
    return count / len(rows), numbers / len(cells)


def _sample(text: str, separator: str) -> list[list[str]]:
    """The first rows that are not blank; but for the last if the text was cut."""
    rows: list[list[str]] = []
    try:
        for row in islice(rows_of(text, separator), SAMPLE_ROWS):
            rows += [row] if row else []
    except csv.Error:  # a quote that is open: the rows before it say enough
        pass
    return rows[:-1] if len(text) == SAMPLE and len(rows) > 1 else rows
