"""The probabilities' view: logits and boundary points are those of Keras for the same weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.core import grid_points

from .views import keras_outputs, shown, snapshot_of, with_weights

HEADS: dict[str, dict[str, Any]] = {
    "sigmoid": {},
    "softmax of two": {"output": "softmax"},
    "three classes": {"dataset": "spirals", "classes": 3},
    "tanh": {"output": "tanh"},
    "linear": {"output": "linear", "loss": "mse"},
}
EACH_HEAD = pytest.mark.parametrize("fields", HEADS.values(), ids=HEADS)


@EACH_HEAD
def test_the_maps_of_logits_are_those_of_keras_to_half_a_byte(fields: dict[str, Any]) -> None:
    snapshot = snapshot_of(**fields)
    header, arrays = shown(snapshot, "probabilities", logits=True)
    units, n, _ = arrays["logits"].shape
    lo, hi = header["lo"], header["hi"]
    decoded = lo + (hi - lo) * arrays["logits"] / 255
    expected = keras_outputs(snapshot, grid_points(snapshot.x1, snapshot.x2, n), linear=True).T.reshape(units, n, n)
    np.testing.assert_allclose(decoded, expected, atol=(hi - lo) / 255 * 0.51)
    assert arrays["logits"].max() == 255 or arrays["logits"].min() == 0, "the scale is no wider than the values"


def test_one_unit_has_a_scale_about_0_and_several_have_one_in_common() -> None:
    one, _ = shown(snapshot_of(), "probabilities", logits=True)
    assert one["lo"] == -one["hi"]
    three, arrays = shown(snapshot_of(dataset="spirals", classes=3), "probabilities", logits=True)
    assert three["lo"] != -three["hi"]
    assert (arrays["logits"].min(), arrays["logits"].max()) == (0, 255)


@EACH_HEAD
def test_at_each_boundary_point_the_two_classes_tie_in_keras(fields: dict[str, Any]) -> None:
    snapshot = snapshot_of(**fields)
    header, arrays = shown(snapshot, "probabilities", ties=True)
    points, classes, differences = arrays["points"], arrays["classes"], arrays["differences"]
    assert header["ties"] == len(points) == len(classes) == len(differences) > 20
    assert points.dtype == differences.dtype == np.float64
    scores = keras_outputs(snapshot, points, linear=True)
    if scores.shape[1] == 1:
        threshold = 0.5 if fields.get("output") == "linear" else 0.0
        scores = np.concatenate([np.full_like(scores, threshold), scores], axis=1)
    first, second = (scores[np.arange(len(points)), column] for column in classes.T)
    assert np.abs(second - first).max() <= 1e-3
    np.testing.assert_allclose(differences, second - first, atol=2e-5)
    assert (np.maximum(first, second) >= scores.max(axis=1) - 1e-6).all(), "no third class wins there"


def test_probabilities_alone_cost_nothing_for_the_frames_bring_them() -> None:
    header, arrays = shown(snapshot_of(), "probabilities")
    assert arrays == {}
    assert header["note"] == ""


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"output": "tanh"}, "no probability"),
        ({"output": "linear", "loss": "hinge"}, "(output + 1) / 2"),
        ({"dataset": "spirals", "classes": 3, "output": "sigmoids"}, "add up to 1"),
        ({"dataset": "hills"}, "A regression has no class probabilities"),
    ],
)
def test_what_is_no_probability_is_said(fields: dict[str, Any], says: str) -> None:
    header, arrays = shown(snapshot_of(**fields), "probabilities")
    assert says in header["note"]
    assert arrays == {}


def test_a_network_of_one_mind_has_no_boundary_points_and_a_scale_all_the_same() -> None:
    header, arrays = shown(with_weights(snapshot_of(), 0.0), "probabilities", logits=True, ties=True)
    assert header["ties"] == 0
    assert arrays["points"].shape == (0, 2)
    assert header["lo"] < header["hi"]


def test_equal_weights_give_equal_bytes() -> None:
    snapshot = snapshot_of(dataset="spirals", classes=3)
    one, other = (shown(snapshot, "probabilities", logits=True, ties=True)[1] for _ in range(2))
    assert all(one[name].tobytes() == other[name].tobytes() for name in one)
