"""Which cells are numbers, and how they write their decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core import words

Floats: TypeAlias = NDArray[np.float64]
Marks: TypeAlias = NDArray[np.bool_]

MISSING = frozenset({"", "?", "na", "n/a", "#n/a", "#na", "<na>", "nan", "-nan", "null"})
"""Cells, in small letters, that say that nothing is there."""
MISSING_AMONG_NUMBERS = frozenset({"-", ".", "none"})
"""Those that say so where every other cell of the column is a number; elsewhere they may be names."""
_MINUS = "\N{MINUS SIGN}"
"""As typesetters write it, and this playground's own pages; programs that copy from them do, too."""
_SWAPPED = str.maketrans(",.", ".,")
_MEANT_FOR_A_NUMBER = re.compile(
    r"[+−-]?(([1-9][0-9]{0,2}([ ,._'][0-9]{3})+|[0-9]+)([.,][0-9]+)?|[.,][0-9]+|\d+([.,٫]\d+)?|0x[0-9A-Fa-f]+) ?%?"
)
"""Digits of other scripts, too, and what programmers write."""
_WITH_A_COMMA = re.compile(r"[+−-]?([0-9]+,[0-9]*|,[0-9]+)([eE][+-]?[0-9]+)?")
_SURELY_WITH_A_COMMA = re.compile(rf"(?![+−-]?[1-9][0-9]{{0,2}},[0-9]{{3}}$){_WITH_A_COMMA.pattern}")
_WITH_A_POINT = re.compile(r"[+−-]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_INFINITY = re.compile(r"(?ai:[+-]?inf(inity)?)")
"""How programs write what is beyond their numbers, 1 / 0 too: a number, like 1e400, and bad like it."""


def is_missing(cell: str) -> bool:
    """Whether a cell says that nothing is there."""
    return cell.casefold() in MISSING


def missing_of(cells: Sequence[str], are_numbers: Marks) -> Marks:
    """(cells,) which of a column's cells say that nothing is there."""
    missing = np.array([is_missing(cell) for cell in cells], np.bool_)
    among = np.array([cell.casefold() in MISSING_AMONG_NUMBERS for cell in cells], np.bool_)
    others = ~missing & ~among
    return missing | among if others.any() and are_numbers[others].all() else missing


def meant_for_a_number(cell: str) -> bool:
    """Whether a cell is a number with a decimal sign of either kind, or thousands that are parted, or as a share.

    Dates, versions, addresses and postcodes of other than digits are none.
    """
    return _MEANT_FOR_A_NUMBER.fullmatch(cell) is not None


def decimal_of(cells: Sequence[str], separator: str) -> str:
    """A comma where more of the numbers have one than have a point; else a point.

    Between commas, 12,345 is taken for a number with its thousands parted, as it would be in the countries where a
    comma separates: it says nothing for a decimal comma, and is no number that is read.
    """
    of_commas = _WITH_A_COMMA if separator != "," else _SURELY_WITH_A_COMMA
    commas = sum(1 for cell in cells if "," in cell and of_commas.fullmatch(cell))
    points = sum(1 for cell in cells if "." in cell and _WITH_A_POINT.fullmatch(cell)) if commas else 0
    return "," if commas > points else "."


def looks_like_a_number(cell: str, decimal: str) -> bool:
    """Whether a cell is a plain decimal number, however large, or infinity."""
    return _is_number(_with_a_point(cell, decimal))


def numbers_of(cells: Sequence[str], decimal: str) -> Floats:
    """(cells,) the number that each cell is, infinity if it is beyond a float64; NaN if it is none."""
    texts = [_with_a_point(cell, decimal) for cell in cells]
    return np.array([float(text) if _is_number(text) else np.nan for text in texts], np.float64)


def _is_number(text: str) -> bool:
    return words.looks_like_a_number(text) or _INFINITY.fullmatch(text) is not None


def _with_a_point(cell: str, decimal: str) -> str:
    """The cell with a plain minus and a decimal point; no number if it has a point where commas are meant."""
    return (cell if decimal == "." else cell.translate(_SWAPPED)).replace(_MINUS, "-")
