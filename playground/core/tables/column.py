"""A column: what it holds, and where it holds nothing or what it should not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.datasets._limits import MAX_NUMBER
from playground.core.tables.cells import Cells
from playground.core.tables.numbers import meant_for_a_number, missing_of, numbers_of

Kind: TypeAlias = Literal["number", "names", "constant", "empty"]
Rows: TypeAlias = NDArray[np.int64]

DOUBT = 10
"""Names may be meant for numbers where one in so many filled cells looks like one: '1984' may be a name, too."""


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a table.

    It is one of numbers when more than half of its filled cells are numbers; the others are bad, and so is a number
    that a float32 cannot hold.

    Attributes
    ----------
    name : unlike that of any other column, one line, at most `names.MAX_NAME` characters
    given : what stands above it as one line, however long; nothing where its number is its name
    kind : ``constant`` when all that it holds is the same number or name, ``empty`` when it holds nothing
    values : (rows,) float64, NaN where a cell is missing or bad; or of names, empty where it is missing
    missing : row numbers of the cells that say that nothing is there
    bad : row numbers of the cells that are no numbers among numbers
    bad_cells : (bad,) what stands there
    doubtful : row numbers of the names that are no plain numbers, where many cells look like numbers
    doubtful_cells : (doubtful,) what stands there
    """

    name: str
    given: str
    kind: Kind
    values: NDArray[Any]
    missing: Rows
    bad: Rows
    bad_cells: tuple[str, ...]
    doubtful: Rows
    doubtful_cells: tuple[str, ...]

    @property
    def numeric(self) -> bool:
        """Whether it is one of numbers, be they constant."""
        return self.values.dtype == np.float64

    @property
    def filled(self) -> NDArray[np.bool_]:
        """(rows,) where it holds a value."""
        holds: NDArray[np.bool_] = ~np.isnan(self.values) if self.numeric else self.values != ""
        return holds


def column_of(name: str, given: str, cells: Cells, rows: Rows, decimal: str) -> Column:
    """The column whose cells these are.

    Parameters
    ----------
    rows : (rows,) their numbers
    """
    values: NDArray[Any] = numbers_of(cells.texts, decimal)
    are_numbers = ~np.isnan(values)
    missing = missing_of(cells.texts, are_numbers)
    bad = doubtful = np.zeros(len(values), np.bool_)
    if 2 * _share(are_numbers, cells, missing) > 1:
        values[np.abs(values) > MAX_NUMBER] = np.nan
        bad = ~missing & np.isnan(values)
    else:
        doubtful = _doubtful(are_numbers, cells, missing)
        values = np.array(["" if gone else text for gone, text in zip(missing, cells.texts, strict=True)], object)
    return Column(
        name,
        given,
        _kind(values, missing, bad),
        values[cells.codes],
        rows[missing[cells.codes]],
        *_standing(bad, cells, rows),
        *_standing(doubtful, cells, rows),
    )


def _doubtful(are_numbers: NDArray[np.bool_], cells: Cells, missing: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The texts that are no plain numbers, if enough cells look as if all were meant for numbers."""
    meant = are_numbers | np.array([meant_for_a_number(text) for text in cells.texts], np.bool_)
    return ~missing & ~are_numbers & (DOUBT * _share(meant, cells, missing) >= 1)


def _share(texts: NDArray[np.bool_], cells: Cells, missing: NDArray[np.bool_]) -> float:
    """The share of the filled cells that have one of these texts."""
    counts = np.where(missing, 0, np.bincount(cells.codes, minlength=len(cells.texts)))
    return float(counts[texts].sum() / max(counts.sum(), 1))


def _standing(texts: NDArray[np.bool_], cells: Cells, rows: Rows) -> tuple[Rows, tuple[str, ...]]:
    """The numbers of the rows in which one of these texts stands, and which."""
    places = np.flatnonzero(texts[cells.codes])
    return rows[places], tuple(cells[place] for place in places.tolist())


def _kind(values: NDArray[Any], missing: NDArray[np.bool_], bad: NDArray[np.bool_]) -> Kind:
    """What a column of these values is, of which each comes once, but for numbers that were spelt in two ways."""
    if missing.all():
        return "empty"
    if len(set(values[~missing & ~bad].tolist())) == 1:
        return "constant"
    return "number" if values.dtype == np.float64 else "names"
