"""Weights changed by hand: the network is Keras's with those weights, and training goes on from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.core import Experiment, make_dataset
from playground.engine import (
    Epoch,
    Program,
    Trainer,
    build_model,
    dense_weights,
    expand,
    predict,
    targets,
)

from .conftest import KerasFit, experiment_with, next_epoch, program_of


@pytest.fixture(scope="module")
def program(small: Experiment) -> Program:
    return program_of(small)


def trained(experiment: Experiment, program: Program, epochs: int) -> Trainer:
    trainer = Trainer(experiment, program)
    slices = trainer.slices(1.0)
    for _ in range(epochs):
        next(slices)
    return trainer


def figures(epoch: Epoch) -> list[Any]:
    """All but the weights; nan is equal to itself."""
    return [repr(value) for name, value in vars(epoch).items() if name != "weights"]


def changed(weights: list[Any]) -> list[Any]:
    """The weights with one link and one bias set by hand."""
    weights = [np.array(value) for value in weights]
    weights[0][1, 2], weights[3][0] = 2.5, -0.75
    return weights


def test_the_edited_epoch_has_the_answers_and_figures_of_keras_with_those_weights(
    small: Experiment, program: Program
) -> None:
    trainer = trained(small, program, 3)
    edited = trainer.edit(changed(trainer.current.weights))
    model = build_model(small)
    model.set_weights(edited.weights)
    data = make_dataset(small.data)
    X = expand(small, data.X_test)
    np.testing.assert_allclose(
        predict(program, small, edited.weights, data.X_test), model.predict(X, verbose=0), rtol=2e-6
    )
    loss, accuracy = model.evaluate(X, targets(small, data.y_test), verbose=0)
    assert edited.epoch == trainer.last_epoch == 3
    assert edited.weights[0][1, 2] == 2.5 and edited.weights[3][0] == -0.75
    assert edited.val_loss == pytest.approx(loss, rel=1e-6)
    assert edited.val_accuracy == pytest.approx(accuracy)


@pytest.mark.parametrize("partly", [False, True], ids=["between_epochs", "in_the_middle_of_an_epoch"])
def test_training_goes_on_from_edited_weights_as_keras_fit_would(
    small: Experiment, program: Program, partly: bool
) -> None:
    trainer = Trainer(small, program)
    if partly:
        assert next(trainer.slices(1e-9)) is None  # some steps of epoch 1 are done, and dropped by the edit
    edited = changed(trainer.current.weights)
    trainer.edit(edited)
    fit = KerasFit(small)
    fit.model.set_weights(edited)
    fit.run(5)
    slices = trainer.slices(1.0)
    for _ in range(5):
        next(slices)
    for ours, theirs in zip(trainer.current.weights, fit.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_checkpoint_after_an_edit_goes_on_the_same(small: Experiment, program: Program) -> None:
    adam = experiment_with(small, optimizer="adam")
    program = program_of(adam)
    trainer = trained(adam, program, 2)
    trainer.edit(changed(trainer.current.weights))
    resumed = Trainer(adam, program, trainer.checkpoint())
    for each in (trainer, resumed):
        list(each.slices(1.0))
    for ours, theirs in zip(trainer.current.weights, resumed.current.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.fixture(scope="module")
def many(small: Experiment) -> Experiment:
    """So many points that they are evaluated in five pieces."""
    return experiment_with(small, samples=20_000, batch_size=4000)


def test_an_edit_in_slices_is_to_the_bit_the_edit_in_one_go(many: Experiment) -> None:
    whole, sliced = (trained(many, program_of(many), 2) for _ in range(2))
    next(sliced.slices(1e-9))  # some steps of the next epoch are done, and dropped by the edit
    weights = changed(whole.current.weights)
    *unfinished, edited = sliced.edit_slices(weights, 1e-9)
    assert unfinished == [None] * 4
    expected = whole.edit(weights)
    assert edited is not None and figures(edited) == figures(expected)
    for trainer in (whole, sliced):
        for _ in range(2):
            next_epoch(trainer.slices(1.0))
    assert figures(whole.current) == figures(sliced.current)
    for ours, theirs in zip(whole.current.weights, sliced.current.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_an_edit_that_is_not_finished_has_changed_nothing(many: Experiment) -> None:
    trainer, untouched = (trained(many, program_of(many), 1) for _ in range(2))
    given_up = trainer.edit_slices(changed(trainer.current.weights), 1e-9)
    next(given_up)
    given_up.close()  # type: ignore[attr-defined]
    assert figures(next_epoch(trainer.slices(1.0))) == figures(next_epoch(untouched.slices(1.0)))


def test_weights_without_a_finite_loss_are_refused_and_change_nothing(small: Experiment, program: Program) -> None:
    linear = experiment_with(small, dataset="plane", activation=("linear",))
    own = program_of(linear)
    trainer = trained(linear, own, 1)
    before = trainer.current
    with pytest.raises(ValueError, match="finite"):
        trainer.edit([np.full_like(value, 1e30) for value in before.weights])
    assert trainer.current is before
    assert next_epoch(trainer.slices(1.0)).epoch == 2


def test_a_diverged_run_is_not_edited(small: Experiment) -> None:
    wild = experiment_with(small, dataset="plane", activation=("linear",), learning_rate=100.0)
    trainer = Trainer(wild, program_of(wild))
    list(trainer.slices(1.0))
    assert trainer.ended == "diverged"
    with pytest.raises(ValueError, match="diverged"):
        trainer.edit(trainer.checkpoint().epoch.weights)


@pytest.mark.parametrize("fields", [{}, {"batch_norm": True, "hidden": (5, 3)}, {"hidden": ()}], ids=str)
def test_dense_weights_are_the_kernels_and_biases_of_the_dense_layers(
    small: Experiment, fields: dict[str, Any]
) -> None:
    experiment = experiment_with(small, **fields)
    model = build_model(experiment)
    weights = [np.random.default_rng(0).normal(size=w.shape).astype(np.float32) for w in model.get_weights()]
    model.set_weights(weights)
    dense = [layer for layer in model.layers if layer.name.startswith("hidden_") or layer.name == "output"]
    found = dense_weights(experiment, weights)
    assert len(found) == len(dense)
    for (place, kernel, bias), layer in zip(found, dense, strict=True):
        assert weights[place] is kernel
        np.testing.assert_array_equal(kernel, layer.kernel.numpy())
        np.testing.assert_array_equal(bias, layer.bias.numpy())
