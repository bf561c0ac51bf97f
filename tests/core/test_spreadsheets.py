"""Names that a spreadsheet would calculate, in the tables that are taken along."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from playground.core import Experiment, Model, read_table
from playground.core.data_csv import csv_of
from playground.core.run_tables import weights_csv
from playground.core.spreadsheets import harmless

HOSTILE = read_table(
    b"=1+1,+x,@kind\n1,2,=cmd|' /C calc'!A0\n3,4,@SUM(1)\n5,7,-a\n6,8,'-a\n7,5,b\n" + b"9,2,b\n" * 4
).to_data("@kind", ["=1+1", "+x"])


FORMULAS = ["=1+1", "+x", "-a", "@a", "\t=1", "\r1", "-1+cmd|' /C calc'!A0", "-inf", "'=1", "-1\n", "+\u0661"]
OTHERS = ["", "a=1", "-1", "+.5", "-2e-7", "-2E+7", "-1.", "1", "'tis", "x1 > 0", "<b>"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", OTHERS)
def test_numbers_and_other_text_stay(text: str) -> None:
    assert harmless(text) == text


def cells_of(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_names_of_a_table_are_no_formulas_in_its_points() -> None:
    head, *rows = cells_of(csv_of(HOSTILE))
    assert head == ["'=1+1", "'+x", "'@kind", "part"]
    assert {row[2] for row in rows} == {"'=cmd|' /C calc'!A0", "'@SUM(1)", "'-a", "''-a", "b"}
    assert len(HOSTILE.class_names) == 5


def test_names_of_a_table_are_no_formulas_among_weights_and_negative_weights_are_numbers() -> None:
    table = read_table(b"=1+1,+x,z,kind\n1,2,3,=a\n3,4,5,@b\n5,7,6,-c\n1,3,9,=a\n").to_data("kind", ["=1+1", "+x", "z"])
    experiment = Experiment(data=table, model=Model(hidden=()))
    _head, *rows = cells_of(weights_csv(experiment, [np.full((3, 3), -0.5), np.zeros(3)]))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@")]
    assert rows[0] == ["output", "kernel", "'=1+1", "'-c", "-0.5"]
