"""What a page is told of the data and the network."""

from __future__ import annotations

import numpy as np

from playground.core import Data, Experiment, make_dataset
from playground.runtime.scene import first_view, scene_of


def test_a_validation_part_is_sent_with_its_count() -> None:
    data = Data(samples=100, test=0.3, validation=0.2, noise=0.1)
    header, arrays = scene_of(Experiment(data=data), shown_points=1000)
    facts = header["experiment"]
    assert (facts["n_train"], facts["n_validation"], facts["n_test"]) == (56, 14, 30)
    assert (header["shown_train"], header["shown_validation"], header["shown_test"]) == (56, 14, 30)
    dataset = make_dataset(data)
    for part in ("train", "validation", "test"):
        np.testing.assert_array_equal(arrays[f"{part}_x"], getattr(dataset, f"X_{part}").astype(np.float32))
        np.testing.assert_array_equal(arrays[f"{part}_y"], getattr(dataset, f"y_{part}").astype(np.float32))


def test_without_a_validation_part_nothing_is_said_of_one_but_its_count() -> None:
    header, arrays = scene_of(Experiment(), shown_points=1000)
    assert header["experiment"]["n_validation"] == 0
    assert set(arrays) == {"train_x", "train_y", "test_x", "test_y"}
    assert "shown_validation" not in header


def test_many_points_are_sent_in_the_shares_of_the_data() -> None:
    header, arrays = scene_of(Experiment(data=Data(samples=100_000, test=0.2, validation=0.25)), shown_points=1000)
    assert [header["shown_train"], header["shown_validation"], header["shown_test"]] == [600, 200, 200]
    assert sum(len(values) for name, values in arrays.items() if name.endswith("_y")) == 1000


def test_the_first_view_is_the_same_with_and_without_a_validation_part() -> None:
    data = Data(dataset="blobs", samples=40)
    assert first_view(data) == first_view(data.model_copy(update={"validation": 0.5}))
