"""An experiment as a file: it opens again as it was, and what is no such file is refused in a sentence."""

from __future__ import annotations

import json
from collections import OrderedDict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Data, Experiment, Model, TableError, kept_texts
from playground.core.datasets._packed import packed
from playground.core.experiment_file import MAX_SIZE, NAME, load, looks_like_one, save

X = np.random.default_rng(1).normal(size=(300, 4))
LARGE = Experiment(
    data=Data(
        dataset="own", table=packed(X, (X[:, 0] > 0).astype(int), list("abcd"), ("no", "ja ⟶"), "yes?"), plane=(2, 3)
    ),
    model=Model(hidden=(8,)),
)


@pytest.mark.parametrize("experiment", [Experiment(), LARGE, Experiment.from_query({"learning_rate_from_9": "1"})[0]])
def test_an_experiment_that_was_saved_opens_as_it_was(experiment: Experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    content = save(experiment).encode()
    monkeypatch.setattr(kept_texts, "_kept", OrderedDict())  # as on another server
    assert looks_like_one(content)
    assert load(content) == (experiment, [])


def test_a_table_is_not_taken_for_an_experiment() -> None:
    assert not looks_like_one(b"a,b\n1,2\n")
    assert not looks_like_one(b'{"rows": [1, 2]}')


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "An experiment file must be one that this page has saved. Got one that is cut off or was changed."),
        (save(LARGE).encode()[:-9], "An experiment file must be one that this page has saved. Got one that is cut off"),
        (b"[" * 100_000, "An experiment file must be one that this page has saved. Got one that is cut off"),
        (b"\xff\xfe{", "An experiment file must be one that this page has saved. Got one that is cut off"),
        (b"[]", "An experiment file must be one that this page has saved. Got another kind of file."),
        (b'{"query": {}}', "An experiment file must be one that this page has saved. Got another kind of file."),
        (json.dumps({NAME: 2, "query": {}}).encode(), "An experiment file must be of version 1. Got 2."),
        (json.dumps({NAME: True, "query": {}}).encode(), "An experiment file must be of version 1. Got True."),
        (json.dumps({NAME: 1}).encode(), "An experiment file must be one that this page has saved. Got one without"),
        (
            json.dumps({NAME: 1, "query": []}).encode(),
            "An experiment file must be one that this page has saved. Got one",
        ),
        (
            json.dumps({NAME: 1, "query": {"hidden": [4]}}).encode(),
            "Each knob of an experiment file must be a text. Got [4] for 'hidden'.",
        ),
        (b"{" + b" " * MAX_SIZE, f"An experiment file must have at most {MAX_SIZE:,} bytes. Got {MAX_SIZE + 1:,}."),
    ],
)
def test_what_is_no_experiment_file_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(TableError) as refusal:
        load(content)
    assert str(refusal.value).startswith(sentence)


def test_bad_values_in_a_file_fall_back_and_are_named() -> None:
    content = json.dumps({NAME: 1, "query": {"hidden": "8", "dataset": "own", "table": "rubbish", "foo": "1"}}).encode()
    experiment, refused = load(content)
    assert experiment == Experiment(model=Model(hidden=(8,)))
    assert [sentence.split(" ")[0] for sentence in refused] == ["table", "There", "dataset=own"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.binary() | JSON.map(lambda query: json.dumps({NAME: 1, "query": query}).encode()))
def test_no_file_does_more_than_be_refused(content: bytes) -> None:
    try:
        experiment, _refused = load(content)
    except TableError:
        return
    assert isinstance(experiment, Experiment)
