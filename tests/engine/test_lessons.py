"""The lessons' presets show the outcomes they promise: for two at least of three pairs of seeds drawn by NumPy.

In trials each held for all seeds, thirty and more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.lessons.presets import load_presets

from .conftest import epochs_of, experiment_with
from .seeds import Seeds, at_least

SEEDS = [tuple(map(int, pair)) for pair in np.random.default_rng(20_240).integers(0, 2**31 - 1, (3, 2))]
pytestmark = pytest.mark.slow
on_two_of_three_seeds = at_least(2, of=SEEDS)


class Run:
    """All epochs of one run of a lesson, with other seeds."""

    def __init__(self, lesson: str, label: str, seeds: Seeds, **fields: Any) -> None:
        (preset,) = [preset for preset in load_presets() if preset.lesson == lesson]
        (step,) = [step for step in preset.steps if step.label == label]
        data_seed, seed = seeds
        self.experiment = experiment_with(step.experiment, data_seed=data_seed, seed=seed, **fields)
        self.epochs = epochs_of(self.experiment)

    @property
    def accuracy(self) -> float:
        """On the test part, at the end."""
        return self.epochs[-1].val_accuracy

    @property
    def train_accuracy(self) -> float:
        return self.epochs[-1].accuracy

    @property
    def fit_losses(self) -> NDArray[np.float64]:
        """As `fit` reports them: one for each epoch trained."""
        return np.array([epoch.fit_loss for epoch in self.epochs[1:]])

    @property
    def val_losses(self) -> NDArray[np.float64]:
        return np.array([epoch.val_loss for epoch in self.epochs])


@on_two_of_three_seeds
def test_a_line_cannot_fit_a_ring(seeds: Seeds) -> None:
    assert Run("line_and_ring", "No hidden layer", seeds).accuracy <= 0.70
    assert Run("line_and_ring", "Four hidden units", seeds).accuracy >= 0.95


@on_two_of_three_seeds
def test_depth_without_non_linearity_is_a_line(seeds: Seeds) -> None:
    assert Run("linear_depth", "Two linear layers", seeds).accuracy <= 0.70
    assert Run("linear_depth", "The same with relu", seeds).accuracy >= 0.97


@on_two_of_three_seeds
def test_one_good_feature_beats_layers(seeds: Seeds) -> None:
    assert Run("one_good_feature", "Two inputs", seeds).accuracy <= 0.70
    assert Run("one_good_feature", "A third input", seeds).accuracy >= 0.98


@on_two_of_three_seeds
def test_three_units_need_luck_and_eight_do_not(seeds: Seeds) -> None:
    data_seed, seed = seeds
    starts = [(data_seed, seed % 1_000_000 + start) for start in range(5)]
    assert Run("width_and_luck", "One unit", seeds).accuracy <= 0.78
    three = [Run("width_and_luck", "hidden 3, seed 0", start) for start in starts]
    last = [run.fit_losses[-1] for run in three]
    assert max(last) / min(last) >= 2
    assert min(run.accuracy for run in three) < 0.95
    assert all(Run("width_and_luck", "hidden 8, seed 0", start).accuracy >= 0.95 for start in starts)


@on_two_of_three_seeds
def test_zero_and_huge_initial_weights_fail_and_sane_ones_do_not(seeds: Seeds) -> None:
    assert Run("initial_weights", "All zero", seeds).fit_losses[-1] == pytest.approx(0.693, abs=0.01)
    huge = Run("initial_weights", "Far too large", seeds)
    assert huge.fit_losses[0] >= 2
    assert huge.accuracy <= 0.80
    assert Run("initial_weights", "As Glorot and Bengio set them", seeds).accuracy >= 0.95


@on_two_of_three_seeds
def test_the_learning_rate_can_be_too_small_right_and_too_big(seeds: Seeds) -> None:
    small, right, big = (
        Run("learning_rate", label, seeds) for label in ("Far too small", "About right", "Far too big")
    )
    assert np.ptp(small.fit_losses) < 0.01
    assert right.accuracy >= 0.95
    assert 1 / 3 <= (np.diff(big.fit_losses) > 0).mean() <= 2 / 3
    assert np.median(big.fit_losses[-20:]) >= 2 * np.median(right.fit_losses[-20:])


def test_at_a_rate_far_too_large_where_the_accuracy_ends_is_luck() -> None:
    runs = [Run("learning_rate", "Far too big", seeds) for seeds in SEEDS]
    ends = [epoch.val_accuracy for run in runs for epoch in run.epochs[-20:]]
    assert max(ends) - min(ends) >= 0.1
    assert sum(run.accuracy < 0.97 for run in runs) >= 2


@on_two_of_three_seeds
def test_a_growing_rate_finds_the_right_rate(seeds: Seeds) -> None:
    search = Run("find_the_rate", "A rate that grows", seeds)
    best = 1 + int(search.fit_losses.argmin())  # an epoch's loss is that of training to it
    assert 40 <= best <= 62
    assert 0.01 <= search.epochs[best].learning_rate <= 0.12
    assert 8 <= search.epochs[-1].learning_rate < 10
    assert search.fit_losses[-1] / search.fit_losses.min() >= 8
    assert Run("find_the_rate", "Too slow", seeds).accuracy <= 0.78
    assert Run("find_the_rate", "The rate that was found", seeds).accuracy >= 0.95
    assert Run("find_the_rate", "Far too fast", seeds).accuracy <= 0.62


@on_two_of_three_seeds
def test_a_large_network_overfits_few_noisy_points(seeds: Seeds) -> None:
    run = Run("overfitting", "Three hundred epochs", seeds)
    assert run.train_accuracy >= 0.93
    assert run.train_accuracy - run.accuracy >= 0.10
    assert run.val_losses.argmin() < 40
    assert run.val_losses[-1] >= 1.5 * run.val_losses.min()


@on_two_of_three_seeds
def test_l2_holds_overfitting_back(seeds: Seeds) -> None:
    free, held = Run("l2", "l2 0", seeds), Run("l2", "l2 0.01", seeds)
    assert held.val_losses[-1] <= 0.6 * free.val_losses[-1]
    assert held.train_accuracy - held.accuracy < free.train_accuracy - free.accuracy


@on_two_of_three_seeds
def test_adam_wins_the_race_of_optimizers(seeds: Seeds) -> None:
    assert Run("optimizers", "optimizer sgd", seeds).accuracy <= 0.65
    assert Run("optimizers", "optimizer momentum", seeds).accuracy <= 0.85
    assert Run("optimizers", "optimizer adam", seeds).accuracy >= 0.90


@on_two_of_three_seeds
def test_the_gradient_vanishes_in_deep_sigmoid_networks(seeds: Seeds) -> None:
    sigmoid = Run("vanishing_gradient", "Six layers of sigmoid", seeds)
    assert sigmoid.fit_losses[-1] == pytest.approx(0.693, abs=0.01)
    assert sigmoid.accuracy <= 0.56
    assert Run("vanishing_gradient", "Six layers of tanh", seeds).accuracy >= 0.95
    assert Run("vanishing_gradient", "Relu with He's weights", seeds).accuracy >= 0.95


@on_two_of_three_seeds
def test_three_spiral_classes_need_hidden_layers(seeds: Seeds) -> None:
    assert Run("three_classes", "Straight borders", seeds).accuracy <= 0.72
    assert Run("three_classes", "Two layers of sixteen", seeds).accuracy >= 0.90
