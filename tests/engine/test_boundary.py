"""Views are pure functions of weights: the network's values on the grid, and the exact border in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.core import Experiment, grid_points, make_dataset
from playground.engine import (
    Boundary,
    Epoch,
    Program,
    build_model,
    compile_program,
    expand,
    predict,
    train,
    view_boundary,
)

from .conftest import experiment_with

RANGES = (-6.0, 6.0), (-5.0, 4.0)
HEADS: dict[str, dict[str, Any]] = {
    "sigmoid": {},
    "softmax_of_two": {"output": "softmax"},
    "six_classes": {"dataset": "spirals", "classes": 6},
    "three_sigmoids": {"dataset": "blobs", "classes": 3, "output": "sigmoids"},
    "tanh": {"output": "tanh"},
    "linear_hinge": {"output": "linear", "loss": "hinge"},
    "linear": {"output": "linear", "loss": "mse"},
    "regression": {"dataset": "hills"},
    "normalised_and_scaled": {
        "batch_norm": True, "dropout": 0.2, "standardize": True, "features": ("x1", "x1sq", "sinx2")
    },
}  # fmt: skip


def _trained(small: Experiment, fields: dict[str, Any]) -> tuple[Experiment, Program, Epoch]:
    experiment = experiment_with(
        small,
        **{
            "hidden": (6, 6),
            "optimizer": "adam",
            "learning_rate": 0.02,
            "samples": 200,
            "epochs": 40,
            **fields,
        },
    )
    *_, last = train(experiment)
    return experiment, compile_program(experiment), last


def _by_keras(experiment: Experiment, weights: list[NDArray[np.float32]], X: NDArray[np.float64]) -> NDArray[Any]:
    """Keras's `predict`, read as people read it."""
    model = build_model(experiment)
    model.set_weights(weights)
    outputs = model.predict(expand(experiment, X), verbose=0, batch_size=10_000)
    if experiment.data.task == "regression":
        return outputs
    signed = experiment.output == "tanh" or "hinge" in experiment.loss
    return np.clip((outputs + 1) / 2 if signed else outputs, 0, 1)


@pytest.mark.parametrize("head", HEADS)
def test_values_are_those_of_keras_predict_and_lines_lie_on_the_border(small: Experiment, head: str) -> None:
    experiment, program, last = _trained(small, HEADS[head])
    boundary = view_boundary(program, experiment, last.weights, *RANGES)
    values = _by_keras(experiment, last.weights, grid_points(*RANGES, 100))
    np.testing.assert_allclose(boundary.values.reshape(-1, 10_000).T, values, atol=2e-5)
    assert boundary.values.dtype == boundary.lines.dtype == np.float32
    _assert_on_border(experiment, program, last, boundary)


def _assert_on_border(experiment: Experiment, program: Program, last: Epoch, boundary: Boundary) -> None:
    """Each vertex is within a fifth of a cell of a place where the decision changes."""
    if experiment.data.task == "regression":
        assert boundary.lines.shape == (0, 2)
        return
    vertices = boundary.lines[~np.isnan(boundary.lines[:, 0])]
    assert len(vertices) > 20
    reach = 0.2 * np.array([12, 9]) / 99
    around = [
        vertices + reach * step for step in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
    ]
    decisions = [_decision(predict(program, experiment, last.weights, X)) for X in around]
    near_border = np.ptp(np.stack(decisions), axis=0) > 0
    assert near_border.mean() > 0.97


def _decision(values: NDArray[np.float32]) -> NDArray[Any]:
    return values.argmax(axis=1) if values.shape[1] > 1 else (values[:, 0] > 0.5).astype(int)


def test_a_value_stands_at_its_row_and_column(small: Experiment) -> None:
    experiment, program, last = _trained(small, {})
    values = view_boundary(program, experiment, last.weights, *RANGES).values
    x1, x2 = np.linspace(-6, 6, 100), np.linspace(-5, 4, 100)
    told = predict(program, experiment, last.weights, np.array([[x1[70], x2[20]]]))
    assert told.shape == (1, 1)
    assert values[0, 20, 70] == pytest.approx(told[0, 0], abs=1e-6)


def test_the_border_of_a_saturated_network_is_exact(small: Experiment) -> None:
    """Weights times 10,000: probabilities are 0 and 1 on both sides of the border x1 = 0.05, mid-cell or not."""
    experiment = experiment_with(small, hidden=())
    program = compile_program(experiment)
    weights = [np.array([[10_000.0], [0.0]], np.float32), np.array([-500.0], np.float32)]
    boundary = view_boundary(program, experiment, weights, (-6.0, 6.0), (-6.0, 6.0))
    assert set(np.unique(boundary.values)) == {0.0, 1.0}
    np.testing.assert_allclose(boundary.lines[:, 0], 0.05, atol=1e-5)
    assert boundary.lines[:, 1].min() == -6
    assert boundary.lines[:, 1].max() == 6


def test_a_plane_of_one_class_has_no_border(small: Experiment) -> None:
    experiment = experiment_with(small, output="softmax1")
    boundary = view_boundary(compile_program(experiment), experiment, next(train(experiment)).weights, *RANGES)
    assert boundary.lines.shape == (0, 2)
    np.testing.assert_allclose(boundary.values, 1, rtol=1e-6)  # softmax rounds as the processor does


def test_weights_that_are_not_numbers_give_values_that_are_not_numbers_and_no_border(
    small: Experiment,
) -> None:
    experiment = experiment_with(small, hidden=())
    weights = [np.full((2, 1), np.nan, np.float32), np.zeros(1, np.float32)]
    boundary = view_boundary(compile_program(experiment), experiment, weights, *RANGES)
    assert np.isnan(boundary.values).all()
    assert boundary.lines.shape == (0, 2)


@pytest.mark.parametrize("n", [10, 130])
def test_a_coarse_and_a_fine_grid_are_computed_too(small: Experiment, n: int) -> None:
    experiment, program, last = _trained(small, {})
    boundary = view_boundary(program, experiment, last.weights, *RANGES, n=n)
    told = predict(program, experiment, last.weights, grid_points(*RANGES, n))
    np.testing.assert_array_equal(boundary.values.reshape(1, -1).T, told)


def test_a_view_of_an_earlier_epoch_does_not_disturb_training(small: Experiment) -> None:
    experiment = experiment_with(small, epochs=6)
    program = compile_program(experiment)
    undisturbed = [epoch.loss for epoch in train(experiment)]
    losses, first = [], None
    for epoch in train(experiment):
        first = first or epoch
        view_boundary(program, experiment, first.weights, *RANGES)
        losses.append(epoch.loss)
    assert losses == undisturbed


def test_predict_takes_no_points(small: Experiment) -> None:
    experiment = experiment_with(small, hidden=())
    weights = next(train(experiment)).weights
    assert predict(compile_program(experiment), experiment, weights, np.empty((0, 2))).shape == (0, 1)


def test_accuracy_agrees_with_the_values_shown(small: Experiment) -> None:
    for fields in ({"output": "linear", "loss": "hinge"}, {"output": "tanh"}, {}):
        experiment, program, last = _trained(small, fields)
        data = make_dataset(experiment.data)
        shown = predict(program, experiment, last.weights, data.X_test)[:, 0] > 0.5
        assert last.val_accuracy == pytest.approx(np.mean(shown == (data.y_test == 1)))
