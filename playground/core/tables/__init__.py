"""A visitor's own table: what stands in a CSV or TSV file, what is wrong with it, and what of it a network learns from.

Rows are numbered as a spreadsheet numbers them: the first of the file is row 1, be it the header or not, blank ones
count, and a quoted cell that holds line breaks is in one row. Nothing in a file is run, unpacked or taken for markup:
cells and names are text, or numbers.
"""

from playground.core.datasets._limits import MAX_CLASSES, MAX_INPUTS, MAX_NUMBER, MAX_ROWS
from playground.core.errors import TableError
from playground.core.tables.column import Column, Kind
from playground.core.tables.decoding import MAX_BYTES
from playground.core.tables.guessing import Guess
from playground.core.tables.measuring import MAX_COLUMNS
from playground.core.tables.reading import read_table
from playground.core.tables.selecting import Selection
from playground.core.tables.table import Table

__all__ = [
    "MAX_BYTES",
    "MAX_CLASSES",
    "MAX_COLUMNS",
    "MAX_INPUTS",
    "MAX_NUMBER",
    "MAX_ROWS",
    "Column",
    "Guess",
    "Kind",
    "Selection",
    "Table",
    "TableError",
    "read_table",
]
