"""What the layers view sends is what Keras computes, projected by scikit-learn; any epoch, on the newest axes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import keras
import numpy as np
import pytest
from pydantic import ValidationError
from sklearn.decomposition import PCA

import playground.engine as engine
from playground.core import Experiment, History, make_dataset
from playground.engine import build_model, expand
from playground.runtime.engine import Engine
from playground.runtime.jobs.view_message import view_message
from playground.runtime.protocol.packing import unpack
from playground.runtime.views.layers import GRID_LINES, LINE_POINTS, MAX_POINTS, LayersOptions
from playground.runtime.views.snapshot import Snapshot

from .conftest import epochs_of, experiment_with, program_of

NETWORKS: dict[str, dict[str, Any]] = {
    "two_units": {"hidden": (4, 2)},
    "three_classes": {"dataset": "spirals", "classes": 3, "hidden": (16, 3), "activation": ("relu",)},
    "linear_end": {"hidden": (6, 2), "activation": ("relu", "linear")},
    "no_hidden_layer": {"hidden": ()},
    "regression": {"dataset": "hills"},
    "normalised_features": {"batch_norm": True, "features": ("x1", "x1x2", "sinx1"), "standardize": True},
}
EPOCHS = 6


def snapshots_of(experiment: Experiment) -> list[Snapshot]:
    """A trained run, looked at in each epoch."""
    history, program = History(10**7), program_of(experiment)
    for epoch in epochs_of(experiment):
        history.append(epoch.epoch, epoch.weights, [epoch.epoch, 0, 0, 0, 0, 0])
    return [
        Snapshot(
            engine=cast(Engine, engine),
            program=program,
            experiment=experiment,
            history=history,
            epoch=at,
            displayed=at,
            newest=EPOCHS,
            weights=history.weights_at(at)[1],
            x1=(-6.0, 6.0),
            x2=(-6.0, 6.0),
            shown_points=1000,
            memory={},
        )
        for at in range(EPOCHS + 1)
    ]


def seen(snapshot: Snapshot, **options: Any) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What arrives at the page."""
    return unpack(view_message(snapshot, LayersOptions(**options))[0])


def by_keras(snapshot: Snapshot, X: np.ndarray) -> list[np.ndarray]:
    """Every stage by a `keras.Model` with intermediate outputs."""
    experiment = snapshot.experiment
    model = build_model(experiment)
    model.set_weights(snapshot.weights)
    ends = "activation_" if experiment.model.batch_norm else "hidden_"
    shown = [layer.output for layer in model.layers if layer.name.startswith(ends)]
    found = keras.Model(model.inputs[0], [*shown, model.layers[-1].output])(expand(experiment, X), training=False)
    return [X, *(np.asarray(each) for each in keras.tree.flatten(found))]


def drawn(stage: np.ndarray, final: np.ndarray, dimensions: int) -> np.ndarray:
    if stage.shape[1] > dimensions:
        return np.asarray(PCA(dimensions, svd_solver="full").fit(final).transform(stage))
    return np.pad(stage, ((0, 0), (0, dimensions - stage.shape[1])))


@pytest.fixture(scope="module", params=NETWORKS.values(), ids=list(NETWORKS))
def run(request: pytest.FixtureRequest, small: Experiment) -> list[Snapshot]:
    return snapshots_of(experiment_with(small, epochs=EPOCHS, **request.param))


@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("epoch", [0, 3, EPOCHS])
def test_points_are_where_keras_puts_them_on_the_newest_epochs_axes(
    run: list[Snapshot], dimensions: int, epoch: int
) -> None:
    data = make_dataset(run[0].experiment.data)
    header, arrays = seen(run[epoch], dimensions=dimensions)
    stages, final = by_keras(run[epoch], data.X_train), by_keras(run[-1], data.X_train)
    assert arrays["coords"].shape == (len(stages), len(data.X_train), dimensions)
    assert np.array_equal(arrays["y"], data.y_train.astype(np.float32))
    for shown, ours, now, then in zip(header["stages"], arrays["coords"], stages, final, strict=True):
        np.testing.assert_allclose(ours, drawn(now, then, dimensions), rtol=1e-4, atol=1e-4)
        assert sum(map(bool, shown["axes"])) == min(now.shape[1], dimensions)
        lo, hi = np.array(shown["ranges"]).T
        ends = drawn(then, then, dimensions)
        assert (lo <= ends.min(axis=0)).all() and (ends.max(axis=0) <= hi).all()


def test_axes_stay_while_the_learner_looks_back(run: list[Snapshot]) -> None:
    assert all(seen(snapshot)[0]["stages"] == seen(run[-1])[0]["stages"] for snapshot in run)


def test_looking_twice_gives_the_same_bits(run: list[Snapshot]) -> None:
    for options in ({}, {"dimensions": 3, "grid": True}):
        first = seen(run[2], **options)[1]
        seen(run[-1], **options)
        again = seen(run[2], **options)[1]
        assert all(np.array_equal(first[name], again[name], equal_nan=True) for name in first)


def test_the_grid_is_bent_by_the_layers_like_the_points(run: list[Snapshot]) -> None:
    snapshot = run[3]
    _, arrays = seen(snapshot, dimensions=3, grid=True)
    X = make_dataset(snapshot.experiment.data).X_train
    assert arrays["grid"].shape == (len(arrays["coords"]), 2 * GRID_LINES, LINE_POINTS, 3)
    plane = arrays["grid"][0][..., :2].reshape(-1, 2).astype(np.float64)
    assert (plane.min(axis=0), plane.max(axis=0)) == (pytest.approx(X.min(axis=0)), pytest.approx(X.max(axis=0)))
    stages, final = by_keras(snapshot, plane), by_keras(run[-1], X)
    for ours, now, then in zip(arrays["grid"], stages, final, strict=True):
        np.testing.assert_allclose(ours.reshape(-1, 3), drawn(now, then, 3), rtol=1e-4, atol=2e-4)
    assert "grid" not in seen(snapshot, dimensions=3)[1]
    assert np.array_equal(seen(snapshot, dimensions=3)[1]["coords"], arrays["coords"])


def test_stages_have_the_names_people_use(small: Experiment) -> None:
    experiment = experiment_with(small, epochs=EPOCHS, dataset="blobs", classes=3, hidden=(4, 2))
    header, _ = seen(snapshots_of(experiment)[0])
    assert [stage["name"] for stage in header["stages"]] == [
        "input",
        "layer 1: 4 tanh",
        "layer 2: 2 tanh",
        "output: 3 softmax",
    ]
    assert header["stages"][0]["axes"] == ["x1", "x2"]
    assert header["stages"][2]["axes"] == ["unit 1", "unit 2"]
    assert header["stages"][1]["axes"][0].startswith("component 1 (")
    assert seen(snapshots_of(experiment)[0], dimensions=3)[0]["stages"][3]["axes"] == [
        f"P(class {k})" for k in range(3)
    ]


@pytest.mark.parametrize("options", [{"dimensions": 4}, {"dimensions": "3d"}, {"grid": "?"}, {"plane": True}])
def test_an_option_that_is_unknown_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        LayersOptions(**options)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e38])
def test_a_run_that_diverged_is_drawn_as_far_as_there_are_numbers(small: Experiment, bad: float) -> None:
    experiment = experiment_with(small, epochs=EPOCHS, hidden=(8, 2), activation=("relu",))
    *_, before, last = snapshots_of(experiment)
    last.history.replace_newest([np.full_like(each, bad) for each in last.weights], [EPOCHS, 0, 0, 0, 0, 0])
    header, arrays = seen(before, dimensions=3, grid=True)
    assert np.isfinite(arrays["coords"]).all()
    assert np.isfinite([stage["ranges"] for stage in header["stages"]]).all()
    broken = replace(last, weights=last.history.weights_at(EPOCHS)[1])
    header, arrays = seen(broken, grid=True)
    assert np.isfinite(arrays["coords"][0]).all()
    assert not np.isfinite(arrays["coords"][-1]).all() or bad == 1e38


def test_of_many_points_the_first_ones_are_shown(small: Experiment) -> None:
    experiment = experiment_with(small, epochs=EPOCHS, samples=2000, batch_size=500)
    _, arrays = seen(snapshots_of(experiment)[1])
    X = make_dataset(experiment.data).X_train[:MAX_POINTS]
    assert np.array_equal(arrays["coords"][0], X.astype(np.float32))
    assert set(arrays["y"]) == {0, 1}
