"""The boundary as points: where Keras's own logits of the two best classes tie."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from playground.core import Experiment, axis, grid_points
from playground.engine import boundary_ties, build_model, expand

from .conftest import epochs_of, experiment_with, program_of

PLANE = (-6.0, 6.0), (-5.0, 5.0)
HEADS: dict[str, dict[str, Any]] = {
    "sigmoid": {"dataset": "spiral"},
    "softmax_of_two": {"output": "softmax"},
    "three_classes": {"dataset": "blobs", "classes": 3},
    "six_classes": {"dataset": "spirals", "classes": 6},
    "tanh": {"output": "tanh"},
    "scaled": {"standardize": True, "features": ("x1", "x2", "x1x2"), "dataset": "xor"},
}


def _trained(small: Experiment, fields: dict[str, Any]) -> tuple[Experiment, list[np.ndarray]]:
    settings = {"hidden": (8, 8), "optimizer": "adam", "learning_rate": 0.03, "samples": 300, "epochs": 60}
    experiment = experiment_with(small, **{**settings, **fields})
    return experiment, epochs_of(experiment)[-1].weights


def _logits(experiment: Experiment, weights: list[np.ndarray], X: np.ndarray) -> np.ndarray:
    """Keras's own logits, (n, K); of one unit, 0 for class 0 and the logit for class 1."""
    model = build_model(experiment)
    model.set_weights(weights)
    last = model.layers[-1]
    last.activation = keras.activations.linear
    linear = keras.Sequential([keras.Input(model.input_shape[1:]), *model.layers])
    found = np.asarray(linear(expand(experiment, X), training=False))
    return found if found.shape[1] > 1 else np.concatenate([np.zeros_like(found), found], axis=1)


@pytest.mark.parametrize("fields", HEADS.values(), ids=HEADS)
def test_the_two_best_classes_tie_at_every_point(small: Experiment, fields: dict[str, Any]) -> None:
    experiment, weights = _trained(small, fields)
    ties = boundary_ties(program_of(experiment), experiment, weights, *PLANE)
    logits = _logits(experiment, weights, ties.points)
    rows = np.arange(len(logits))
    first, second = ties.classes.T
    assert (first < second).all()
    difference = logits[rows, second] - logits[rows, first]
    assert np.abs(difference).max() <= 1e-3
    np.testing.assert_allclose(ties.differences, difference, atol=2e-5)
    assert (logits.max(axis=1) <= np.maximum(logits[rows, first], logits[rows, second]) + 1e-6).all()


@pytest.mark.parametrize("fields", HEADS.values(), ids=HEADS)
def test_there_is_a_point_on_every_edge_of_the_grid_that_the_boundary_crosses(
    small: Experiment, fields: dict[str, Any]
) -> None:
    n = 40
    experiment, weights = _trained(small, fields)
    ties = boundary_ties(program_of(experiment), experiment, weights, *PLANE, n=n)
    winner = _logits(experiment, weights, grid_points(*PLANE, n)).argmax(axis=1).reshape(n, n)
    expected = np.count_nonzero(winner[:, 1:] != winner[:, :-1]) + np.count_nonzero(winner[1:] != winner[:-1])
    assert len(ties.points) >= expected > 0
    x1, x2 = axis(*PLANE[0], n), axis(*PLANE[1], n)
    off = [np.abs(each[:, np.newaxis] - lines).min(axis=1) for each, lines in zip(ties.points.T, (x1, x2), strict=True)]
    assert np.minimum(*off).max() < 1e-9, "each lies on an edge"


def test_an_edge_across_a_narrow_third_class_has_both_of_its_borders() -> None:
    """A band of class 1 narrower than a cell between classes 0 and 2: by hand, at x1 = 0.1 and 0.2."""
    from playground.engine.ties import _crossed_edges, _settle

    def scores(points: np.ndarray) -> np.ndarray:
        x1 = points[:, 0]
        return np.stack([-10 * x1, np.full(len(x1), -1.0), 10 * x1 - 3])

    found, halves = _settle(scores, _crossed_edges(scores, grid_points((-1.0, 1.0), (0.0, 1.0), 3), 3))
    assert len(found.points) == 0
    both, rest = _settle(scores, halves)
    assert len(rest.start) == 0
    np.testing.assert_allclose(np.unique(both.points[:, 0].round(6)), [0.1, 0.2], atol=1e-4)
    assert {tuple(pair) for pair in both.classes.tolist()} == {(0, 1), (1, 2)}


def test_regression_and_a_network_of_one_mind_have_no_boundary(small: Experiment) -> None:
    hills = experiment_with(small, dataset="hills")
    assert len(boundary_ties(program_of(hills), hills, build_model(hills).get_weights(), *PLANE).points) == 0
    weights = [np.zeros_like(weight) for weight in build_model(small).get_weights()]
    weights[-1] += 3
    assert len(boundary_ties(program_of(small), small, weights, *PLANE).points) == 0


def test_of_a_boundary_that_is_everywhere_an_even_share_is_looked_at(
    small: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment, weights = _trained(small, HEADS["sigmoid"])
    program = program_of(experiment)
    whole = boundary_ties(program, experiment, weights, *PLANE)
    monkeypatch.setattr("playground.engine.ties.MOST", 100)
    some = boundary_ties(program, experiment, weights, *PLANE)
    assert 90 <= len(some.points) <= 100 < len(whole.points)
    logits = _logits(experiment, weights, some.points)
    assert np.abs(logits[:, 1] - logits[:, 0]).max() <= 1e-3
    assert np.ptp(some.points, axis=0) == pytest.approx(np.ptp(whole.points, axis=0), rel=0.2)
