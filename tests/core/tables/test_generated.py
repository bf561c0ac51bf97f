"""Tables of any content, written in any way, hold what was written; bytes of any kind raise nothing but sentences."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from playground.core import Table, TableError, read_table
from playground.core.datasets._limits import MAX_NAME
from playground.core.tables.cells import read_cells
from playground.core.tables.measuring import Layout, layout_of, rows_of
from playground.core.tables.names import one_line

LETTERS = "abXYß"
NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(LETTERS),
    st.text(LETTERS + " <>&='\"/;,.\t", max_size=8).map(lambda text: " ".join(text.split())),
    st.sampled_from(LETTERS),
)
"""With whatever parts cells, in quotes."""
ODD = 'ab1,;\t\n\r" .?-=\ufeff\u2028\x0b\x0c\x85\xa0é€\U0001f600'
NUMBERS = st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False, width=32)


@dataclass(frozen=True)
class Written:
    """A table, and the bytes of it."""

    numbers: Sequence[Sequence[float]]
    names: Sequence[str]
    header: Sequence[str]
    content: bytes


def number(value: float, decimal: str) -> str:
    return repr(value).replace(".", decimal)


@st.composite
def written(draw: st.DrawFn) -> Written:
    """One or more columns of numbers and one of names, by Python's csv module."""
    width = draw(st.integers(1, 4))
    rows = draw(st.integers(2, 12))
    numbers = [draw(st.lists(NUMBERS, min_size=width, max_size=width)) for _ in range(rows)]
    names = draw(st.lists(NAMES, min_size=rows, max_size=rows))
    header = draw(st.lists(NAMES, min_size=width + 1, max_size=width + 1, unique=True) | st.just([]))
    file = io.StringIO()
    writer = csv.writer(
        file,
        delimiter=draw(st.sampled_from(",;\t")),
        quoting=csv.QUOTE_ALL,
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])),
    )
    decimal = draw(st.sampled_from(".,"))
    texts = [[*(number(value, decimal) for value in row), name] for row, name in zip(numbers, names, strict=True)]
    writer.writerows([*([header] if header else []), *texts])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]))
    return Written(numbers, names, header, file.getvalue().encode(encoding))


@given(written())
def test_a_table_holds_what_was_written(table: Written) -> None:
    read = read_table(table.content)
    *numbers, names = read.columns
    assert np.array_equal(np.stack([column.values for column in numbers], axis=1), np.array(table.numbers, np.float64))
    assert names.values.tolist() == list(table.names)
    given_names = table.header or [f"column {k + 1}" for k in range(len(read.columns))]
    assert [column.name for column in read.columns] == list(given_names)
    assert (read.header, len(names.missing)) == (bool(table.header), 0)


@given(
    st.lists(st.tuples(st.integers(-99, 99), st.sampled_from("ab")), min_size=2, max_size=20),
    st.data(),
)
def test_numbers_are_read_with_no_quotes_too(rows: list[tuple[int, str]], data: st.DataObject) -> None:
    """Each number has decimals, so that a file says what they are parted by."""
    separator, decimal = data.draw(st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ",")]))
    lines = [f"{k}{decimal}5{separator}{k / 4}{separator}{name}".replace(".", decimal) for k, name in rows]
    table = read_table("\n".join(["x" + separator + "y" + separator + "kind", *lines]).encode())
    assert (table.separator, table.decimal) == (separator, decimal)
    assert table.columns[0].values.tolist() == [float(f"{k}.5") for k, _ in rows]
    assert table.columns[1].values.tolist() == [k / 4 for k, _ in rows]
    assert table.columns[2].values.tolist() == [name for _, name in rows]


@given(st.lists(st.sampled_from(["1", "2.5", "", "?", "bad", "1e308", "inf"]), min_size=2, max_size=30))
def test_each_cell_is_a_value_or_missing_or_bad(cells: list[str]) -> None:
    good, gone, bad = ({row for row, cell in enumerate(cells, 2) if cell in of} for of in KINDS)
    assume(2 * sum(cell in ("1", "2.5", "1e308", "inf") for cell in cells) > len(cells) - len(gone))
    column = read_table("\n".join(["x,n", *(f"{cell},k{k}" for k, cell in enumerate(cells))]).encode()).columns[0]
    assert set(column.missing.tolist()) == gone
    assert set(column.bad.tolist()) == bad
    assert {row for row, there in enumerate(column.filled, 2) if there} == good


KINDS = (("1", "2.5"), ("", "?"), ("bad", "1e308", "inf"))


@given(st.lists(st.lists(st.sampled_from(["", "a", "1"]), max_size=4).map(",".join), max_size=20))
def test_rows_are_those_of_the_csv_module_that_are_not_blank(lines: list[str]) -> None:
    text = "\n".join(["x,y", *lines])
    rows = [number for number, row in enumerate(csv.reader(io.StringIO(text)), 1) if any(row)]
    table = judged(text.encode())
    assume(table is not None)
    assert table is not None and table.rows.tolist() == rows[table.header :]


def judged(content: bytes) -> Table | None:
    """The table, if it is one. What holds of every table is looked at."""
    try:
        table = read_table(content)
    except TableError as refusal:
        assert str(refusal).endswith(".") and "Got " in str(refusal)
        return None
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names) >= 2
    assert all(name.isprintable() and 1 <= len(name) <= MAX_NAME for name in names)
    assert len(table.rows) >= 2 and (np.diff(table.rows) > 0).all()
    assert all(len(problem) < 1000 for problem in table.problems)
    for column in table.columns:
        empty = {*column.missing.tolist(), *column.bad.tolist()}
        assert set(table.rows[~column.filled].tolist()) == empty
        assert len(column.values) == len(table.rows)
    selected(table)
    return table


def selected(table: Table) -> None:
    """What is guessed is finite as float32, or refused in a sentence."""
    if table.guess.target is None or not table.guess.inputs:
        return
    try:
        selection = table.selected(table.guess.target, table.guess.inputs, drop=True)
    except TableError as refusal:
        assert "Got " in str(refusal)
        return
    assert np.isfinite(selection.X.astype(np.float32)).all() and np.isfinite(selection.y.astype(np.float32)).all()
    assert len(selection.X) == len(selection.y) == len(selection.rows)
    assert [*selection.classes] == [*dict.fromkeys(selection.classes)]


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"a\x000\x00")
@example(b'"')
@example(b'sep=,\n"')
def test_bytes_of_any_kind_raise_nothing_but_sentences(content: bytes) -> None:
    judged(content)


@given(st.text(ODD, max_size=200), st.sampled_from(["utf-8", "utf-16"]))
@example('a,\t"b,c\n1,2,3\n4,5,6', "utf-8")
def test_text_of_any_kind_raises_nothing_but_sentences(text: str, encoding: str) -> None:
    judged(text.encode(encoding))


@given(written(), st.data())
def test_a_table_that_was_damaged_raises_nothing_but_sentences(table: Written, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(table.content)))
    end = data.draw(st.integers(start, len(table.content)))
    judged(table.content[:start] + data.draw(st.binary(max_size=5)) + table.content[end:])


# Two readers -------------------------------------------------------------------------------------------------------


@given(st.text('"" a\t,;\n\x0b\x85#\\', max_size=25).map(lambda text: text.rstrip("\n")), st.sampled_from(",;\t"))
@example('a,\t"b,c",d', ",")
@example('a, "b,c" ,d\n"e"f,g', ",")
@example("\n,", ",")
def test_pandas_parts_a_text_as_what_measures_it(text: str, separator: str) -> None:
    try:
        layout = layout_of(text, separator)
    except TableError:
        return
    columns = read_cells(text, layout)
    rows = [[*map(one_line, row), *[""] * (layout.widest - len(row))] for row in rows_of(text, separator)]
    assert [[cells[row] for cells in columns] for row in range(len(layout.widths))] == rows


def test_what_pandas_cannot_part_is_refused_too() -> None:
    with pytest.raises(TableError, match=r"must end with one. Got one that does not.$"):
        read_cells('x,y\n1,"a', Layout(",", np.array([2, 2])))
