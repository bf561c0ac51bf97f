"""TensorFlow Playground's loss, weights and regularisation as knobs: an epoch is that of its published algorithm."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.core import Experiment, make_dataset
from playground.core.stacks import stack_key
from playground.engine import Trainer, build_model, expand
from playground.engine.stacked.program import StackProgram
from playground.engine.stacked.trainer import StackTrainer

from .conftest import KerasFit, epochs_of, experiment_with, program_of
from .tensorflow_playground import Network

OWN = {"loss": "half_squared", "init": "playground", "regularization": "playground"}
REGULARIZATIONS = {"none": {}, "L1": {"l1": 0.05}, "L2": {"l2": 0.05}}
MIXED = {"activation": ("tanh", "sigmoid")}
POINTS = {"samples": 75, "test": 0.2, "data_seed": 3, "noise": 0.2}
"""Sixty to train on: no batch size here leaves a rest, which TensorFlow Playground would carry over."""


def experiment_of(task: str, **fields: Any) -> Experiment:
    """An experiment as TensorFlow Playground would have it."""
    head = {"dataset": "circle", "output": "tanh"} if task == "classification" else {"dataset": "plane"}
    return experiment_with(Experiment(), **POINTS, **OWN, **head, epochs=1, **fields)


def its_epochs(experiment: Experiment, regularization: str, epochs: int = 1) -> list[NDArray[np.float64]]:
    """The weights after so many epochs of the published algorithm, from our points, order and first weights."""
    data, model, settings = make_dataset(experiment.data), experiment.model, experiment.train
    X, y = expand(experiment, data.X_train).astype(np.float64), data.y_train.astype(np.float64)
    y = 2 * y - 1 if experiment.data.task == "classification" else y
    network = Network(build_model(experiment).get_weights(), [*model.activations, experiment.output])
    random = np.random.default_rng(settings.seed)
    for _ in range(epochs):
        order = random.permutation(len(y))
        rates = settings.learning_rate, regularization, model.l1 + model.l2
        network.one_step(X[order], y[order], settings.batch_size, *rates)
    return network.weights


def cases() -> list[Any]:
    """Task, activations of the two hidden layers, regularisation, batch size: a few of them quick."""
    tasks = ["classification", "regression"]
    activations = [("tanh", "sigmoid"), ("relu", "linear")]
    quick = {
        ("classification", ("tanh", "sigmoid"), 10),
        ("classification", ("relu", "linear"), 30),
        ("regression", ("relu", "linear"), 10),
        ("regression", ("tanh", "sigmoid"), 1),
    }
    every = product(tasks, activations, REGULARIZATIONS, [1, 10, 30])
    return [
        pytest.param(*case, marks=() if (case[0], case[1], case[3]) in quick else pytest.mark.slow) for case in every
    ]


@pytest.mark.parametrize(("task", "activation", "regularization", "batch_size"), cases())
def test_an_epoch_is_that_of_the_published_algorithm(
    task: str, activation: tuple[str, str], regularization: str, batch_size: int
) -> None:
    experiment = experiment_of(task, activation=activation, batch_size=batch_size, **REGULARIZATIONS[regularization])
    _untrained, trained = epochs_of(experiment)
    for ours, theirs in zip(trained.weights, its_epochs(experiment, regularization), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5)


def test_first_weights_are_even_between_minus_and_plus_a_half_and_biases_a_tenth() -> None:
    wide = experiment_of("classification", hidden=(128, 128))
    for kernel, bias in zip(*(epochs_of(wide)[0].weights[first::2] for first in (0, 1)), strict=True):
        assert np.abs(kernel).max() <= 0.5
        np.testing.assert_array_equal(bias, np.float32(0.1))
    middle = epochs_of(wide)[0].weights[2]
    assert np.histogram(middle, 4, (-0.5, 0.5))[0] == pytest.approx(middle.size / 4, rel=0.1)


def test_weights_that_would_cross_zero_stay_there_for_good_and_are_those_of_the_published_algorithm() -> None:
    experiment = experiment_with(experiment_of("classification", l1=0.1, learning_rate=0.1, **MIXED), epochs=12)
    epochs = epochs_of(experiment)
    dead = [np.concatenate([kernel.ravel() for kernel in epoch.weights[::2]]) == 0 for epoch in epochs]
    assert any(some.any() for some in dead)
    assert not all(some.all() for some in dead[1:])
    assert all((after | ~before).all() for before, after in pairwise(dead))
    for ours, theirs in zip(epochs[-1].weights, its_epochs(experiment, "L1", epochs=12), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-4)


def test_the_dead_stay_dead_through_a_checkpoint_and_when_the_rate_is_0_again() -> None:
    experiment = experiment_with(experiment_of("classification", l1=0.3, learning_rate=0.1, **MIXED), epochs=12)
    program = program_of(experiment)
    whole = epochs_of(experiment)
    trainer = Trainer(experiment, program)
    slices = (epoch for epoch in trainer.slices(1.0) if epoch is not None)
    for _ in range(8):
        next(slices)
    resumed = Trainer(experiment, program, trainer.checkpoint())
    *_, last = (epoch for epoch in resumed.slices(1.0) if epoch is not None)
    for ours, theirs in zip(last.weights, whole[-1].weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)

    trainer.follow(trainer.experiment.with_rates(experiment_with(experiment, l1=0.0).rates))
    *_, freed = slices
    dead = [kernel == 0 for kernel in whole[8].weights[::2]]
    assert any(kernel.any() for kernel in dead)
    for before, after in zip(dead, freed.weights[::2], strict=True):
        np.testing.assert_array_equal(after[before], 0)


def test_a_loss_is_half_the_squared_error_without_penalties() -> None:
    experiment = experiment_of("classification", l1=0.1, **MIXED)
    last = epochs_of(experiment)[-1]
    model, data = build_model(experiment), make_dataset(experiment.data)
    model.set_weights(last.weights)
    outputs = np.asarray(model(expand(experiment, data.X_train)), np.float64)[:, 0]
    assert last.loss == pytest.approx(np.mean((outputs - (2 * data.y_train - 1)) ** 2) / 2, rel=1e-5)
    assert last.accuracy == pytest.approx(np.mean((outputs > 0) == (data.y_train == 1)))


@pytest.mark.parametrize(
    "fields",
    [
        {"l1": 0.02},
        {"l2": 0.02, "dataset": "hills", "output": "auto"},
        pytest.param({"l1": 0.01, "l2": 0.01, "optimizer": "adam", "learning_rate": 0.01}, marks=pytest.mark.slow),
        pytest.param(
            {"l1": 0.02, "optimizer": "nesterov", "batch_norm": True, "dropout": 0.2, "learning_rate": 0.01},
            marks=pytest.mark.slow,
        ),
    ],
    ids=["l1", "regression", "adam", "normalised"],
)
def test_every_knob_of_it_trains_as_keras_fit_does(small: Experiment, fields: dict[str, Any]) -> None:
    experiment = experiment_with(small, **{**OWN, "output": "tanh", "learning_rate": 0.1, **fields}, epochs=60)
    fit = KerasFit(experiment)
    fit.run(60)
    for ours, theirs in zip(epochs_of(experiment)[-1].weights, fit.model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-7)


def test_it_trains_in_a_stack_as_it_does_alone() -> None:
    base = experiment_with(experiment_of("classification", **MIXED), epochs=20, learning_rate=0.1)
    kinds: list[dict[str, Any]] = [{"l1": 0.3}, {"l2": 0.05, "seed": 4, "features": ("x1sq", "x2sq")}, {"init": "auto"}]
    members = [experiment_with(base, **each) for each in kinds]
    assert len({stack_key(each) for each in members}) == 1
    stack = StackTrainer(members, StackProgram(members))
    for _ in stack.slices(1.0):
        pass
    for experiment, ours in zip(members, stack.members(), strict=True):
        *_, alone = epochs_of(experiment)
        assert ours.loss == pytest.approx(alone.loss, abs=1e-4)
        for together, by_itself in zip(ours.weights, alone.weights, strict=True):
            np.testing.assert_allclose(together, by_itself, rtol=0, atol=1e-4)
    assert any((kernel == 0).any() for kernel in stack.members()[0].weights[::2])


def test_networks_that_are_penalised_otherwise_are_no_stack() -> None:
    theirs = experiment_of("classification", l2=0.1)
    assert stack_key(theirs) != stack_key(experiment_with(theirs, regularization="keras"))
