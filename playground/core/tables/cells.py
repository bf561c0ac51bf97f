"""The cells of a text, read by pandas: the only module that imports it, once a table is read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from playground.core.errors import TableError
from playground.core.tables.measuring import QUOTES, Layout
from playground.core.tables.names import one_lines

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of a column.

    Attributes
    ----------
    texts : those that differ, each as one line
    codes : (rows,) which of them stands in each row
    """

    texts: tuple[str, ...]
    codes: NDArray[np.int64]

    def of(self, rows: NDArray[np.int64]) -> Cells:
        """The cells of some of the rows."""
        codes = self.codes[rows]
        present = np.bincount(codes, minlength=len(self.texts)) > 0
        return Cells(tuple(compress(self.texts, present.tolist())), (np.cumsum(present) - 1)[codes])

    def where(self, true: Iterable[bool]) -> NDArray[np.bool_]:
        """(rows,) whether what is said of each text is true of the row's."""
        marks: NDArray[np.bool_] = np.fromiter(true, np.bool_, len(self.texts))[self.codes]
        return marks

    def __getitem__(self, row: int) -> str:
        return self.texts[int(self.codes[row])]


def read_cells(text: str, layout: Layout) -> list[Cells]:
    """Each column's cells; where a row is short, empty ones.

    Every cell is read as text: pandas guesses no types and no gaps, and takes nothing for a comment. Its C engine is
    named, as it would otherwise choose itself. It is given an open text, never a name that it might open or load.
    """
    import pandas as pd

    try:
        frame = pd.read_csv(
            io.StringIO(text, newline=""),
            sep=layout.separator,
            header=None,
            names=range(layout.widest),
            index_col=False,
            dtype=str,
            engine="c",
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            skipinitialspace=True,
        )
    except pd.errors.ParserError as error:
        raise TableError(f"{QUOTES}. Got one that does not.") from error
    return [_cells(frame[column]) for column in frame]


def repeating(columns: Sequence[Cells]) -> NDArray[np.bool_]:
    """(rows,) whether an earlier row has the same cells."""
    import pandas as pd

    frame = pd.DataFrame({k: cells.codes for k, cells in enumerate(columns)})
    repeats: NDArray[np.bool_] = frame.duplicated().to_numpy()
    return repeats


def _cells(column: pd.Series[str]) -> Cells:
    """Texts that differ in nothing that shows are one."""
    codes, found = column.factorize()
    texts: dict[str, int] = {}
    same = np.array([texts.setdefault(text, len(texts)) for text in one_lines(found.tolist())], np.int64)
    return Cells(tuple(texts), same[codes])
