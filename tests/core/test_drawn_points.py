"""Points that were drawn: packed in Python as in JavaScript, unpacked exactly, refused in a sentence."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from playground.core import Experiment, make_dataset
from playground.core.datasets.drawn import POINTS as POINTS_KNOB
from playground.core.drawn_points import DIGITS, MOST_POINTS, pack_points, unpack_points
from playground.core.errors import Explained

ROOT = Path(__file__).parents[2]
PLACES = st.integers(-600, 600).map(lambda place: place / 100)
POINTS = st.lists(st.tuples(PLACES, PLACES, st.integers(0, 5)), max_size=50)


def packed(points: list[tuple[float, float, int]]) -> str:
    return pack_points([point[:2] for point in points], [point[2] for point in points])


@given(POINTS)
def test_points_come_back_as_they_were(points: list[tuple[float, float, int]]) -> None:
    X, y = unpack_points(packed(points))
    assert [(*x, k) for x, k in zip(X.tolist(), y.tolist(), strict=True)] == points


@given(st.text(max_size=60) | st.text(DIGITS, max_size=60).map("1".__add__))
def test_whatever_stands_there_is_points_or_a_sentence(text: str) -> None:
    experiment, refused = Experiment.from_query({"dataset": "drawn", "points": text})
    assert make_dataset(experiment.data).X_train.shape == (experiment.data.n_train, 2)
    assert bool(refused) == (POINTS_KNOB.of(experiment.data) != text.strip())
    try:
        assert np.abs(unpack_points(text)[0]).max(initial=0) <= 6
    except Explained as refusal:
        assert str(refusal).isprintable()


def test_as_many_as_may_be_drawn_fit_into_4_kb_and_one_more_is_refused() -> None:
    rng = np.random.default_rng(0)
    X, y = rng.uniform(-6, 6, (MOST_POINTS + 1, 2)), rng.integers(0, 6, MOST_POINTS + 1)
    text = pack_points(X[:-1], y[:-1])
    assert len(text) <= 4096
    data = Experiment.from_query({"dataset": "drawn", "points": text})[0].data
    assert (data.n_samples, data.n_classes) == (MOST_POINTS, 6)
    with pytest.raises(ValueError, match=r"at most 1000 points\. Got 1001"):
        pack_points(X, y)


def test_too_few_points_are_counted() -> None:
    refused = Experiment.from_query({"dataset": "drawn", "points": packed([(0, 0, 0), (1, 1, 0), (2, 2, 3)])})[1]
    assert "at least 2 points of each of 2 classes" in refused[0] and "It has 2 of class 0, 1 of class 3." in refused[0]


def test_a_browser_packs_as_the_server_does() -> None:
    rng = np.random.default_rng(1)
    places, y = rng.integers(-600, 601, (300, 2)) / 100, rng.integers(0, 6, 300)
    text = pack_points(places, y)
    module = (ROOT / "playground/ui/static/stage/drawing/drawn_points.js").as_uri()
    script = f"""import {{ pack, unpack }} from {json.dumps(module)};
        const points = unpack({json.dumps(text)});
        console.log(JSON.stringify({{ points, again: pack(points) }}));"""
    node = os.fspath(compute_driver_executable()[0])
    ran = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    assert told["again"] == text
    np.testing.assert_array_equal(told["points"], np.column_stack([places, y]))
