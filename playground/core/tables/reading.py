"""A table from the bytes of a file."""

from __future__ import annotations

import numpy as np

from playground.core.datasets._limits import MAX_ROWS, MIN_ROWS
from playground.core.errors import TableError
from playground.core.tables.cells import repeating
from playground.core.tables.column import column_of
from playground.core.tables.decoding import bytes_of, decoded
from playground.core.tables.header import given_of, has_header, names_of
from playground.core.tables.measuring import COLUMNS_RULE, MIN_COLUMNS
from playground.core.tables.numbers import decimal_of
from playground.core.tables.problems import problems_of
from playground.core.tables.separating import separated
from playground.core.tables.sheet import Sheet, sheet_of
from playground.core.tables.table import Table


def read_table(content: bytes) -> Table:
    """The table in a file of CSV or TSV, whatever its encoding, separator, decimal sign and header.

    Raises
    ------
    TableError
        When it is no table or too large; the message is a sentence for who chose the file. Nothing else is raised.
    """
    text, encoding = decoded(bytes_of(content))
    separator, text = separated(text)
    return _table(sheet_of(text, separator), encoding, separator)


def _table(sheet: Sheet, encoding: str, separator: str) -> Table:
    decimal = decimal_of([text for column in sheet.cells for text in column.texts], separator)
    header = has_header(sheet.cells[: sheet.usual_width], decimal)
    width = sheet.width(header)
    _refuse_few(width, len(sheet.rows) - header)
    below = np.arange(header, len(sheet.rows))
    rows, cells = sheet.rows[below], [column.of(below) for column in sheet.cells]
    given = given_of(sheet.cells[:width], header)
    named = zip(names_of(given), given, cells[:width], strict=True)
    columns = tuple(column_of(name, above, column, rows, decimal) for name, above, column in named)
    overlong, duplicates = rows[sheet.ends[below] > width], rows[repeating(cells)]
    unnamed = header and int(sheet.ends[0]) < width
    problems = problems_of(columns, unnamed, sheet.unreadable, sheet.empty, overlong, duplicates)
    return Table(columns, problems, rows, overlong, duplicates, header, encoding, separator, decimal)


def _refuse_few(width: int, rows: int) -> None:
    if width < MIN_COLUMNS:
        raise TableError(f"{COLUMNS_RULE}. Got {width}.")
    if not MIN_ROWS <= rows <= MAX_ROWS:
        raise TableError(f"A table must have {MIN_ROWS} to {MAX_ROWS:,} rows beside its header. Got {rows:,}.")
