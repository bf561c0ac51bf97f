"""Networks on tables of one to thirty inputs, against Keras's fit and against the network's own answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.core import Data, Experiment, Model, Train, make_dataset, read_table
from playground.core.inputs import plane_of
from playground.engine import boundary_ties, expand, make_network, neuron_maps, predict, train_wall, view_boundary
from playground.engine.stacked.look import StackLook

from .conftest import KerasFit, epochs_of, program_of


def table_of(inputs: int, rows: int = 60, seed: int = 0) -> Data:
    """A table whose class hangs on all of its inputs, each of which has another size."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(rows, inputs)) * 10.0 ** random.integers(-3, 6, inputs)
    score = (X / X.std(axis=0)).sum(axis=1)
    names = [f"in {k}" for k in range(inputs)]
    kinds = np.where(score > 0, "up", "down")
    cells = [[*map(repr, row), kind] for row, kind in zip(X.tolist(), kinds.tolist(), strict=True)]
    lines = [",".join(row) for row in ([*names, "kind"], *cells)]
    return read_table("\n".join(lines).encode()).to_data("kind", names)


@pytest.mark.parametrize("inputs", [1, 4, 30])
def test_a_table_trains_bit_for_bit_as_keras_fit_does(inputs: int) -> None:
    experiment = Experiment(data=table_of(inputs), model=Model(hidden=(5,)), train=Train(epochs=20, batch_size=8))
    fit = KerasFit(experiment)
    assert fit.X.shape[1] == inputs
    fit.run(20)
    last = epochs_of(experiment)[-1]
    for ours, theirs in zip(last.weights, fit.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert last.accuracy > 0.8


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_iris_is_learnt(seed: int) -> None:
    experiment = Experiment(data=Data(dataset="iris"), model=Model(hidden=(8,)), train=Train(epochs=100, seed=seed))
    assert epochs_of(experiment)[-1].val_accuracy >= 0.93


@pytest.mark.parametrize(
    ("dataset", "accuracy"),
    [
        ("wine", 0.9),
        pytest.param("breast_cancer", 0.9, marks=pytest.mark.slow),
        pytest.param("digits", 0.85, marks=pytest.mark.slow),
    ],
)
def test_the_other_real_sets_are_learnt(dataset: str, accuracy: float) -> None:
    experiment = Experiment(data=Data(dataset=dataset), model=Model(hidden=(8,)), train=Train(epochs=25))
    assert epochs_of(experiment)[-1].val_accuracy >= accuracy


def test_numbers_in_the_hundreds_are_learnt_too() -> None:
    experiment = Experiment(data=Data(dataset="diabetes"), train=Train(epochs=25))
    assert epochs_of(experiment)[-1].val_loss < 0.75  # in units of the targets' variance


IRIS = Experiment(data=Data(dataset="iris"), model=Model(hidden=(4,)), train=Train(epochs=8))


@pytest.fixture(scope="module")
def weights() -> Any:
    return epochs_of(IRIS)[-1].weights


@pytest.mark.parametrize("plane", [(), (3, 4)])
def test_what_is_drawn_is_what_the_network_says_of_the_points_of_the_plane(
    weights: Any, plane: tuple[int, ...]
) -> None:
    shown, program = IRIS.showing(plane), program_of(IRIS)
    x1, x2 = (-2.0, 3.0), (-1.0, 2.5)
    grid = np.stack(np.meshgrid(np.linspace(*x1, 20), np.linspace(*x2, 20)), axis=-1).reshape(-1, 2)
    asked = predict(program, shown, weights, plane_of(shown.data).points(grid))
    drawn = view_boundary(program, shown, weights, x1, x2, n=20)
    np.testing.assert_allclose(drawn.values.reshape(3, -1).T, asked, atol=1e-6)
    inputs = neuron_maps(program, shown, weights, x1, x2, n=20)[0]
    np.testing.assert_allclose(inputs.reshape(4, -1).T, expand(shown, plane_of(shown.data).points(grid)), atol=1e-6)
    ties = boundary_ties(program, shown, weights, x1, x2, n=20)
    values = make_network(program, shown, weights).layers(plane_of(shown.data).points(ties.points)).logits
    first, second = (values[np.arange(len(values)), ties.classes[:, k]] for k in (0, 1))
    assert len(ties.points) and np.abs(first - second).max() < 2e-3


def test_a_wall_of_a_table_is_each_of_its_networks_alone() -> None:
    members = [IRIS, IRIS.model_copy(update={"train": Train(epochs=8, seed=1)})]
    *_, last = train_wall(members)
    for member, epoch in zip(members, last, strict=True):
        for ours, alone in zip(epoch.weights, epochs_of(member)[-1].weights, strict=True):
            np.testing.assert_allclose(ours, alone, atol=1e-4)


def test_each_member_of_a_wall_is_looked_at_over_its_own_plane(weights: Any) -> None:
    shown = [IRIS, IRIS.showing((3, 4))]
    plane = ((-2.0, 3.0), (-1.0, 2.5))
    look = StackLook(shown, [plane, plane], 12)
    *_, maps = look.maps(look._layout.pack([weights, weights]))
    assert maps is not None
    for member, ours in zip(shown, maps, strict=True):
        drawn = view_boundary(program_of(IRIS), member, weights, *plane, n=12).values
        np.testing.assert_allclose(ours, drawn, atol=1e-5)


def test_the_largest_numbers_that_a_table_may_hold_do_no_harm() -> None:
    table = read_table(b"a,b,kind\n" + b"".join(b"%de38,%d,k%d\n" % (k % 3 + 1, k, k % 2) for k in range(24)))
    data = table.to_data("kind", ["a", "b"])
    experiment = Experiment(data=data, model=Model(features=("x1", "x2", "x1sq")), train=Train(epochs=3))
    assert np.isfinite(make_dataset(data).X_train).all()
    assert np.isfinite(epochs_of(experiment)[-1].val_loss)
