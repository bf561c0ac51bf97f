"""What is wrong with a table, in sentences that name rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from playground.core import words
from playground.core.datasets._limits import MAX_CLASSES, MAX_NAME, MAX_NUMBER
from playground.core.tables.column import Column, Rows
from playground.core.tables.decoding import UNREADABLE
from playground.core.tables.guessing import guess_of
from playground.core.tables.names import cut

MAX_NAMED = 5
"""Rows of a sentence; how many more there are is said."""
MAX_SENTENCES = 20
"""Of columns; how many more there would be is said in one more."""
NUMBERS_RULE = f"must hold numbers of at most {MAX_NUMBER:.1e} in size".replace("+", "")


def named(numbers: Sequence[int] | Rows, kind: str = "row") -> str:
    """Rows, or columns, by their numbers, the first ones if there are many."""
    texts = [str(number) for number in numbers[:MAX_NAMED]]
    return f"{kind if len(numbers) == 1 else f'{kind}s'} {listed(texts, len(numbers))}"


def listed(texts: Sequence[str], count: int) -> str:
    """The texts of the first of so many things as a list, and how many more there are."""
    rest = [f"{count - len(texts):,} more"] if count > len(texts) else []
    *first, last = [*texts, *rest]
    return f"{', '.join(first)} and {last}" if first else last


def problems_of(
    columns: Sequence[Column], unnamed: bool, unreadable: Rows, empty: Rows, overlong: Rows, duplicates: Rows
) -> tuple[str, ...]:
    """A sentence for each thing that is wrong: with rows first, then with columns.

    Parameters
    ----------
    unnamed : whether the header is shorter than the rows
    unreadable, empty, overlong, duplicates : the numbers of rows with letters that could not be read, of those of
        separators alone, of those with too many cells, and of those that repeat earlier ones
    """
    target = guess_of(columns).target  # whose names are classes, whatever they look like
    of_each = chain.from_iterable(_of_column(column, column.name != target) for column in columns)
    in_columns = [*_of_classes(columns), *of_each]
    more = len(in_columns) - MAX_SENTENCES
    return (
        *_of_text(len(columns), unnamed, unreadable),
        *_of_names(columns),
        *_of_rows(len(columns), empty, overlong, duplicates),
        *([] if any(column.kind == "number" for column in columns) else [_no_numbers(columns)]),
        *in_columns[:MAX_SENTENCES],
        *([f"There are {more} more problems with columns."] if more > 0 else []),
    )


def _of_text(width: int, unnamed: bool, unreadable: Rows) -> Iterator[str]:
    if len(unreadable):
        shown = f"shown as {UNREADABLE}, in {named(unreadable)}"
        yield f"All letters must be in one encoding. Got others, {shown}."
    if unnamed:
        yield f"The header must name each of the {width} columns. Got fewer names: see whether each stands at its own."


def _of_names(columns: Sequence[Column]) -> Iterator[str]:
    long = [number for number, column in enumerate(columns, 1) if cut(column.given) != column.given]
    if long:
        rule = f"A name of a column must have at most {MAX_NAME} characters"
        yield f"{rule}. Got more above {named(long, 'column')}: {'it is' if len(long) == 1 else 'they are'} cut."
    again = [(number, column) for number, column in enumerate(columns, 1) if column.name != cut(column.given) != ""]
    if again:
        called = listed([words.quoted(column.name) for _number, column in again[:MAX_NAMED]], len(again))
        place = named([number for number, _column in again], "column")
        yield f"Each column must have a name of its own. Got an earlier one again above {place}: called {called} here."


def _of_rows(width: int, empty: Rows, overlong: Rows, duplicates: Rows) -> Iterator[str]:
    if len(empty) == 1:
        yield f"1 row is empty: {named(empty)}. It is left out."
    elif len(empty):
        yield f"{len(empty):,} rows are empty: {named(empty)}. They are left out."
    if len(overlong):
        yield f"A row must have at most {width} cells. Got more in {named(overlong)}."
    if len(duplicates):
        count = len(duplicates)
        said = "1 row repeats an earlier one" if count == 1 else f"{count:,} rows repeat earlier ones"
        yield f"{said}: {named(duplicates)}."


def _no_numbers(columns: Sequence[Column]) -> str:
    names = [words.quoted(column.name) for column in columns[:MAX_NAMED]]
    return f"A table must have a column of numbers that vary, to learn from. Got none in {listed(names, len(columns))}."


def _of_column(column: Column, doubted: bool) -> Iterator[str]:
    called = f"Column {words.quoted(column.name)}"
    if column.kind == "empty":
        yield f"{called} is empty."
        return
    if column.kind == "constant":
        yield f"{called} is constant: it holds nothing but {words.quoted(the_value(column))}."
    if count := len(column.missing):
        cells = "1 missing cell" if count == 1 else f"{count:,} missing cells"
        yield f"{called} has {cells}: {named(column.missing)}."
    if len(column.bad):
        yield f"{called} {NUMBERS_RULE}. Got {_cells(column.bad_cells, column.bad)}."
    if column.kind == "names" and doubted and (count := len(column.doubtful)):
        cells = "1 cell is no plain number" if count == 1 else f"{count:,} cells are no plain numbers"
        yield f"{called} is taken for names: {cells}: {_cells(column.doubtful_cells, column.doubtful)}."


def _of_classes(columns: Sequence[Column]) -> Iterator[str]:
    """Names that are too many for classes, where somebody may look for them among the targets.

    That is the last column, where a target stands as a rule, and any whose names repeat: others tell rows apart, as
    titles do.
    """
    for column in columns:
        names = column.values[column.filled] if column.kind == "names" else column.values[:0]
        count = len(np.unique(names))
        if count > MAX_CLASSES and (column is columns[-1] or 2 * count <= len(names)):
            rule = f"a target has at most {MAX_CLASSES} classes, so it is not offered as one"
            yield f"Column {words.quoted(column.name)} has {count:,} different texts: {rule}."


def the_value(column: Column) -> str:
    """What a constant column holds."""
    value = column.values[column.filled][0]
    return words.number(float(value)) if column.numeric else str(value)


def _cells(cells: Sequence[str], rows: Rows) -> str:
    """Cells with their rows, the first ones if there are many."""
    pairs = zip(cells[:MAX_NAMED], rows[:MAX_NAMED].tolist(), strict=True)
    return listed([f"{words.quoted(cell)} in row {row}" for cell, row in pairs], len(rows))
