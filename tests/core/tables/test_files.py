"""Files that people have, clean, dirty and hostile, each with what is read from it or the sentence that refuses it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pytest

from playground.core import Table, TableError, read_table
from playground.core.tables import MAX_BYTES

Held: TypeAlias = Mapping[str, Sequence[Any]]

NONE = None
"""A cell that holds no value."""
SHORT = "x,y,class\n1,2,a\n3,4,b\n"
HELD: Held = {"x": [1.0, 3.0], "y": [2.0, 4.0], "class": ["a", "b"]}
ACCENTS = "größe;länge;städte\n1,5;2;Köln\n3;4,25;Łódź\n"
HELD_ACCENTS: Held = {"größe": [1.5, 3.0], "länge": [2.0, 4.25], "städte": ["Köln", "Łódź"]}
LATIN = "größe;länge;städte\n1,5;2;Köln\n3;4,25;Århus\n"
HELD_LATIN: Held = {"größe": [1.5, 3.0], "länge": [2.0, 4.25], "städte": ["Köln", "Århus"]}


def held(table: Table) -> Held:
    """The values of each column, None where there is none."""
    return {
        column.name: [
            value if there else NONE
            for value, there in zip(column.values.tolist(), column.filled.tolist(), strict=True)
        ]
        for column in table.columns
    }


def how(table: Table) -> tuple[str, str, str, bool]:
    return table.encoding, table.separator, table.decimal, table.header


# Clean -------------------------------------------------------------------------------------------------------------

CLEAN: dict[str, tuple[bytes, Held, tuple[str, str, str, bool]]] = {
    "commas": (SHORT.encode(), HELD, ("utf-8", ",", ".", True)),
    "semicolons": (SHORT.replace(",", ";").encode(), HELD, ("utf-8", ";", ".", True)),
    "tabs": (SHORT.replace(",", "\t").encode(), HELD, ("utf-8", "\t", ".", True)),
    "no line break at the end": (SHORT.rstrip().encode(), HELD, ("utf-8", ",", ".", True)),
    "lines of Windows": (SHORT.replace("\n", "\r\n").encode(), HELD, ("utf-8", ",", ".", True)),
    "lines of the old Mac": (SHORT.replace("\n", "\r").encode(), HELD, ("utf-8", ",", ".", True)),
    "an end-of-file character": (SHORT.encode() + b"\x1a", HELD, ("utf-8", ",", ".", True)),
    "spaces around cells": (b"x, y , class\n 1, 2,a \n3,  4, b\n", HELD, ("utf-8", ",", ".", True)),
    "quoted cells": (b'"x","y","class"\n"1","2","a"\n"3","4","b"\n', HELD, ("utf-8", ",", ".", True)),
    "blank rows": (b"\n\nx,y,class\n\n1,2,a\n  \n3,4,b\n\n\n", HELD, ("utf-8", ",", ".", True)),
    "rows of separators at the ends": (b",,\n" + SHORT.encode() + b",,\n,,\n", HELD, ("utf-8", ",", ".", True)),
    "separators at the end of rows": (b"x;y;class;;\n1;2;a;;\n3;4;b;;\n", HELD, ("utf-8", ";", ".", True)),
    "the separator said first": (b"sep=;\r\nx;y;class\r\n1;2;a\r\n3;4;b\r\n", HELD, ("utf-8", ";", ".", True)),
    "a byte order mark": (ACCENTS.encode("utf-8-sig"), HELD_ACCENTS, ("utf-8", ";", ",", True)),
    "two byte order marks before a quote": (
        b"\xef\xbb\xbf" * 2 + b'"x","y","class"\n1,2,a\n3,4,b\n',
        HELD,
        ("utf-8", ",", ".", True),
    ),
    "UTF-8": (ACCENTS.encode(), HELD_ACCENTS, ("utf-8", ";", ",", True)),
    "UTF-16, marked, little end first": (
        b"\xff\xfe" + ACCENTS.encode("utf-16-le"),
        HELD_ACCENTS,
        ("utf-16-le", ";", ",", True),
    ),
    "UTF-16, marked, big end first": (
        b"\xfe\xff" + ACCENTS.encode("utf-16-be"),
        HELD_ACCENTS,
        ("utf-16-be", ";", ",", True),
    ),
    "UTF-16, unmarked, little end first": (ACCENTS.encode("utf-16-le"), HELD_ACCENTS, ("utf-16-le", ";", ",", True)),
    "UTF-16, unmarked, big end first": (ACCENTS.encode("utf-16-be"), HELD_ACCENTS, ("utf-16-be", ";", ",", True)),
    "Latin-1": (LATIN.encode("latin-1"), HELD_LATIN, ("cp1252", ";", ",", True)),
    "Windows-1252": (
        "price;kind\n1;5 €\n2;“a”\n".encode("cp1252"),
        {"price": [1.0, 2.0], "kind": ["5 €", "“a”"]},
        ("cp1252", ";", ".", True),
    ),
    "a byte that Windows-1252 has not": (
        b"x,kind\n1,caf\xe9\n2,\x8d\xe9\n",
        {"x": [1.0, 2.0], "kind": ["café", "é"]},
        ("latin-1", ",", ".", True),
    ),
    "no header": (
        b"5.1,3.5,setosa\n4.9,3,virginica\n",
        {"column 1": [5.1, 4.9], "column 2": [3.5, 3.0], "column 3": ["setosa", "virginica"]},
        ("utf-8", ",", ".", False),
    ),
    "no header, numbers alone": (
        b"1\t2\n3\t4\n",
        {"column 1": [1.0, 3.0], "column 2": [2.0, 4.0]},
        ("utf-8", "\t", ".", False),
    ),
    "a decimal comma between semicolons": (
        b"1,5;2,5;a\n3,5;4;b\n",
        {"column 1": [1.5, 3.5], "column 2": [2.5, 4.0], "column 3": ["a", "b"]},
        ("utf-8", ";", ",", False),
    ),
    "a decimal comma between tabs": (
        b"x\tclass\n-,5\ta\n+1,e3\tb\n",
        {"x": [-0.5, 1000.0], "class": ["a", "b"]},
        ("utf-8", "\t", ",", True),
    ),
    "a decimal comma in quotes": (
        b'x,class\n"1,5",a\n"2,5",b\n',
        {"x": [1.5, 2.5], "class": ["a", "b"]},
        ("utf-8", ",", ",", True),
    ),
    "thousands parted by commas": (
        b'city,people\nA,"12,345"\nB,"1,234"\n',
        {"city": ["A", "B"], "people": ["12,345", "1,234"]},
        ("utf-8", ",", ".", True),
    ),
    "a decimal comma in quotes with three decimals too": (
        b'x,class\n"1,234",a\n"0,567",b\n',
        {"x": [1.234, 0.567], "class": ["a", "b"]},
        ("utf-8", ",", ",", True),
    ),
    "three decimals between semicolons": (
        b"x;class\n1,234;a\n12,345;b\n",
        {"x": [1.234, 12.345], "class": ["a", "b"]},
        ("utf-8", ";", ",", True),
    ),
    "a decimal comma in the last rows alone": (
        b"x;y\n" + b"".join(b"%d;2\n" % k for k in range(1500)) + b"1,5;3\n",
        {"x": [*map(float, range(1500)), 1.5], "y": [2.0] * 1500 + [3.0]},
        ("utf-8", ";", ",", True),
    ),
    "numbers spelt in many ways": (
        b"x,y\n1e3,+.5\n-2.50,1E-2\n007,3.\n",
        {"x": [1000.0, -2.5, 7.0], "y": [0.5, 0.01, 3.0]},
        ("utf-8", ",", ".", True),
    ),
    "separators and quotes in quotes": (
        b'x,said\n1,"a, ""b"" and c"\n2,"d;e"\n',
        {"x": [1.0, 2.0], "said": ['a, "b" and c', "d;e"]},
        ("utf-8", ",", ".", True),
    ),
    "a quote within a cell": (
        b'x,size\n1,5" nail\n2,6" nail\n',
        {"x": [1.0, 2.0], "size": ['5" nail', '6" nail']},
        ("utf-8", ",", ".", True),
    ),
    "semicolons in each row of commas": (
        b"a; b,1,2\nc; d,3,4\n",
        {"column 1": ["a; b", "c; d"], "column 2": [1.0, 3.0], "column 3": [2.0, 4.0]},
        ("utf-8", ",", ".", False),
    ),
    "names alone": (
        b"colour,size\nred,big\nred,small\nblue,big\n",
        {"colour": ["red", "red", "blue"], "size": ["big", "small", "big"]},
        ("utf-8", ",", ".", True),
    ),
    "names and years": (
        b"city,2019,2020\nA,x,y\nB,y,x\n",
        {"city": ["A", "B"], "2019": ["x", "y"], "2020": ["y", "x"]},
        ("utf-8", ",", ".", True),
    ),
    "a column without a name": (
        b",x,y\n0,1,2\n1,3,4\n",
        {"column 1": [0.0, 1.0], "x": [1.0, 3.0], "y": [2.0, 4.0]},
        ("utf-8", ",", ".", True),
    ),
    "line breaks in a name and in cells": (
        b'"x\nin cm",class\n1,"a\r\nb"\n2,c\n',
        {"x in cm": [1.0, 2.0], "class": ["a b", "c"]},
        ("utf-8", ",", ".", True),
    ),
    "256 columns": (
        b",".join(b"%d" % k for k in range(256)) + b"\n" + b",".join(b"%d" % -k for k in range(256)) + b"\n",
        {f"column {k + 1}": [float(k), float(-k)] for k in range(256)} | {"column 1": [0.0, 0.0]},
        ("utf-8", ",", ".", False),
    ),
}


@pytest.mark.parametrize("name", CLEAN)
def test_clean_files_are_read(name: str) -> None:
    content, expected, read = CLEAN[name]
    table = read_table(content)
    assert (held(table), how(table)) == (expected, read)
    assert [said for said in table.problems if "constant" not in said and "numbers that vary" not in said] == []


ORDINARY = {
    "flowers": b"a,b,species\n" + b"".join(b"%d.5,3.%d,%s\n" % (k, k, (b"setosa", b"alba")[k % 2]) for k in range(8)),
    "passengers": (
        b"Name,Sex,Cabin,Ticket,Age,Survived\n"
        b'"Braund, Mr. Owen",male,C85,A/5 21171,22,0\n"Cumings, Mrs. J",female,E46,PC 17599,38,1\n'
        b'"Heikkinen, Miss. L",female,G6,STON/O2. 3101282,26,1\n"Moran, Mr. James",male,B28,S.O.C. 14879,35,0\n'
    ),
    "a German list": (
        "Nr;Datum;PLZ;Ort;Telefon;Preis;Uhrzeit;Art\n1;01.02.2024;01067;Köln;0221/123;1,5;10:30;a\n"
        "2;13.02.2024;50667;Łódź;030 123 456;2,75;11:45;b\n3;28.02.2024;99084;Erfurt;0361-77;3;12:00;a\n"
    ).encode(),
    "codes": (
        b"id,postcode,date,version,host,size,price,when,kind\nA1,SW1A 1AA,2024-01-15,1.2.3,10.0.0.1,S-M,$20,2 h,a\n"
        b"B2,1234 AB,2024/02/03,1.10.0,10.0.0.2,10-20,$30,3 h,b\nC3,K1A 0B1,15.01.2024,2.0.1,10.1.2.3,<5,$5,4 h,a\n"
    ),
    "a title that is a number": (
        b"title,pages,kind\n1984,300,a\n"
        + b"".join(b"A book %c,%d,%c\n" % (65 + k, 200 + k, 97 + k % 2) for k in range(20))
    ),
    "a class like a number": b"x,size\n1,5 %\n2,10 %\n3,more\n4,5 %\n",
}


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_tables_have_no_problems_but_want_of_numbers(name: str) -> None:
    assert [said for said in read_table(ORDINARY[name]).problems if "numbers that vary" not in said] == []


# Dirty -------------------------------------------------------------------------------------------------------------

DIRTY: dict[str, tuple[bytes, Held, tuple[str, ...]]] = {
    "an empty cell": (
        b"x,class\n1,a\n,b\n3,a\n",
        {"x": [1, NONE, 3], "class": ["a", "b", "a"]},
        ("Column 'x' has 1 missing cell: row 3.",),
    ),
    "cells that say that nothing is there": (
        b"x,class\n1,a\nNA,?\nnan,b\nN/A,null\n2,a\n",
        {"x": [1, NONE, NONE, NONE, 2], "class": ["a", NONE, "b", NONE, "a"]},
        (
            "Column 'x' has 3 missing cells: rows 3, 4 and 5.",
            "Column 'class' has 2 missing cells: rows 3 and 5.",
        ),
    ),
    "dashes and points among numbers": (
        b"x,y,class\n-,.,a\n-,2,-\n3,.,a\n4,5,-\n-,.,-\n",
        {"x": [NONE, NONE, 3, 4, NONE], "y": [NONE, 2, NONE, 5, NONE], "class": ["a", "-", "a", "-", "-"]},
        (
            "Column 'x' has 3 missing cells: rows 2, 3 and 6.",
            "Column 'y' has 3 missing cells: rows 2, 4 and 6.",
        ),
    ),
    "dashes in the first row, no header": (
        b"-,a\n-,b\n3,a\n4,b\n-,b\n",
        {"column 1": [NONE, NONE, 3, 4, NONE], "column 2": ["a", "b", "a", "b", "b"]},
        ("1 row repeats an earlier one: row 5.", "Column 'column 1' has 3 missing cells: rows 1, 2 and 5."),
    ),
    "a dash where not all else are numbers": (
        b"x,class\n1,a\n-,b\nbad,a\n2,b\n3,b\n",
        {"x": [1, NONE, NONE, 2, 3], "class": ["a", "b", "a", "b", "b"]},
        ("Column 'x' must hold numbers of at most 3.4e38 in size. Got '-' in row 3 and 'bad' in row 4.",),
    ),
    "what programs write for nothing": (
        b"x,class\n1,a\n<NA>,b\n-nan,a\n#NA,b\n2,b\n",
        {"x": [1, NONE, NONE, NONE, 2], "class": ["a", "b", "a", "b", "b"]},
        ("Column 'x' has 3 missing cells: rows 3, 4 and 5.",),
    ),
    "a typographer's minus, and None among numbers": (
        "x,y,class\n−1.5,1,a\n2,None,b\n−3,−4e1,None\n".encode(),
        {"x": [-1.5, 2, -3], "y": [1, NONE, -40], "class": ["a", "b", "None"]},
        ("Column 'y' has 1 missing cell: row 3.",),
    ),
    "numbers as programmers and other scripts write them": (
        "x,y,z,n,class\n0x1F,1_003,٣,1,a\n0x20,1_004,٤,2,b\n".encode(),
        {"x": ["0x1F", "0x20"], "y": ["1_003", "1_004"], "z": ["٣", "٤"], "n": [1, 2], "class": ["a", "b"]},
        (
            "Column 'x' is taken for names: 2 cells are no plain numbers: '0x1F' in row 2 and '0x20' in row 3.",
            "Column 'y' is taken for names: 2 cells are no plain numbers: '1_003' in row 2 and '1_004' in row 3.",
            "Column 'z' is taken for names: 2 cells are no plain numbers: '٣' in row 2 and '٤' in row 3.",
        ),
    ),
    "as many bad cells as numbers": (
        b"x,y,class\n" + b"".join(b"%d,%s,a\n%d,error,b\n" % (k, b"%d" % k, k + 9) for k in range(1, 5)),
        {
            "x": [1, 10, 2, 11, 3, 12, 4, 13],
            "y": ["1", "error", "2", "error", "3", "error", "4", "error"],
            "class": ["a", "b"] * 4,
        },
        (
            "Column 'y' is taken for names: 4 cells are no plain numbers: 'error' in row 3, 'error' in row 5, "
            "'error' in row 7 and 'error' in row 9.",
        ),
    ),
    "thousands, shares and one of another decimal sign": (
        b'n,income,share,both,class\n1,"20,000.50",5 %,"1,5",a\n2,"1,000",12.5%,"2,5",b\n'
        b'3,"7 000",7%,2.5,a\n4,900,8%,3.5,b\n',
        {
            "n": [1, 2, 3, 4],
            "income": ["20,000.50", "1,000", "7 000", "900"],
            "share": ["5 %", "12.5%", "7%", "8%"],
            "both": ["1,5", "2,5", "2.5", "3.5"],
            "class": ["a", "b"] * 2,
        },
        (
            "Column 'income' is taken for names: 3 cells are no plain numbers: '20,000.50' in row 2, '1,000' in row 3 "
            "and '7 000' in row 4.",
            "Column 'share' is taken for names: 4 cells are no plain numbers: '5 %' in row 2, '12.5%' in row 3, "
            "'7%' in row 4 and '8%' in row 5.",
            "Column 'both' is taken for names: 2 cells are no plain numbers: '1,5' in row 2 and '2,5' in row 3.",
        ),
    ),
    "no number among numbers": (
        b"x,class\n1,a\ntwo,b\n3,a\n",
        {"x": [1, NONE, 3], "class": ["a", "b", "a"]},
        ("Column 'x' must hold numbers of at most 3.4e38 in size. Got 'two' in row 3.",),
    ),
    "infinities": (
        b"x,class\n1,a\ninf,b\n3,a\n-Infinity,b\n4,b\n",
        {"x": [1, NONE, 3, NONE, 4], "class": ["a", "b", "a", "b", "b"]},
        ("Column 'x' must hold numbers of at most 3.4e38 in size. Got 'inf' in row 3 and '-Infinity' in row 5.",),
    ),
    "infinities in most rows, and in the first one": (
        b"inf,1,a\n-Infinity,2,b\n+INF,3,a\n4,4,b\n5,5,a\n",
        {"column 1": [NONE, NONE, NONE, 4, 5], "column 2": [1, 2, 3, 4, 5], "column 3": ["a", "b", "a", "b", "a"]},
        (
            "Column 'column 1' must hold numbers of at most 3.4e38 in size. Got 'inf' in row 1, '-Infinity' in row 2 "
            "and '+INF' in row 3.",
        ),
    ),
    "words that only look like infinity": (
        "x,class\n1,inf.\n2,\u0131nf\n3,inflation\n".encode(),
        {"x": [1, 2, 3], "class": ["inf.", "\u0131nf", "inflation"]},
        (),
    ),
    "numbers beyond float32 and float64": (
        b"x,class\n1,a\n1e308,b\n-1e999,a\n3.4e38,b\n",
        {"x": [1, NONE, NONE, 3.4e38], "class": ["a", "b", "a", "b"]},
        ("Column 'x' must hold numbers of at most 3.4e38 in size. Got 1e308 in row 3 and -1e999 in row 4.",),
    ),
    "numbers beyond it alone": (
        b"x,class\n1e308,a\n2e308,b\n",
        {"x": [NONE, NONE], "class": ["a", "b"]},
        ("Column 'x' must hold numbers of at most 3.4e38 in size. Got 1e308 in row 2 and 2e308 in row 3.",),
    ),
    "two decimal signs": (
        b"x;class\n1,5;a\n2,5;b\n3.5;a\n",
        {"x": [1.5, 2.5, NONE], "class": ["a", "b", "a"]},
        ("Column 'x' must hold numbers of at most 3.4e38 in size. Got 3.5 in row 4.",),
    ),
    "numbers as the computer's language has them": (
        b"x,class\n1,a\n1_000,b\n0x1F,a\n2,b\n3,a\n",
        {"x": [1, NONE, NONE, 2, 3], "class": ["a", "b", "a", "b", "a"]},
        ("Column 'x' must hold numbers of at most 3.4e38 in size. Got '1_000' in row 3 and '0x1F' in row 4.",),
    ),
    "many bad and missing cells": (
        b"x,class\n" + b"1,a\n2,b\n" * 30 + b"bad,a\n" * 7 + b"?,a\n" * 22,
        {"x": [1, 2] * 30 + [NONE] * 29, "class": ["a", "b"] * 30 + ["a"] * 29},
        (
            "85 rows repeat earlier ones: rows 4, 5, 6, 7, 8 and 80 more.",
            "Column 'x' has 22 missing cells: rows 69, 70, 71, 72, 73 and 17 more.",
            "Column 'x' must hold numbers of at most 3.4e38 in size. Got 'bad' in row 62, 'bad' in row 63, "
            "'bad' in row 64, 'bad' in row 65, 'bad' in row 66 and 2 more.",
        ),
    ),
    "rows numbered as a spreadsheet does": (
        b'x,class\n\n1,"a\nb"\n\n?,c\n2,c\n',
        {"x": [1, NONE, 2], "class": ["a b", "c", "c"]},
        ("Column 'x' has 1 missing cell: row 5.",),
    ),
    "rows numbered without the line that says the separator": (
        b"sep=,\nx,class\n1,a\n?,c\n2,c\n",
        {"x": [1, NONE, 2], "class": ["a", "c", "c"]},
        ("Column 'x' has 1 missing cell: row 3.",),
    ),
    "a bad cell in the first row, no header": (
        b"oops,2,a\n3,4,b\n5,6,a\n",
        {"column 1": [NONE, 3, 5], "column 2": [2, 4, 6], "column 3": ["a", "b", "a"]},
        ("Column 'column 1' must hold numbers of at most 3.4e38 in size. Got 'oops' in row 1.",),
    ),
    "rows that repeat": (
        b"x,class\n1,a\n2,b\n1,a\n1.0,a\n1 ,a\n",
        {"x": [1, 2, 1, 1, 1], "class": ["a", "b", "a", "a", "a"]},
        ("2 rows repeat earlier ones: rows 4 and 6.",),
    ),
    "rows that are too long": (
        b"x,class\n1,a\n2,b,c\n3,a,\n4,b,,d\n5,a\n",
        {"x": [1, 2, 3, 4, 5], "class": ["a", "b", "a", "b", "a"]},
        ("A row must have at most 2 cells. Got more in rows 3 and 5.",),
    ),
    "rows that are too short": (
        b"x,y,class\n1,2,a\n2\n3,4,b\n4,5\n5,6,a\n",
        {"x": [1, 2, 3, 4, 5], "y": [2, NONE, 4, 5, 6], "class": ["a", NONE, "b", NONE, "a"]},
        ("Column 'y' has 1 missing cell: row 3.", "Column 'class' has 2 missing cells: rows 3 and 5."),
    ),
    "a row of separators alone": (
        b"x,class\n1,a\n,\n\n2,b\n,\n",
        {"x": [1, 2], "class": ["a", "b"]},
        ("1 row is empty: row 3. It is left out.",),
    ),
    "many rows of separators alone": (
        b'x,class\n,\n1,a\n , \n"",""\n2,b\n' + b",\n" * 4 + b"3,a\n",
        {"x": [1, 2, 3], "class": ["a", "b", "a"]},
        ("7 rows are empty: rows 2, 4, 5, 7, 8 and 2 more. They are left out.",),
    ),
    "one name for three columns": (
        b"x,x,x\n1,2,3\n4,5,6\n",
        {"x": [1.0, 4.0], "x (2)": [2.0, 5.0], "x (3)": [3.0, 6.0]},
        (
            "Each column must have a name of its own. Got an earlier one again above columns 2 and 3: "
            "called 'x (2)' and 'x (3)' here.",
        ),
    ),
    "a very long name": (
        b"x" * 1000 + b",y\n1,2\n3,4\n",
        {"x" * 59 + "…": [1.0, 3.0], "y": [2.0, 4.0]},
        ("A name of a column must have at most 60 characters. Got more above column 1: it is cut.",),
    ),
    "long names that differ at their ends": (
        b"x" * 100 + b"a," + b"x" * 100 + b"b\n1,2\n3,4\n",
        {"x" * 59 + "…": [1.0, 3.0], "x" * 55 + "… (2)": [2.0, 4.0]},
        (
            "A name of a column must have at most 60 characters. Got more above columns 1 and 2: they are cut.",
            "Each column must have a name of its own. Got an earlier one again above column 2: "
            f"called '{'x' * 40}'… (60 characters) here.",
        ),
    ),
    "a header that is too short": (
        b"x,y\nfirst,1,2\nsecond,3,4\n",
        {"x": ["first", "second"], "y": [1, 3], "column 3": [2, 4]},
        ("The header must name each of the 3 columns. Got fewer names: see whether each stands at its own.",),
    ),
    "a header that is too long": (
        b"x,y,class\n1,2\n3,4\n",
        {"x": [1, 3], "y": [2, 4], "class": [NONE, NONE]},
        ("Column 'class' is empty.",),
    ),
    "a constant column": (
        b"x,y,class\n1,7,a\n2,7.0,b\n3,7,a\n",
        {"x": [1, 2, 3], "y": [7, 7, 7], "class": ["a", "b", "a"]},
        ("Column 'y' is constant: it holds nothing but 7.",),
    ),
    "one class": (
        b"x,class\n1,yes\n2,yes\n",
        {"x": [1, 2], "class": ["yes", "yes"]},
        ("Column 'class' is constant: it holds nothing but 'yes'.",),
    ),
    "no numbers": (
        b"colour,size\nred,big\nred,small\nblue,big\n",
        {"colour": ["red", "red", "blue"], "size": ["big", "small", "big"]},
        ("A table must have a column of numbers that vary, to learn from. Got none in 'colour' and 'size'.",),
    ),
    "UTF-8 with a broken letter": (
        "x,city\n1,Köln\n2,Bonn\n3,Łódź\n".encode().replace(b"nn", b"n\xff"),
        {"x": [1, 2, 3], "city": ["Köln", "Bon\ufffd", "Łódź"]},
        ("All letters must be in one encoding. Got others, shown as \ufffd, in row 3.",),
    ),
    "passengers": (
        b'PassengerId,Survived,Pclass,Name,Age,Fare,Cabin\r\n1,0,3,"Braund, Mr. Owen",22,7.25,\r\n'
        b'2,1,1,"Cumings, Mrs. John (""Florence"")",38,71.2833,C85\r\n3,1,3,"Heikkinen, Miss. Laina",,7.925,\r\n',
        {
            "PassengerId": [1, 2, 3],
            "Survived": [0, 1, 1],
            "Pclass": [3, 1, 3],
            "Name": ["Braund, Mr. Owen", 'Cumings, Mrs. John ("Florence")', "Heikkinen, Miss. Laina"],
            "Age": [22, 38, NONE],
            "Fare": [7.25, 71.2833, 7.925],
            "Cabin": [NONE, "C85", NONE],
        },
        (
            "Column 'Age' has 1 missing cell: row 4.",
            "Column 'Cabin' is constant: it holds nothing but 'C85'.",
            "Column 'Cabin' has 2 missing cells: rows 2 and 4.",
        ),
    ),
    "many columns with problems": (
        b"x," + b",".join(b"c%d" % k for k in range(25)) + b"\n" + (b"1" + b",5" * 25 + b"\n2" + b",5" * 25 + b"\n"),
        {"x": [1, 2]} | {f"c{k}": [5, 5] for k in range(25)},
        (
            *(f"Column 'c{k}' is constant: it holds nothing but 5." for k in range(20)),
            "There are 5 more problems with columns.",
        ),
    ),
}


def test_a_column_of_too_many_classes_is_said_not_to_be_offered_as_a_target() -> None:
    def problems(rows: int, texts: int, last: bool) -> tuple[str, ...]:
        header, row = ("a,b,c", "{k},{half},t{text}") if last else ("c,a,b", "t{text},{k},{half}")
        lines = (row.format(k=k, half=k / 2, text=k % texts) for k in range(rows))
        return read_table("\n".join([header, *lines]).encode()).problems

    said = ("Column 'c' has 25 different texts: a target has at most 20 classes, so it is not offered as one.",)
    assert problems(25, 25, last=True) == problems(50, 25, last=False) == said
    assert problems(40, 20, last=True) == problems(40, 20, last=False) == ()
    assert problems(25, 25, last=False) == (), "a title that no row shares with another is no class"


@pytest.mark.parametrize("name", DIRTY)
def test_what_is_wrong_is_named_by_row(name: str) -> None:
    content, expected, problems = DIRTY[name]
    table = read_table(content)
    assert (held(table), table.problems) == (expected, problems)


# Hostile -----------------------------------------------------------------------------------------------------------

HOSTILE: dict[str, tuple[bytes, Held]] = {
    "markup in names and cells": (
        b"<b>x</b>,<script>alert(1)</script>\n1,<img src=x onerror=alert(1)>\n2,&lt;\n",
        {"<b>x</b>": [1, 2], "<script>alert(1)</script>": ["<img src=x onerror=alert(1)>", "&lt;"]},
    ),
    "formulas in names and cells": (
        b'=1+1,+x,class\n1,2,=cmd|\' /C calc\'!A0\n3,4,@SUM(1)\n5,6,"=HYPERLINK(""http://a"",""b"")"\n',
        {"=1+1": [1, 3, 5], "+x": [2, 4, 6], "class": ["=cmd|' /C calc'!A0", "@SUM(1)", '=HYPERLINK("http://a","b")']},
    ),
    "code in names and cells": (
        b"__import__('os'),{0.__class__}\n1,os.system('a')\n2,%s%n\n",
        {"__import__('os')": [1, 2], "{0.__class__}": ["os.system('a')", "%s%n"]},
    ),
    "an address where the content is": (
        b"http://localhost/a.csv,file:///etc/passwd\n1,a\n2,b\n",
        {"http://localhost/a.csv": [1, 2], "file:///etc/passwd": ["a", "b"]},
    ),
    "letters that turn what stands after them": (
        "x,cl\u202eass\n1,\u200ba\u202eb\n2,\u2066c\u2069\n".encode(),
        {"x": [1, 2], "class": ["ab", "c"]},
    ),
    "a name that shows nothing": ("x,\u200b\n1,a\n2,b\n".encode(), {"x": [1, 2], "column 2": ["a", "b"]}),
    "names that pandas would take for gaps or numbers": (
        b"x,y\n1,None\n2,True\n3,1/2\n",
        {"x": [1, 2, 3], "y": ["None", "True", "1/2"]},
    ),
    "what pandas might take for comments": (b"#x,y\n1,#a\n2,b#c\n", {"#x": [1, 2], "y": ["#a", "b#c"]}),
    "backslashes": (b"x,y\n1,a\\\n2,\\n\n", {"x": [1, 2], "y": ["a\\", "\\n"]}),
    "the first letters of archives": (b"PK,BZh\n1,a\n2,b\n", {"PK": [1, 2], "BZh": ["a", "b"]}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_stands_in_a_file_is_text(name: str) -> None:
    content, expected = HOSTILE[name]
    assert held(read_table(content)) == expected


# Refused -----------------------------------------------------------------------------------------------------------


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def two_gigabytes() -> bytes:
    """A gzip file of a megabyte or two that unpacks to 2 GB: the same compressed block again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(b"1,2\n" * 2**18) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b"1,2\n" * 2**18) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * 2047


TEXT = "A table must be plain text, as CSV or TSV."
COLUMNS = "A table must have at least 2 columns, parted by commas, semicolons or tabs."
ROWS = "A table must have 2 to 100,000 rows beside its header."
QUOTES = 'A cell that begins with a quote (") must end with one.'
SHEET = "save the sheet as CSV and take that."
UNPACK = "unpack it and take the table in it."
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "A table must have rows. Got an empty file."),
    "a byte order mark alone": (b"\xef\xbb\xbf", "A table must have rows. Got an empty file."),
    "blank rows alone": (b" \r\n\n\t\n", "A table must have rows. Got an empty file."),
    "the separator alone": (b"sep=;\n", f"{COLUMNS} Got rows of 0."),
    "separators alone": (b",,,\n,,,\n", "A table must have rows. Got blank ones alone."),
    "a header alone": (b"x,y,class\n", f"{ROWS} Got 0."),
    "one row": (b"x,y,class\n1,2,a\n", f"{ROWS} Got 1."),
    "one row and no header": (b"1,2,a\n", f"{ROWS} Got 1."),
    "one column": (b"x\n1\n2\n", f"{COLUMNS} Got rows of 1."),
    "one column with separators": (b"x,\n1,\n2,\n", f"{COLUMNS} Got 1."),
    "columns parted by spaces": (b"x y\n1 2\n3 4\n", f"{COLUMNS} Got rows of 1."),
    "10,000 columns": (
        b",".join([b"x"] * 10_000) + b"\n" + b",".join([b"1"] * 10_000) + b"\n",
        "A table must have at most 256 columns. Got 10,000 cells in row 1.",
    ),
    "10,000 cells in one row": (
        b"x,y\n1,2\n" + b",".join([b"1"] * 10_000) + b"\n3,4\n",
        "A table must have at most 256 columns. Got 10,000 cells in row 3.",
    ),
    "short rows and a long one": (
        b"x,y\n" + b"1,2\n" * 50_000 + b"1" + b",1" * 199,
        "A table must have at most 5,000,000 cells. Got 50,002 rows of up to 200 cells: 10,000,400.",
    ),
    "too many rows": (
        b"x,y\n" + b"1,2\n" * 100_001,
        "A table must have at most 100,000 rows beside its header. Got more.",
    ),
    "too many rows and no header": (b"1,2\n" * 100_001, f"{ROWS} Got 100,001."),
    "too many blank rows": (
        b"x,y" + b"\n" * 1_000_000 + b"1,2",
        "A table must have at most 100,000 rows beside its header. Got more.",
    ),
    "too many bytes": (b"1,2\n" * 2_700_000, "A table must have at most 10 MB. Got 10.3 MB."),
    "one byte too many": (b"1,2\n" * (MAX_BYTES // 4) + b"1", "A table must have at most 10 MB. Got 10.1 MB."),
    "a quote left open": (b'x,class\n1,a\n2,"b\n3,c\n4,d\n', f"{QUOTES} Got one left open in row 3."),
    "a quote left open in the last cell": (b'x,class\n1,a\n2,"', f"{QUOTES} Got one left open in row 3."),
    "a cell that is too long": (
        b"x,class\n1,a\n2," + b"b" * 200_000,
        "A cell must have at most 131,072 characters. Got more in row 3.",
    ),
    "a quote left open far from the end": (
        b'x,class\n1,"a\n' + b"2,b\n" * 50_000,
        "A cell must have at most 131,072 characters. Got more in row 2: a quote may be left open there.",
    ),
    "a null byte": (b"x,y\n1,2\n3,\x00\n", f"{TEXT} Got a null byte in line 3, as files of other kinds have."),
    "a control character": (
        b"x,y\r\n1,2\r\n3,\x1b[31m\r\n",
        f"{TEXT} Got the control character '\\x1b' in line 3, as files of other kinds have.",
    ),
    "half a UTF-16 letter": (
        b"\xff\xfex\x00,\x00y",
        "A table marked as UTF-16-LE must be in it. Got bytes that are not.",
    ),
    "a mark of UTF-8 on another encoding": (
        b"\xef\xbb\xbfx,y\n1,\xe9\n",
        "A table marked as UTF-8 must be in it. Got bytes that are not.",
    ),
    "UTF-32": ("x,y\n1,2\n".encode("utf-32"), f"{TEXT} Got a null byte in line 1, as files of other kinds have."),
    "a zip archive": (
        zipped("a.csv", SHORT.encode()),
        f"{TEXT} Got a zip archive or a workbook (.xlsx, .ods): {SHEET}",
    ),
    "a zip archive that unpacks to much": (
        zipped("a.csv", b"1,2\n" * 2**22),
        f"{TEXT} Got a zip archive or a workbook (.xlsx, .ods): {SHEET}",
    ),
    "an empty zip archive": (b"PK\x05\x06" + bytes(18), f"{TEXT} Got an empty zip archive: {UNPACK}"),
    "a gzip file": (gzip.compress(SHORT.encode()), f"{TEXT} Got a gzip file: {UNPACK}"),
    "a gzip file that unpacks to 2 GB": (two_gigabytes(), f"{TEXT} Got a gzip file: {UNPACK}"),
    "a bzip2 file": (bz2.compress(SHORT.encode()), f"{TEXT} Got a bzip2 file: {UNPACK}"),
    "an xz file": (lzma.compress(SHORT.encode()), f"{TEXT} Got an xz file: {UNPACK}"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), f"{TEXT} Got a workbook (.xls): {SHEET}"),
    "a PDF document": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", f"{TEXT} Got a PDF document: {SHEET}"),
    "a picture": (
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        f"{TEXT} Got the control character '\\x1a' in line 2, as files of other kinds have.",
    ),
    "pickled objects": (
        b"\x80\x04\x95\x10\x00\x00\x00",
        f"{TEXT} Got the control character '\\x04' in line 1, as files of other kinds have.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_a_sentence(name: str) -> None:
    content, sentence = REFUSED[name]
    with pytest.raises(TableError) as refusal:
        read_table(content)
    assert str(refusal.value) == sentence


def test_the_archive_of_2_gb_is_one_that_would_be_taken_by_its_size() -> None:
    packed = two_gigabytes()
    unpacked = zlib.decompressobj(31)
    assert len(packed) <= MAX_BYTES
    assert unpacked.decompress(packed, 2**22) == b"1,2\n" * 2**20


def test_as_much_as_is_allowed_is_read() -> None:
    table = read_table(b"x,y\n" + b"".join(b"%d,2\n" % k for k in range(100_000)))
    assert (len(table.rows), table.rows[0], table.rows[-1]) == (100_000, 2, 100_001)
    assert table.columns[0].values.tolist() == list(range(100_000))
