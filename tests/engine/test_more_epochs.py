"""A finished run with more epochs is, bit for bit, the run of an experiment that had so many from the start."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

from playground.core import Experiment
from playground.engine import Epoch, Trainer

from .conftest import epochs_of, experiment_with, program_of

EVERYTHING = {"hidden": (5, 3), "dropout": 0.2, "batch_norm": True, "l1": 0.001, "l2": 0.01, "noise": 0.2}
WAYS: dict[str, dict[str, Any]] = {
    "every kind of state": {**EVERYTHING, "optimizer": "nadam", "learning_rate": 0.01},
    "step": {"schedule": "step", "schedule_epochs": 4, "schedule_factor": 0.5},
    "exponential": {"schedule": "exponential", "schedule_epochs": 10},
    "patience": {"patience": 9, "restore_best": True, "learning_rate": 0.5, "noise": 0.5},
}


def finished(experiment: Experiment) -> Trainer:
    trainer = Trainer(experiment, program_of(experiment))
    assert all(epoch is None or epoch.epoch <= experiment.train.epochs for epoch in trainer.slices(1.0))
    return trainer


def rest_of(trainer: Trainer) -> list[Epoch]:
    return [epoch for epoch in trainer.slices(1.0) if epoch is not None]


def assert_same(one: Epoch, other: Epoch) -> None:
    for name in ("epoch", "loss", "val_loss", "fit_loss", "learning_rate"):
        assert getattr(one, name) == getattr(other, name)
    for a, b in zip(one.weights, other.weights, strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("handed_over", [False, True], ids=["here", "in another process"])
def test_it_goes_on_bit_for_bit_as_with_the_larger_number(small: Experiment, way: str, handed_over: bool) -> None:
    short, long = (experiment_with(small, **WAYS[way], epochs=epochs) for epochs in (8, 20))
    expected = epochs_of(long)
    trainer = finished(short)
    assert trainer.ended == "finished"
    if handed_over:
        checkpoint = pickle.loads(pickle.dumps(trainer.checkpoint()))
        trainer = Trainer(long, program_of(long), checkpoint)
    else:
        trainer.set_epochs(20)
    assert trainer.ended is None
    assert_same(trainer.current, expected[8])
    rest = rest_of(trainer)
    assert len(rest) == len(expected) - 9 > 0
    for one, other in zip(rest, expected[9:], strict=True):
        assert_same(one, other)


def test_a_run_that_stopped_early_stays_so_with_more_epochs_as_it_would_have_from_the_start(small: Experiment) -> None:
    short, long = (experiment_with(small, patience=2, min_delta=5.0, epochs=epochs) for epochs in (8, 20))
    trainer = finished(short)
    trainer.set_epochs(20)
    assert trainer.ended == "early_stopping"
    assert trainer.last_epoch == epochs_of(long)[-1].epoch


def test_a_cosine_schedule_allows_no_other_number(small: Experiment) -> None:
    trainer = finished(experiment_with(small, schedule="cosine", epochs=3))
    with pytest.raises(ValueError, match="does not depend on epochs"):
        trainer.set_epochs(6)
