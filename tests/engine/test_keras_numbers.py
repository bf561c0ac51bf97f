"""The engine's numbers are Keras's numbers: 100 epochs beside `keras.Model.fit(shuffle=False)` in the same order."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from itertools import product
from typing import Any, get_args

import keras
import numpy as np
import pytest

from playground.core import Data, Experiment, Model, Train, learning_rate_at, make_dataset
from playground.core.parts import ActivationName
from playground.engine import build_model, expand, train

from .conftest import KerasFit, assert_figures_are_those_of_keras_evaluate, epochs_of, experiment_with

EPOCHS = 100
RATES = {
    "sgd": 0.1,
    "momentum": 0.03,
    "nesterov": 0.03,
    "rmsprop": 0.03,
    "adagrad": 0.1,
    "adadelta": 1.0,
    "adam": 0.03,
    "adamw": 0.03,
    "nadam": 0.03,
}
"""High on purpose: another rounding grows beyond any tolerance within 100 epochs."""
HEADS: dict[str, dict[str, Any]] = {
    "binary": {"dataset": "circle"},
    "three_classes": {"dataset": "spirals", "classes": 3},
    "regression": {"dataset": "hills"},
    "squared_hinge": {"dataset": "moons", "output": "tanh", "loss": "squared_hinge"},
}
EVERY_OPTIMIZER_AND_HEAD = {
    *product(["sgd"], HEADS),
    ("adam", "binary"),
    ("adam", "three_classes"),
    ("momentum", "binary"),
    ("nesterov", "three_classes"),
    ("rmsprop", "regression"),
    ("adagrad", "squared_hinge"),
    ("adadelta", "binary"),
    ("adamw", "three_classes"),
    ("nadam", "regression"),
}
VARIANTS: dict[str, dict[str, Any]] = {
    "l1": {"l1": 0.01},
    "l2": {"l2": 0.01},
    "l1_and_l2": {"l1": 0.003, "l2": 0.01, "optimizer": "adam", "learning_rate": 0.003},
    "batch_of_one": {"batch_size": 1, "samples": 25},
    "one_batch": {"batch_size": 1000},
    "no_partial_batch": {"batch_size": 20},
    "relu_network": {
        "hidden": (8, 8),
        "activation": ("relu",),
        "optimizer": "momentum",
        "learning_rate": 0.003,
    },
    "mixed_activations": {"hidden": (4, 4, 4), "activation": ("gelu", "selu", "softplus")},
    "no_hidden_layer": {"hidden": ()},
    "all_features_standardized": {
        "features": ("x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1", "sinx2"),
        "standardize": True,
    },
    "hinge": {"output": "linear", "loss": "hinge", "learning_rate": 0.003},
    "sigmoids_one_hot": {"dataset": "spirals", "classes": 3, "output": "sigmoids"},
    "softmax_mse": {"dataset": "spirals", "classes": 3, "output": "softmax", "loss": "mse"},
    "linear_with_cross_entropy": {"output": "linear", "loss": "binary_crossentropy"},
    "softmax_of_one_unit": {"output": "softmax1"},
    "poisson": {"output": "sigmoid", "loss": "poisson"},
    "mae": {"dataset": "plane", "loss": "mae"},
}


MAIN_VARIANTS = {
    "l1_and_l2",
    "one_batch",
    "relu_network",
    "mixed_activations",
    "all_features_standardized",
    "sigmoids_one_hot",
    "softmax_of_one_unit",
}


def _assert_equal_to_fit(experiment: Experiment) -> None:
    """Weights to the last bit but rounding of one; a loss is told in float32, and summed in another order."""
    fit = KerasFit(experiment)
    losses = fit.run(EPOCHS)["loss"]
    epochs = epochs_of(experiment)
    assert [epoch.epoch for epoch in epochs] == list(range(EPOCHS + 1))
    np.testing.assert_allclose([epoch.fit_loss for epoch in epochs[1:]], losses, rtol=1e-6, atol=0)
    for ours, theirs in zip(epochs[-1].weights, fit.model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-7)


@pytest.fixture(scope="module")
def hundred(small: Experiment) -> Experiment:
    return experiment_with(small, epochs=EPOCHS, data_seed=3, seed=5, noise=0.1)


def _quick_or_slow(cases: Iterable[Any], quick: Collection[Any]) -> list[Any]:
    """All cases, those as slow that are not among the quick ones."""
    return [case if case in quick else pytest.param(*_tuple(case), marks=pytest.mark.slow) for case in cases]


def _tuple(case: Any) -> tuple[Any, ...]:
    return case if isinstance(case, tuple) else (case,)


@pytest.mark.parametrize(("optimizer", "head"), _quick_or_slow(product(RATES, HEADS), quick=EVERY_OPTIMIZER_AND_HEAD))
def test_every_optimizer_on_every_head_trains_as_keras_fit_does(hundred: Experiment, optimizer: str, head: str) -> None:
    fields = {"optimizer": optimizer, "learning_rate": RATES[optimizer], **HEADS[head]}
    _assert_equal_to_fit(experiment_with(hundred, **fields))


@pytest.mark.filterwarnings("ignore:You are using a softmax over axis -1:UserWarning")  # the mistake, on purpose
@pytest.mark.parametrize("variant", _quick_or_slow(VARIANTS, quick=MAIN_VARIANTS))
def test_penalties_batches_and_outputs_train_as_keras_fit_does(hundred: Experiment, variant: str) -> None:
    _assert_equal_to_fit(experiment_with(hundred, **VARIANTS[variant]))


@pytest.mark.parametrize(
    ("batch_size", "optimizer"),
    _quick_or_slow(product([1, 13, 16, 20], ["sgd", "rmsprop", "nadam"]), quick={(13, "sgd"), (16, "rmsprop")}),
)
def test_batch_normalisation_trains_as_keras_fit_does(hundred: Experiment, batch_size: int, optimizer: str) -> None:
    fields = {"batch_norm": True, "batch_size": batch_size, "optimizer": optimizer, "learning_rate": 0.01}
    few = {"samples": 25} if batch_size == 1 else {}  # two thousand steps of `fit`, not four
    _assert_equal_to_fit(experiment_with(hundred, **fields, **few))


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's callback reads the rate so
@pytest.mark.parametrize("schedule", _quick_or_slow(["exponential", "step", "cosine"], quick={"cosine"}))
def test_a_schedule_trains_as_keras_learning_rate_scheduler_does(hundred: Experiment, schedule: str) -> None:
    experiment = experiment_with(hundred, schedule=schedule, schedule_epochs=30, schedule_factor=0.5, epochs=40)
    by_epoch = keras.callbacks.LearningRateScheduler(lambda epoch, _: learning_rate_at(experiment.train, epoch))
    losses = KerasFit(experiment).run(40, callbacks=[by_epoch])["loss"]
    np.testing.assert_allclose([epoch.fit_loss for epoch in epochs_of(experiment)][1:], losses, rtol=1e-5)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("optimizer", ["sgd", pytest.param("adam", marks=pytest.mark.slow)])
def test_a_link_with_two_changes_trains_as_keras_fit_does_with_its_optimizers_rate_set_between_epochs(
    hundred: Experiment, optimizer: str
) -> None:
    link = {"optimizer": optimizer, "batch_size": "20", "epochs": "40", "seed": "5", "samples": "50", "test": "0.2"}
    changes = {"learning_rate_from_10": "0.1", "learning_rate_from_25": "0.003"}
    experiment, refused = Experiment.from_query({**link, **changes})
    assert refused == []

    class SetRate(keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
            self.model.optimizer.learning_rate = {10: 0.1, 25: 0.003}.get(epoch, self.model.optimizer.learning_rate)

    fit = KerasFit(experiment)
    fit.run(40, callbacks=[SetRate()])
    epochs = epochs_of(experiment)
    assert [epochs[epoch].learning_rate for epoch in (1, 10, 11, 25, 26, 40)] == [0.03, 0.03, 0.1, 0.1, 0.003, 0.003]
    for ours, theirs in zip(epochs[-1].weights, fit.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_one_fit_over_ordered_batches_equals_a_fit_per_epoch_over_ordered_arrays(hundred: Experiment) -> None:
    """The oracle itself: feeding batches is the same as permuting the arrays and calling `fit` each epoch."""
    fed, called = KerasFit(hundred), KerasFit(hundred)
    random = np.random.default_rng(hundred.train.seed)
    losses = []
    for _ in range(5):
        order = random.permutation(len(called.X))
        X, y = called.X[order], called.y[order]
        losses += called.model.fit(X, y, batch_size=16, shuffle=False, verbose=0).history["loss"]
    assert fed.run(5)["loss"] == losses


@pytest.mark.parametrize(
    "fields",
    [
        {},
        pytest.param(HEADS["three_classes"], marks=pytest.mark.slow),
        HEADS["regression"],
        {"l1": 0.01, "l2": 0.02, "batch_norm": True, "dropout": 0.3},
    ],
    ids=["binary", "three_classes", "regression", "penalties"],
)
def test_loss_and_accuracy_of_both_parts_are_those_of_keras_evaluate(small: Experiment, fields: dict[str, Any]) -> None:
    experiment = experiment_with(small, noise=0.3, epochs=5, **fields)
    *_, last = epochs_of(experiment)
    assert_figures_are_those_of_keras_evaluate(experiment, last)


def test_evaluation_in_chunks_counts_every_point_once() -> None:
    """10,007 points are evaluated in three chunks, of which the last one overlaps."""
    experiment = Experiment(
        data=Data(samples=10_007, test=0.3, noise=0.4),
        model=Model(hidden=(3,)),
        train=Train(batch_size=500, epochs=1),
    )
    *_, last = epochs_of(experiment)
    model, data = build_model(experiment), make_dataset(experiment.data)
    model.set_weights(last.weights)
    for X, y, loss, accuracy in (
        (data.X_train, data.y_train, last.loss, last.accuracy),
        (data.X_test, data.y_test, last.val_loss, last.val_accuracy),
    ):
        outputs = np.asarray(model(expand(experiment, X)), dtype=np.float64)[:, 0]
        entropy = -np.mean(np.where(y == 1, np.log(outputs), np.log1p(-outputs)))
        assert loss == pytest.approx(entropy, rel=1e-5)
        assert accuracy == pytest.approx(np.mean((outputs > 0.5) == (y == 1)), rel=1e-9)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        pytest.param({"optimizer": "adam"}, marks=pytest.mark.slow),
        pytest.param({"optimizer": "rmsprop", "batch_norm": True, "l1": 0.01}, marks=pytest.mark.slow),
    ],
    ids=["sgd", "packed", "normalised"],
)
def test_dropout_drops_the_units_that_keras_fit_drops(hundred: Experiment, fields: dict[str, Any]) -> None:
    """The layers' generators are state like any other, so not only the distribution but each draw is the same."""
    dropping = experiment_with(hundred, hidden=(16, 8), dropout=0.3, learning_rate=0.01, **fields)
    _assert_equal_to_fit(dropping)
    losses = np.array([epoch.fit_loss for epoch in epochs_of(dropping)][1:])
    kept = np.array([epoch.fit_loss for epoch in epochs_of(experiment_with(dropping, dropout=0.0))][1:])
    assert (losses != kept).all()


def test_dropped_units_still_let_the_network_learn(small: Experiment) -> None:
    experiment = experiment_with(
        small, samples=200, hidden=(32,), dropout=0.2, optimizer="adam", learning_rate=0.02, epochs=60
    )
    *_, last = epochs_of(experiment)
    assert last.accuracy > 0.9


@pytest.mark.parametrize("optimizer", ["sgd", pytest.param("rmsprop", marks=pytest.mark.slow)])
@pytest.mark.parametrize("activation", get_args(ActivationName))
def test_batches_of_one_size_train_to_the_last_bit_as_keras_fit_does(
    hundred: Experiment, activation: str, optimizer: str
) -> None:
    """40 points in batches of 20: the compiler knows the size, and must round as if it did not.

    With oneDNN, which workers leave off, `fit` has silu fused by it and the engine's loop has not.
    """
    fused = activation == "silu" and os.environ.get("TF_ENABLE_ONEDNN_OPTS") == "1"
    experiment = experiment_with(
        hundred, batch_size=20, hidden=(5, 3), activation=(activation,), optimizer=optimizer,
        learning_rate=RATES[optimizer], epochs=30,
    )  # fmt: skip
    fit = KerasFit(experiment)
    fit.run(30)
    *_, last = train(experiment)
    for ours, theirs in zip(last.weights, fit.model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-4 if fused else 0)
