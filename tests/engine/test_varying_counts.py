"""Points that are drawn come and go one by one: one program trains any number of them, and as `fit` does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.core import Experiment
from playground.core.drawn_points import pack_points
from playground.engine import Program, Trainer, compile_program, program_key
from playground.engine.compiled import traces

from .conftest import KerasFit, assert_figures_are_those_of_keras_evaluate

EPOCHS = 30
COUNTS = 8, 41, 64
"""Fewer than a batch of 10 to train on; a batch that is smaller than the others; and many."""


def drawn(count: int, **fields: str) -> Experiment:
    """So many points of two classes, split by a slanted line."""
    X = np.random.default_rng(count).uniform(-5, 5, (count, 2))
    points = pack_points(X, (X[:, 0] + X[:, 1] / 2 > np.median(X[:, 0] + X[:, 1] / 2)).astype(int))
    experiment, refused = Experiment.from_query(
        {"dataset": "drawn", "points": points, "test": "0.25", "epochs": str(EPOCHS), **fields}
    )
    assert refused == []
    return experiment


@pytest.fixture(scope="module", params=[{}, {"optimizer": "adam", "loss": "mse", "l2": "0.01"}], ids=["sgd", "adam"])
def fields(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def program(fields: dict[str, str]) -> Program:
    return compile_program(drawn(30, **fields))


@pytest.mark.parametrize("count", COUNTS)
def test_a_program_of_another_count_trains_as_keras_fit_does_and_compiles_nothing(
    program: Program, fields: dict[str, str], count: int
) -> None:
    experiment = drawn(count, **fields)
    assert program.key == program_key(experiment)
    before = traces()
    trainer = Trainer(experiment, program)
    epochs = [epoch for epoch in trainer.slices(1.0) if epoch is not None]
    assert traces() == before
    fit = KerasFit(experiment)
    losses = fit.run(EPOCHS)["loss"]
    np.testing.assert_allclose([epoch.fit_loss for epoch in epochs], losses, rtol=1e-5)
    for ours, theirs in zip(epochs[-1].weights, fit.model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("count", COUNTS)
def test_its_figures_are_those_of_all_points_of_their_part(
    program: Program, fields: dict[str, str], count: int
) -> None:
    experiment = drawn(count, **fields)
    *_, last = (epoch for epoch in Trainer(experiment, program).slices(1e-9) if epoch is not None)  # step by step
    assert last.accuracy > 0  # a classification has one
    assert_figures_are_those_of_keras_evaluate(experiment, last)


def test_runs_of_different_counts_that_take_turns_on_one_program_are_as_alone(
    program: Program, fields: dict[str, str]
) -> None:
    few, many = (Trainer(drawn(count, **fields), program) for count in (12, 50))
    alone = [[*Trainer(drawn(count, **fields), program).slices(1.0)][-1] for count in (12, 50)]
    for _ in zip(few.slices(1e-9), many.slices(1e-9), strict=False):
        pass
    for trainer, expected in zip((few, many), alone, strict=True):
        *_, last = (trainer.current, *(epoch for epoch in trainer.slices(1.0) if epoch is not None))
        assert expected is not None
        assert (last.epoch, last.loss, last.val_loss) == (EPOCHS, expected.loss, expected.val_loss)
        for ours, theirs in zip(last.weights, expected.weights, strict=True):
            np.testing.assert_array_equal(ours, theirs)
