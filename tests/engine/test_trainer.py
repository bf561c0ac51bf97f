"""How runs end, what changes while they train, and what never compiles again."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest

from playground.core import Data, Experiment, Model, Rates, Train, make_dataset
from playground.engine import (
    Epoch,
    Program,
    Trainer,
    build_model,
    compile_program,
    predict,
    targets,
    traces,
    train,
    view_boundary,
)

from .conftest import KerasFit, epochs_of, experiment_with, next_epoch, program_of

EVERYTHING = (-6.0, 6.0)


@pytest.fixture(scope="module")
def program(small: Experiment) -> Program:
    return program_of(small)


def test_the_first_epoch_is_the_untrained_network_of_build_model(small: Experiment, program: Program) -> None:
    first = Trainer(small, program).current
    assert first.epoch == 0
    assert math.isnan(first.fit_loss)
    for ours, theirs in zip(first.weights, build_model(small).get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("fields", [{}, {"dropout": 0.3, "batch_norm": True}], ids=["plain", "normalised"])
def test_weights_of_an_epoch_fit_the_built_model(small: Experiment, fields: dict[str, Any]) -> None:
    *_, last = epochs_of(experiment_with(small, epochs=2, **fields))
    model = build_model(experiment_with(small, **fields))
    model.set_weights(last.weights)
    assert [w.shape for w in last.weights] == [w.shape for w in model.get_weights()]


def test_a_run_gives_one_item_an_epoch_and_ends_after_the_last(small: Experiment, program: Program) -> None:
    trainer = Trainer(experiment_with(small, epochs=4), program)
    assert [epoch.epoch for epoch in trainer.slices(1.0) if epoch] == [1, 2, 3, 4]
    assert trainer.ended == "finished"
    assert list(trainer.slices()) == []


def test_a_program_of_another_architecture_is_refused(small: Experiment, program: Program) -> None:
    with pytest.raises(ValueError, match="architecture"):
        Trainer(experiment_with(small, hidden=(3,)), program)


def test_what_shares_an_architecture_shares_its_traces(small: Experiment, program: Program) -> None:
    before = traces()
    for fields in (
        {"learning_rate": 0.5},
        {"l1": 0.1, "l2": 0.2},
        {"seed": 4},
        {"data_seed": 4},
        {"dataset": "moons"},
        {"noise": 0.5},
        {"init": "zeros"},
        {"features": ("x1sq", "sinx2")},
        {"standardize": True},
        {"schedule": "cosine"},
        {"patience": 3},
    ):
        experiment = experiment_with(small, **fields)
        trainer = Trainer(experiment, program)
        for seconds in (1.0, 1e-9):
            next(trainer.slices(seconds))
        trainer.follow(experiment.with_rates(Rates(learning_rate=0.01, l1=0.3, l2=0.4)))
        next(trainer.slices(1.0))
        Trainer(experiment, program, trainer.checkpoint())
        view_boundary(program, experiment, trainer.current.weights, EVERYTHING, (-1.0, 2.0))
        predict(program, experiment, trainer.current.weights, np.zeros((3, 2)))
    assert traces() == before


def test_train_compiles_an_architecture_once(small: Experiment) -> None:
    experiment = experiment_with(small, hidden=(2, 2, 2), epochs=1)
    list(train(experiment))
    before = traces()
    list(train(experiment_with(experiment, seed=3, learning_rate=0.3, dataset="xor")))
    assert traces() == before


def test_another_architecture_is_traced(small: Experiment) -> None:
    before = traces()
    compile_program(experiment_with(small, hidden=(2,)))
    assert traces() > before


@pytest.mark.parametrize("restores", [pytest.param(False, marks=pytest.mark.slow), True])
def test_early_stopping_ends_where_the_keras_callback_ends(small: Experiment, restores: bool) -> None:
    experiment = experiment_with(
        small, dataset="xor", noise=0.5, hidden=(16,), activation=("relu",), optimizer="adam", learning_rate=0.05,
        epochs=300, patience=7, min_delta=0.001, restore_best=restores,
    )  # fmt: skip
    fit = KerasFit(experiment)
    callback = keras.callbacks.EarlyStopping(patience=7, min_delta=0.001, restore_best_weights=restores)
    history = fit.run(300, validation_data=fit.test, callbacks=[callback])
    trainer = Trainer(experiment, program_of(experiment))
    epochs = [epoch for epoch in trainer.slices(1.0) if epoch]
    assert trainer.ended == "early_stopping"
    assert 7 < len(epochs) < 300
    np.testing.assert_allclose([epoch.val_loss for epoch in epochs], history["val_loss"], rtol=1e-3)
    for ours, theirs in zip(trainer.current.weights, fit.model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-3)
    assert (trainer.current.epoch < epochs[-1].epoch) == restores


@pytest.fixture(scope="module")
def validated(small: Experiment) -> Experiment:
    """Forty training points, ten to watch, and a test part six times as large."""
    return experiment_with(
        small, dataset="xor", noise=0.5, samples=350, test=6 / 7, validation=0.2, standardize=True, hidden=(16,),
        activation=("relu",), optimizer="adam", learning_rate=0.05,
    )  # fmt: skip


def test_the_validation_part_is_watched_as_keras_fit_watches_validation_data(validated: Experiment) -> None:
    assert (validated.data.n_train, validated.data.n_validation, validated.data.n_test) == (40, 10, 300)
    fit = KerasFit(validated)
    history = fit.run(30, validation_data=fit.validation)
    _, *epochs = epochs_of(validated)
    for name in ("val_loss", "val_accuracy"):
        ours = [getattr(epoch, name) for epoch in epochs]
        np.testing.assert_allclose(ours, history[name], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose([epoch.fit_loss for epoch in epochs], history["loss"], rtol=1e-6)


def test_early_stopping_watches_the_validation_part(validated: Experiment) -> None:
    experiment = experiment_with(validated, epochs=300, patience=7)
    fit = KerasFit(experiment)
    callback = keras.callbacks.EarlyStopping(patience=7)
    history = fit.run(300, validation_data=fit.validation, callbacks=[callback])
    trainer = Trainer(experiment, program_of(experiment))
    stopped = len([epoch for epoch in trainer.slices(1.0) if epoch])
    assert trainer.ended == "early_stopping"
    assert stopped == len(history["val_loss"])


def test_patience_goes_on_where_a_checkpoint_was_taken(small: Experiment, program: Program) -> None:
    experiment = experiment_with(small, learning_rate=1e-9, min_delta=1.0, patience=5)
    trainer = Trainer(experiment, program)
    slices = trainer.slices(1.0)
    for _ in range(3):
        next(slices)
    resumed = Trainer(experiment, program, trainer.checkpoint())
    assert [epoch.epoch for epoch in resumed.slices(1.0) if epoch] == [4, 5, 6]
    assert resumed.ended == "early_stopping"
    assert Trainer(experiment, program, resumed.checkpoint()).ended == "early_stopping"


@pytest.fixture(scope="module")
def diverging(small: Experiment) -> Experiment:
    return experiment_with(small, dataset="hills", hidden=(8,), activation=("relu",), learning_rate=100.0, epochs=200)


def test_a_run_ends_with_the_first_epoch_whose_loss_is_not_finite(diverging: Experiment) -> None:
    epochs = epochs_of(diverging)
    assert 1 < len(epochs) < 200
    assert not math.isfinite(epochs[-1].loss + epochs[-1].val_loss)
    assert all(math.isfinite(epoch.loss) and math.isfinite(epoch.val_loss) for epoch in epochs[:-1])


@pytest.mark.parametrize(
    "fields",
    [{}, {"output": "linear", "loss": "binary_crossentropy"}, {"output": "softmax"}, {"loss": "hinge"}],
    ids=["logits", "clipped", "softmax", "hinge"],
)
def test_lost_weights_are_seen_in_the_loss(small: Experiment, fields: dict[str, Any]) -> None:
    """A compiler's minimum may answer 0 for min(NaN, 0): a loss that clips would then look finite."""
    experiment = experiment_with(small, **fields)
    program = program_of(experiment)
    checkpoint = Trainer(experiment, program).checkpoint()
    checkpoint.epoch.weights[-1][:] = np.nan
    epoch = next_epoch(Trainer(experiment, program, checkpoint).slices(1.0))
    assert math.isnan(epoch.loss)
    assert math.isnan(epoch.val_loss)


def test_a_diverged_run_goes_on_from_its_last_finite_epoch_with_a_lower_rate(diverging: Experiment) -> None:
    program = program_of(diverging)
    trainer = Trainer(diverging, program)
    last = [trainer.current, *filter(None, trainer.slices(1.0))][-1]
    assert trainer.ended == "diverged"
    checkpoint = trainer.checkpoint()
    assert checkpoint.epoch.epoch == last.epoch - 1
    assert math.isfinite(checkpoint.epoch.loss)
    kept = Trainer(diverging, program, checkpoint)
    assert (kept.ended, kept.current.epoch) == ("diverged", last.epoch)
    assert pickle.dumps(kept.checkpoint().memory) == pickle.dumps(checkpoint.memory)
    resumed = Trainer(diverging, program, replace(checkpoint, lost=None))
    assert resumed.ended is None
    resumed.follow(diverging.with_rates(Rates(1e-12, 0, 0)))
    assert math.isfinite(next_epoch(resumed.slices(1.0)).loss)


def test_changed_rates_take_effect_from_the_next_epoch(small: Experiment, program: Program) -> None:
    trainer, unchanged = Trainer(small, program), Trainer(small, program)
    slices, others = trainer.slices(1e-9), unchanged.slices(1.0)
    next(slices)
    other = small.with_rates(Rates(learning_rate=0.3, l1=0.01, l2=0.02))
    trainer.follow(other)
    first = next_epoch(slices)
    assert first.loss == next_epoch(others).loss
    assert first.learning_rate == small.train.learning_rate
    unchanged.follow(other)
    second = next_epoch(slices)
    assert second.loss == next_epoch(others).loss
    assert second.learning_rate == 0.3
    weights = [w for w in second.weights if w.ndim == 2]
    penalty = sum(0.01 * np.abs(w).sum() + 0.02 * np.square(w).sum() for w in weights)
    plain = build_model(small)
    plain.set_weights(second.weights)
    data = make_dataset(small.data)
    told = plain.evaluate(data.X_train.astype("float32"), targets(small, data.y_train), verbose=0)[0]
    assert second.loss - penalty == pytest.approx(told, rel=1e-5)


def test_a_schedule_goes_on_from_a_changed_base_rate(small: Experiment, program: Program) -> None:
    experiment = experiment_with(small, schedule="step", schedule_factor=0.5, schedule_epochs=2, learning_rate=0.4)
    trainer = Trainer(experiment, program)
    slices = trainer.slices(1.0)
    rates = [next_epoch(slices).learning_rate for _ in range(3)]
    trainer.follow(experiment_with(experiment, learning_rate=0.8))
    rates += [next_epoch(slices).learning_rate for _ in range(3)]
    assert rates == pytest.approx([0.4, 0.4, 0.2, 0.4, 0.2, 0.2])


def test_a_trainer_follows_no_other_experiment(small: Experiment, program: Program) -> None:
    with pytest.raises(ValueError, match="nothing but rates"):
        Trainer(small, program).follow(experiment_with(small, momentum=0.5))


def test_a_perfect_network_with_signed_targets_has_accuracy_one(small: Experiment) -> None:
    """Keras thresholds outputs to {0, 1} and would call half of these wrong."""
    experiment = experiment_with(
        small, dataset="gaussians", output="tanh", loss="squared_hinge", learning_rate=0.1, epochs=30
    )
    assert epochs_of(experiment)[-1].accuracy == 1.0


def test_one_softmax_unit_seems_to_learn_and_does_not(small: Experiment) -> None:
    experiment = experiment_with(small, output="softmax1", samples=200, epochs=150, learning_rate=0.1)
    epochs = epochs_of(experiment)
    share = make_dataset(experiment.data).y_train.mean()
    assert epochs[-1].loss < 0.5 * epochs[0].loss
    assert [epoch.accuracy for epoch in epochs] == pytest.approx([share] * len(epochs))


def test_regression_has_no_accuracy(small: Experiment) -> None:
    first: Epoch = next(train(experiment_with(small, dataset="plane")))
    assert math.isnan(first.accuracy)
    assert math.isnan(first.val_accuracy)


def test_a_long_epoch_is_interrupted_in_time() -> None:
    """An epoch of 500 steps, which no machine does within a tenth of a millisecond, asked for in such slices."""
    experiment = Experiment(
        data=Data(samples=4_000, test=0.5), model=Model(hidden=(6, 2)), train=Train(batch_size=4, epochs=3)
    )
    trainer = Trainer(experiment, program_of(experiment))
    kinds = [epoch is None for epoch in trainer.slices(seconds=0.0001)]
    assert kinds.count(False) == 3
    assert kinds.count(True) > 6


def test_the_untrained_network_is_evaluated_in_slices_to_the_same_bits(small: Experiment) -> None:
    many = experiment_with(small, samples=20_000, batch_size=4000)
    program = program_of(many)
    at_once, later = Trainer(many, program), Trainer(many, program, at_once=False)
    slices = later.slices(1e-9)
    for _ in range(5):
        assert not later.begun and later.ended is None and later.last_epoch == 0
        assert next(slices) is None
    assert later.begun and at_once.begun
    assert repr(later.current) == repr(at_once.current)
    assert repr(next_epoch(slices)) == repr(next_epoch(at_once.slices(1.0)))
    np.testing.assert_array_equal(later.current.weights[0], at_once.current.weights[0])


def test_who_asks_early_for_the_untrained_network_gets_it(small: Experiment, program: Program) -> None:
    trainer = Trainer(small, program, at_once=False)
    assert repr(trainer.current) == repr(Trainer(small, program).current)
    assert trainer.checkpoint().epoch is trainer.current
