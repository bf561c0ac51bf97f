"""A table as data of an experiment: of every file of the other tests the dataset, or the sentence instead."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from playground.core import Data, Experiment, Table, TableError, make_dataset, read_table, words
from playground.core.datasets._packed import MAX_UNPACKED, MOST_IN_A_LINK, packed, unpacked
from playground.core.datasets.own import TABLE
from playground.core.tables import MAX_CLASSES, MAX_INPUTS, MAX_NUMBER
from tests.core.tables.test_files import CLEAN, DIRTY, HOSTILE

FILES = {
    **{f"clean: {name}": case[0] for name, case in CLEAN.items()},
    **{f"dirty: {name}": case[0] for name, case in DIRTY.items()},
    **{f"hostile: {name}": case[0] for name, case in HOSTILE.items()},
}
FLOWERS = read_table(b"a,b,kind\n1,2,x\n1.5,3,y\n0.1,5,x\n-2e-7,7,y\n")


def numbers_of(table: Table, target: str) -> list[str]:
    return [column.name for column in table.columns if column.kind == "number" and column.name != target][:MAX_INPUTS]


class Learnt(NamedTuple):
    """What is to be learnt of a file, by hand from its columns."""

    inputs: list[str]
    X: NDArray[np.float64]
    y: list[Any]
    task: str


def expected(table: Table) -> Learnt | str:
    """What is learnt of the target that suggests itself from all numbers; or what must be said instead."""
    target = table.guess.target
    if target is None:
        return "A table must have a column that can be a target."
    inputs = numbers_of(table, target)
    if not inputs:
        return "There must be 1 to 30 inputs. Got 0."
    columns = [table.column(name) for name in (*inputs, target)]
    whole = np.logical_and.reduce([column.filled for column in columns]) & ~np.isin(table.rows, table.overlong)
    if not whole.all():
        return "Every row must have all of the chosen cells"
    X = np.stack([column.values for column in columns[:-1]], axis=1)
    return Learnt(inputs, X, columns[-1].values.tolist(), table.tasks(target)[0])


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_becomes_its_dataset_or_a_sentence(name: str) -> None:
    table = read_table(FILES[name])
    told = expected(table)
    target = table.guess.target
    if isinstance(told, str):
        with pytest.raises(TableError, match="^" + told.split(".")[0]):
            table.to_data(target, numbers_of(table, target) if target else None)
        return
    assert target is not None
    data = table.to_data(target, numbers_of(table, target))
    found = unpacked(TABLE.of(data))
    assert (data.task, [*data.inputs], found.given.target) == (told.task, told.inputs, target)
    assert np.array_equal(found.X, told.X)
    if told.task == "classification":
        named = [data.class_names[place] for place in found.y]
        assert named == [value if isinstance(value, str) else words.number(value) for value in told.y]
    else:
        assert found.y.tolist() == told.y
    dataset = make_dataset(data)
    assert np.isfinite(dataset.X_train).all() and np.isfinite(dataset.y_train).all()
    assert Experiment.from_query(Experiment(data=data).to_query()) == (Experiment(data=data), [])


def test_at_least_fifty_files_become_a_dataset() -> None:
    whole = [name for name in FILES if not isinstance(expected(read_table(FILES[name])), str)]
    assert len(FILES) >= 50
    assert len(whole) >= 25


def test_by_default_it_is_what_the_table_suggests() -> None:
    assert FLOWERS.to_data() == FLOWERS.to_data("kind", ["a", "b"])
    assert FLOWERS.to_data("a").inputs == ("b",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,kind\n1,x\n1,y\n", "An input must hold numbers that vary. Got 'a': it holds nothing but 1."),
        (b"a,kind\n1,x\n2,x\n", "The target must hold two or more different values"),
        (b"a,kind\n1,x\n,y\n3,x\n", "Every row must have all of the chosen cells"),
    ],
)
def test_what_a_network_cannot_learn_from_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(TableError) as refusal:
        read_table(content).to_data("kind", ["a"])
    assert str(refusal.value).startswith(sentence)


def test_rows_are_left_out_only_when_it_is_said() -> None:
    table = read_table(b"a,kind\n1,x\n?,y\n3,y\n1,x\n")
    assert table.to_data("kind", ["a"], drop=True).n_samples == 3
    assert table.to_data("kind", ["a"], drop=True, drop_duplicates=True).n_samples == 2


# Packed ----------------------------------------------------------------------------------------------------------

NUMBERS = st.floats(-MAX_NUMBER, MAX_NUMBER, width=64)
NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)


@given(st.data())
def test_every_number_and_name_comes_back_as_it_was(data: st.DataObject) -> None:
    n, d = data.draw(st.integers(2, 12)), data.draw(st.integers(1, MAX_INPUTS))
    X = np.array(data.draw(st.lists(st.lists(NUMBERS, min_size=d, max_size=d), min_size=n, max_size=n)))
    y = np.array(data.draw(st.lists(NUMBERS, min_size=n, max_size=n)))
    names = data.draw(st.lists(NAMES, min_size=d + 1, max_size=d + 1, unique=True))
    found = unpacked(packed(X, y, names[1:], (), names[0]))
    assert np.array_equal(found.X, X)
    assert np.array_equal(found.y, y)
    assert (found.given.inputs, found.given.target) == (tuple(names[1:]), names[0])


def pack(content: bytes) -> str:
    return "1" + urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


HEAD = b'{"inputs": ["a"], "classes": ["x", "y"], "target": "t"}\n'
TOO_MANY = b'{"inputs": [%s], "classes": [], "target": "t"}\n' % b",".join(b'"%d"' % k for k in range(31))
MANY_CLASSES = b'{"inputs": ["a"], "classes": [%s], "target": "t"}\n' % b",".join(b'"%d"' % k for k in range(21))
BAD = {
    "another version": "2" + pack(HEAD + b"1,2\n0,1")[1:],
    "no base64": "1%%%",
    "cut off": pack(HEAD + b"1,2\n0,1")[:-6],
    "followed by more": "1" + urlsafe_b64encode(zlib.compress(HEAD + b"1,2\n0,1") + b"more").decode(),
    "a bomb": pack(b"0" * (MAX_UNPACKED + 1)),
    "no names": pack(b"\n1,2\n0,1"),
    "deep brackets": pack(b"[" * 9000 + b"\n1,2\n0,1"),
    "names that are no texts": pack(b'{"inputs": [1], "classes": [], "target": "t"}\n1,2\n0,1'),
    "a name twice": pack(b'{"inputs": ["a", "a"], "classes": [], "target": "t"}\n1,2\n1,2\n0,1'),
    "a name of two lines": pack(b'{"inputs": ["a\\nb"], "classes": [], "target": "t"}\n1,2\n0,1'),
    "a long name": pack(b'{"inputs": ["%s"], "classes": [], "target": "t"}\n1,2\n0,1' % (b"a" * 61)),
    "an empty name": pack(b'{"inputs": [""], "classes": [], "target": "t"}\n1,2\n0,1'),
    "31 inputs": pack(TOO_MANY + b"\n".join([b"1,2"] * 32)),
    "21 classes": pack(MANY_CLASSES + b",".join([b"1"] * 21) + b"\n" + b",".join(b"%d" % k for k in range(21))),
    "a column too few": pack(HEAD + b"1,2"),
    "a column too many": pack(HEAD + b"1,2\n1,2\n0,1"),
    "columns of two lengths": pack(b'{"inputs": ["a","b"], "classes": [], "target": "t"}\n1,2\n1,2,3\n0,1'),
    "targets of another length": pack(HEAD + b"1,2\n0,1,0"),
    "one row": pack(HEAD + b"1\n0"),
    "no number": pack(HEAD + b"1,nan\n0,1"),
    "infinity": pack(HEAD + b"1,inf\n0,1"),
    "too large a number": pack(HEAD + b"1,1e308\n0,1"),
    "half a class": pack(HEAD + b"1,2\n0,0.5"),
    "a class that is not named": pack(HEAD + b"1,2\n0,2"),
    "a class that never comes": pack(HEAD + b"1,2\n0,0"),
    "too many rows": pack(HEAD + b"1" + b",1" * 100_000 + b"\n0" + b",1" * 100_000),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_packed_table_is_refused_in_a_sentence(name: str) -> None:
    text = BAD[name]
    experiment, refused = Experiment.from_query({"dataset": "own", "table": text})
    assert experiment == Experiment()
    assert refused[0].startswith("table must be a table as this page packs it. Got '")
    assert max(map(len, refused)) < 200


@given(st.text() | st.binary().map(pack) | st.binary(max_size=60).map(lambda more: pack(HEAD + more)))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    experiment, refused = Experiment.from_query({"dataset": "own", "table": text})
    assert (experiment.data.dataset == "own") == (not refused)


def test_the_limits_of_a_table_are_those_of_a_packed_one() -> None:
    wide = read_table(
        b"\n".join([b",".join(b"c%d" % k for k in range(31)), *(b",".join([b"%d" % (k * k)] * 31) for k in range(40))])
    )
    with pytest.raises(TableError, match=r"There must be 1 to 30 inputs\. Got 31\."):
        wide.to_data("c0", [f"c{k}" for k in range(31)])
    assert len(wide.to_data("c30", [f"c{k}" for k in range(MAX_INPUTS)]).inputs) == MAX_INPUTS
    many = read_table(b"a,kind\n" + b"".join(b"%d,k%d\n" % (k, k % MAX_CLASSES) for k in range(60)))
    assert many.to_data("kind", ["a"]).n_classes == MAX_CLASSES


# In a link -------------------------------------------------------------------------------------------------------


def large() -> Data:
    X = np.random.default_rng(0).normal(size=(400, 3))
    return Data(dataset="own", table=packed(X, X[:, 0], ["a", "b", "c"], (), "t"))


def test_a_small_table_is_in_the_link_and_a_large_one_is_not() -> None:
    small, much = Experiment(data=FLOWERS.to_data()), Experiment(data=large())
    assert small.fits_in_link and small.to_query()["table"] == TABLE.of(small.data)
    assert not much.fits_in_link and len(TABLE.of(much.data)) > MOST_IN_A_LINK
    assert len(much.to_query()["table"]) < 50
    assert Experiment.from_query(much.to_query()) == (much, [])


def test_where_a_large_table_is_not_kept_the_link_says_so() -> None:
    asked = {**Experiment(data=large()).to_query(), "table": "~" + "0" * 40}
    experiment, refused = Experiment.from_query(asked)
    assert experiment.data.dataset == "circle"
    assert refused[0].startswith("A link must hold its table or be opened where that is still kept.")
    assert "open the experiment file" in refused[0]
