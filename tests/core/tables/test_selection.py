"""What a network learns from: target and inputs of a table, the task, and the rows that are left out."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import LabelEncoder
from sklearn.utils.multiclass import type_of_target

from playground.core import TableError, read_table
from playground.core.tables import MAX_CLASSES, MAX_INPUTS, Guess
from playground.core.tables.tasks import tasks_of

FLOWERS = read_table(
    b"length,width,petals,kind\n5.1,3.5,4,setosa\n4.9,3,5,virginica\n6.2,2.9,4,setosa\n5,3.6,5,alpina\n5.1,3.5,4,setosa\n"
)
DIRTY = read_table(b"x,y,z,kind\n1,2,3,a\n?,2,4,b\n3,bad,5,a\n4,2,6,\n5,2,7,b,8\n1,2,3,a\n7,3,9,b\n")


def test_inputs_are_columns_in_the_order_asked_and_classes_are_sorted_names() -> None:
    selection = FLOWERS.selected("kind", ["width", "length"])
    assert selection.X.tolist() == [[3.5, 5.1], [3.0, 4.9], [2.9, 6.2], [3.6, 5.0], [3.5, 5.1]]
    assert (selection.classes, selection.y.tolist()) == (("alpina", "setosa", "virginica"), [1, 2, 1, 0, 1])
    assert (selection.task, selection.target, selection.inputs) == ("classification", "kind", ("width", "length"))
    assert [selection.X.dtype.name, selection.y.dtype.name] == ["float64", "int64"]
    assert (selection.rows.tolist(), selection.left_out.tolist()) == ([2, 3, 4, 5, 6], [])


def test_classes_are_those_of_scikit_learn() -> None:
    kinds = ["b", "Ä", "a", "B", "é", "a", "10", "9", "b"]
    table = read_table("\n".join(["x,kind", *(f"{k},{kind}" for k, kind in enumerate(kinds))]).encode())
    encoder = LabelEncoder().fit(kinds)
    selection = table.selected("kind", ["x"])
    assert selection.classes == tuple(encoder.classes_)
    assert selection.y.tolist() == encoder.transform(kinds).tolist()


def test_numbers_that_are_classes_are_named_as_numbers_and_sorted_by_size() -> None:
    selection = read_table(b"x;kind\n1;10\n2;9\n3;-1,50\n4;10,0\n").selected("kind", ["x"], task="classification")
    assert (selection.classes, selection.y.tolist()) == (("-1.5", "9", "10"), [2, 1, 0, 2])


def test_the_target_of_regression_keeps_its_values() -> None:
    selection = FLOWERS.selected("length", ["width"])
    assert (selection.task, selection.classes) == ("regression", ())
    assert (selection.y.tolist(), selection.y.dtype.name) == ([5.1, 4.9, 6.2, 5.0, 5.1], "float64")


@pytest.mark.parametrize(
    ("target", "tasks"),
    [
        ("kind", ("classification",)),
        ("petals", ("classification", "regression")),
        ("length", ("regression", "classification")),
    ],
)
def test_tasks_are_offered(target: str, tasks: tuple[str, ...]) -> None:
    assert FLOWERS.tasks(target) == tasks
    assert [FLOWERS.selected(target, ["width"], task=task).task for task in FLOWERS.tasks(target)] == list(tasks)


@pytest.mark.parametrize(
    ("values", "tasks"),
    [
        (["yes", "no"] * 5, ("classification",)),
        ([f"class {k}" for k in range(20)], ("classification",)),
        ([f"class {k}" for k in range(21)], ()),
        (["yes"] * 5, ()),
        ([], ()),
        ([0.0, 1.0] * 5, ("classification", "regression")),
        ([float(k % 10) for k in range(150)], ("classification", "regression")),
        ([float(k % 20) for k in range(40)], ("classification", "regression")),
        ([float(k % 20) for k in range(39)], ("regression", "classification")),
        ([float(k) for k in range(20)], ("regression", "classification")),
        ([float(k % 19) for k in range(20)], ("regression", "classification")),
        ([10.0, 20.0, 30.0], ("regression", "classification")),
        ([0.0, 1.0, 2.0, 1.0], ("classification", "regression")),
        ([0.0, 1.0, 2.0, 3.0] * 2, ("classification", "regression")),
        ([0.0, 1.0, 2.0, 3.0] * 2 + [4.0], ("regression", "classification")),
        ([float(k) for k in range(21)], ("regression",)),
        ([float(k % 21) for k in range(1000)], ("regression",)),
        ([0.5, 1.0] * 5, ("regression", "classification")),
        ([k / 7 for k in range(1000)], ("regression",)),
        ([3.0] * 5, ()),
    ],
)
def test_few_whole_numbers_are_classes_and_others_values(values: Sequence[Any], tasks: tuple[str, ...]) -> None:
    assert tasks_of(np.array(values, np.float64 if values and isinstance(values[0], float) else object)) == tasks


@given(
    st.lists(st.integers(-3, 3).map(float) | st.sampled_from([0.5, 2.25]), min_size=2, max_size=60).filter(
        lambda values: len(set(values)) > 1
    )
)
def test_what_suggests_itself_is_as_scikit_learn_has_it_but_for_few_rows(values: list[float]) -> None:
    with warnings.catch_warnings(record=True) as doubts:
        warnings.simplefilter("always")
        continuous = type_of_target(np.array(values)) == "continuous"
    different = len(set(values))
    hardly_repeat = different == len(values) or (different > 3 and 2 * different > len(values))
    expected = "regression" if continuous or doubts or hardly_repeat else "classification"
    assert tasks_of(np.array(values))[0] == expected


# Rows --------------------------------------------------------------------------------------------------------------

RULE = "Every row must have all of the chosen cells, and no more cells than the table has columns."


@pytest.mark.parametrize(
    ("target", "inputs", "sentence"),
    [
        ("kind", ["x"], f"{RULE} Got others in rows 3, 5 and 6: leave out these 3, or choose other columns."),
        ("kind", ["x", "y"], f"{RULE} Got others in rows 3, 4, 5 and 6: leave out these 4, or choose other columns."),
        ("z", ["y"], f"{RULE} Got others in rows 4 and 6: leave out these 2, or choose other columns."),
    ],
)
def test_rows_are_left_out_only_when_told_so(target: str, inputs: list[str], sentence: str) -> None:
    with pytest.raises(TableError) as refusal:
        DIRTY.selected(target, inputs)
    assert str(refusal.value) == sentence


def test_rows_are_left_out_when_told_so() -> None:
    selection = DIRTY.selected("kind", ["x", "y"], drop=True)
    assert selection.X.tolist() == [[1, 2], [1, 2], [7, 3]]
    assert [selection.classes[k] for k in selection.y] == ["a", "a", "b"]
    assert (selection.rows.tolist(), selection.left_out.tolist()) == ([2, 7, 8], [3, 4, 5, 6])


def test_rows_that_repeat_are_left_out_only_when_told_so() -> None:
    assert DIRTY.duplicates.tolist() == [7]
    selection = DIRTY.selected("kind", ["x", "y"], drop=True, drop_duplicates=True)
    assert (selection.rows.tolist(), selection.left_out.tolist()) == ([2, 8], [3, 4, 5, 6, 7])
    assert FLOWERS.selected("kind", ["length"], drop_duplicates=True).left_out.tolist() == [6]


def test_cells_of_columns_that_are_not_chosen_may_be_missing() -> None:
    table = read_table(b"x,y,kind\n1,,a\n2,?,b\n3,bad,a\n4,5,b\n5,6,a\n6,7,b\n7,8,a\n")
    assert table.selected("kind", ["x"]).X[:, 0].tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_many_rows_are_counted_and_the_first_named() -> None:
    table = read_table(b"x,kind\n" + b"1,a\n,b\n2,b\n" * 1500)
    with pytest.raises(TableError) as refusal:
        table.selected("kind", ["x"])
    assert "in rows 3, 6, 9, 12, 15 and 1,495 more: leave out these 1,500," in str(refusal.value)


# Refused -----------------------------------------------------------------------------------------------------------

MANY = read_table(
    b",".join(b"x%d" % k for k in range(40))
    + b",id,same,nothing\n"
    + b"".join(b",".join(b"%d" % (row * k + row) for k in range(40)) + b",n%d,7,\n" % row for row in range(30))
)
INPUTS = [f"x{k}" for k in range(40)]


@pytest.mark.parametrize(
    ("target", "inputs", "sentence"),
    [
        ("z", ["x0"], "There must be a column of the name. Got 'z'."),
        ("x0", ["<b>"], "There must be a column of the name. Got '<b>'."),
        ("x0", [], "There must be 1 to 30 inputs. Got 0."),
        ("x39", INPUTS[:31], "There must be 1 to 30 inputs. Got 31."),
        ("x0", ["x1", "x2", "x1"], "Each input must be named once. Got 'x1' twice."),
        ("x0", ["x1", "x0"], "The target must not be an input. Got 'x0' as both."),
        ("x0", ["id"], "An input must hold numbers that vary. Got 'id': it holds names."),
        ("x0", ["same"], "An input must hold numbers that vary. Got 'same': it holds nothing but 7."),
        ("x0", ["nothing"], "An input must hold numbers that vary. Got 'nothing': it is empty."),
        ("id", ["x0"], "The target must have 2 to 20 classes. Got 30 in 'id'."),
        ("same", ["x0"], "The target must hold two or more different values. Got 'same', which holds nothing but 7."),
        ("nothing", ["x0"], "The target must hold values. Got 'nothing', which is empty."),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(target: str, inputs: list[str], sentence: str) -> None:
    with pytest.raises(TableError) as refusal:
        MANY.selected(target, inputs)
    assert str(refusal.value) == sentence


def test_a_column_is_named_by_its_header_too_however_long_if_no_other_has_it() -> None:
    long, other = "income of the household " * 4 + "in euros", "y" * 70
    table = read_table(f"{long},{other},x,kind,kind\n1,2,3,a,b\n2,5,4,b,b\n4,4,5,a,a\n".encode())
    data = table.to_data("kind", [long, "x"])
    assert data.inputs == (table.columns[0].name, "x") and len(data.inputs[0]) == 60
    assert table.column("kind") is table.columns[3] and table.column("kind (2)") is table.columns[4]
    assert table.to_data(long).inputs == (table.columns[1].name,)
    with pytest.raises(TableError, match=r"^Each input must be named once\."):
        table.to_data("kind", [long, table.columns[0].name])
    with pytest.raises(TableError, match=r"^The target must not be an input\."):
        table.to_data(long, [table.columns[0].name])
    twice = read_table(f"{other},{other},kind\n1,2,a\n2,5,b\n".encode())
    with pytest.raises(TableError, match=r"^There must be a column of the name\."):
        twice.column(other)


@pytest.mark.parametrize("target", [b"inf", b"-inf", b"Infinity"])
def test_infinity_is_no_class_of_a_target(target: bytes) -> None:
    table = read_table(b"x,y\n1,1.5\n2,%s\n3,2.5\n4,%s\n5,%s\n" % (target, target, target))
    assert table.tasks("y")[0] == "regression"
    with pytest.raises(TableError, match=r"Got others in rows 3, 5 and 6"):
        table.to_data("y", ["x"])


def test_tasks_that_do_not_fit_are_refused() -> None:
    with pytest.raises(TableError, match=r"^The target of regression must hold numbers. Got 'id': it holds names.$"):
        MANY.selected("id", ["x0"], task="regression")
    with pytest.raises(TableError, match=r"^The target must have 2 to 20 classes. Got 30 in 'x0'.$"):
        MANY.selected("x0", ["x1"], task="classification")


def test_what_is_left_must_still_be_something_to_learn() -> None:
    table = read_table(b"x,y,kind\n1,1,a\n2,1,a\n3,1,a\n,2,b\n,,b\n")
    with pytest.raises(TableError, match=r"^The target must have 2 to 20 classes. Got 1 in 'kind'.$"):
        table.selected("kind", ["x"], drop=True)
    with pytest.raises(
        TableError, match=r"^The target must hold two or more different values. Got 1 in 'y', of 3 rows.$"
    ):
        table.selected("y", ["x"], drop=True)
    with pytest.raises(TableError, match=r"^At least 2 rows must have all of the chosen cells. Got 0.$"):
        read_table(b"x,y,kind\n1,,a\n2,,b\n,1,a\n,2,b\n").selected("kind", ["x", "y"], drop=True)


def test_as_many_inputs_and_classes_as_allowed_are_taken() -> None:
    assert MANY.selected("x39", INPUTS[:MAX_INPUTS]).X.shape == (30, MAX_INPUTS)
    table = read_table(b"x,kind\n" + b"".join(b"%d,k%d\n" % (k, k % MAX_CLASSES) for k in range(100)))
    assert len(table.selected("kind", ["x"]).classes) == MAX_CLASSES


def test_long_names_of_classes_are_cut_and_stay_apart() -> None:
    long = "<b>" + "x" * 100
    table = read_table(f"x,kind\n1,{long}a\n2,{long}b\n3,c\n".encode())
    selection = table.selected("kind", ["x"])
    assert selection.classes == ("<b>" + "x" * 56 + "…", "<b>" + "x" * 52 + "… (2)", "c")
    assert selection.y.tolist() == [0, 1, 2]


# Guessed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "guess"),
    [
        (b"x,y,z,kind\n1,2,3,a\n4,5,6,b\n", Guess("kind", ("x", "y"))),
        (b"name,x,kind,y,size\nn,1,a,3,7\nm,2,b,4,9\n", Guess("size", ("x", "y"))),
        (b"x,same,y,kind,remark\n1,7,2,a,\n3,7,4,b,\n", Guess("kind", ("x", "y"))),
        (b"x,kind\n1,a\n2,b\n", Guess("kind", ("x",))),
        (b"colour,kind\nred,a\nblue,b\nred,b\n", Guess("kind", ())),
        (b"x,y\n1,2\n1,2\n", Guess(None, ())),
        (b"x,id\n" + b"".join(b"%d,n%d\n" % (k, k) for k in range(21)), Guess("x", ())),
    ],
)
def test_target_and_inputs_are_guessed(content: bytes, guess: Guess) -> None:
    assert read_table(content).guess == guess


# Of other kinds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["x,y\n1,2\n3,4\n", None, 3, [b"x,y"]])
def test_what_is_no_bytes_is_refused_by_its_kind(content: Any) -> None:
    with pytest.raises(TableError, match=r"as the bytes of its file\. Got (str|NoneType|int|list)\."):
        read_table(content)


def test_bytes_of_any_kind_are_read() -> None:
    content = b"x,kind\n1,a\n2,b\n"
    kinds: list[Any] = [bytearray(content), memoryview(content)]
    for same in kinds:
        assert [column.name for column in read_table(same).columns] == ["x", "kind"]


def test_inputs_are_any_list_of_names_and_never_the_letters_of_one() -> None:
    table = read_table(b"x,y,kind\n1,2,a\n3,4,b\n")
    assert table.selected("kind", iter(["x", "y"])).inputs == ("x", "y")  # type: ignore[arg-type]
    wrong: list[Any] = ["xy", "x", b"x", 3]
    for inputs in wrong:
        with pytest.raises(TableError, match=r"Inputs must be a list of names\. Got "):
            table.to_data("kind", inputs)


def test_a_task_that_is_none_is_refused_as_such() -> None:
    task: Any = "clustering"
    with pytest.raises(TableError, match=r"one of classification, regression\. Got 'clustering'\."):
        read_table(b"x,kind\n1,a\n2,b\n").selected("kind", ["x"], task=task)
