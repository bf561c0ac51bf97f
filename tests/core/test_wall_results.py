"""What the networks of a wall have come to."""

from __future__ import annotations

import numpy as np

from playground.core import Experiment
from playground.core.diagnosis import diagnose_curves
from playground.core.history import CURVES
from playground.core.wall.curves import curves_of
from playground.core.wall.results import newest_figures, summed


def test_one_that_has_ended_keeps_its_last_figures_and_one_that_has_diverged_has_none() -> None:
    figures = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    figures[1, :2] = np.nan
    newest = newest_figures(figures, np.array([False, True, False]))
    assert np.array_equal(newest[0], figures[0, 0]) and np.isnan(newest[1]).all()
    assert np.array_equal(newest[2], figures[1, 2])


def test_a_cell_is_summed_over_the_seeds_that_have_a_number() -> None:
    figures = np.array([[1, 1, 1, 1], [3, 3, 3, np.nan], [np.nan] * 4, [np.nan] * 4], np.float64)
    first, second = summed(figures, 2)
    assert tuple(first["loss"]) == (2, 1, 3)
    assert tuple(first["val_accuracy"]) == (1, 1, 1)
    assert np.isnan(second["loss"]).all()


def test_the_curves_of_a_network_have_the_rate_that_trained_each_epoch() -> None:
    experiment, _ = Experiment.from_query({"learning_rate": "0.1", "learning_rate_from_2": "0.5"})
    curves = curves_of(experiment, np.ones((5, 4)))
    assert curves[:, CURVES.index("epoch")].tolist() == [0, 1, 2, 3, 4]
    assert curves[:, CURVES.index("learning_rate")].tolist() == [0.1, 0.1, 0.1, 0.5, 0.5]


def falling(epochs: int, **columns: np.ndarray) -> np.ndarray:
    curves = np.zeros((epochs, len(CURVES)))
    curves[:, 0] = np.arange(epochs)
    for name, values in columns.items():
        curves[:, CURVES.index(name)] = values
    return curves


def test_curves_alone_tell_what_jumps_what_has_diverged_and_what_is_learned_by_heart() -> None:
    steps = np.arange(60)
    jumps = np.where(steps % 2, 0.9, 0.4)
    poor = falling(60, loss=jumps, val_loss=jumps, accuracy=np.full(60, 0.5))
    assert [each.kind for each in diagnose_curves(Experiment(), poor)] == ["learning_rate_too_high"]
    heart = falling(60, loss=0.7 * 0.95**steps, val_loss=0.3 + 0.02 * steps, accuracy=np.ones(60))
    assert [each.kind for each in diagnose_curves(Experiment(), heart)] == ["overfitting"]
    lost = falling(60, loss=np.where(steps < 59, 0.5, np.nan), val_loss=np.full(60, 0.5), accuracy=np.ones(60))
    assert [each.kind for each in diagnose_curves(Experiment(), lost)] == ["diverged"]
    fine = falling(60, loss=0.7 * 0.95**steps, val_loss=0.7 * 0.95**steps, accuracy=np.ones(60))
    assert diagnose_curves(Experiment(), fine) == []
