"""The learning-rate range test of a stack, held against Keras and against training as a wall."""

from __future__ import annotations

import numpy as np
import pytest

from playground.core import Experiment
from playground.core.rate_finder import found_rates, range_test_rates
from playground.engine import build_model, expand, make_range_test, sampled, targets, train_wall

SEEDS = 8
STEPS = 40


def member(link: str, seed: int) -> Experiment:
    experiment, refused = Experiment.from_query(dict(part.split("=", 1) for part in f"{link}&seed={seed}".split("&")))
    assert refused == []
    return experiment


@pytest.mark.parametrize("link", ["samples=60&hidden=4&optimizer=sgd&l2=0.01", "samples=50&hidden=4&batch_size=7"])
def test_each_step_is_the_one_that_keras_makes_at_its_rate(link: str) -> None:
    experiments = [member(link, seed) for seed in range(SEEDS)]
    rates = range_test_rates(1e-3, 1.0, STEPS)
    test = make_range_test(experiments, rates)
    list(test.slices())
    assert test.losses.shape == (SEEDS, STEPS)
    for own, experiment in zip(test.losses, experiments, strict=True):
        assert np.allclose(own, losses_by_keras(experiment, rates), rtol=1e-3)


def losses_by_keras(experiment: Experiment, rates: np.ndarray) -> list[float]:
    """The loss of each batch, by a Keras model whose rate is set before each of its steps."""
    model = build_model(experiment)
    data = sampled(experiment.data)
    X, y = expand(experiment, data.X_train), targets(experiment, data.y_train)
    random, batch = np.random.default_rng(experiment.train.seed), experiment.train.batch_size
    losses: list[float] = []
    while True:
        order = random.permutation(len(X))
        for first in range(0, len(X), batch):
            if len(losses) == len(rates):
                return losses
            model.optimizer.learning_rate.assign(rates[len(losses)])
            rows = order[first : first + batch]
            losses.append(float(model.train_on_batch(X[rows], y[rows], return_dict=True)["loss"]))


def test_a_test_comes_in_slices_and_ends_when_all_have_diverged() -> None:
    experiments = [member("dataset=plane&samples=60&hidden=2&optimizer=sgd", seed) for seed in range(SEEDS)]
    test = make_range_test(experiments, range_test_rates(1.0, 1e30, 500))
    slices = list(test.slices(0.0))
    assert test.ended and test.losses.shape[1] < 500 and len(slices) == pytest.approx(test.losses.shape[1], abs=1)
    assert not np.isfinite(test.losses[:, -1]).any()


@pytest.mark.slow
@pytest.mark.parametrize("draw", range(5))
def test_the_valley_of_two_rings_trains_well_and_its_proof_ranks_it_first_or_second(draw: int) -> None:
    link = (
        "dataset=circles&samples=1000&noise=0.03&factor=0.8&hidden=8,8&activation=relu&optimizer=adam&batch_size=32"
        f"&data_seed={draw}"
    )
    test = make_range_test([member(link, SEEDS * draw + seed) for seed in range(SEEDS)], range_test_rates())
    list(test.slices())
    found = found_rates(test.rates, test.losses)
    least = test.rates[int(np.nanargmin(found.smoothed))]
    assert 0.01 <= least <= 0.12
    valley = found.suggested["valley"]
    shares = [0.1, 0.3, 1.0, 3.0, 10.0]
    proof = [
        member(f"{link}&epochs=30&learning_rate={valley * share}", SEEDS * draw + seed)
        for share in shares
        for seed in range(SEEDS)
    ]
    *_, last = train_wall(proof)
    accuracies = np.array([each.val_accuracy for each in last]).reshape(len(shares), SEEDS).mean(axis=1)
    assert accuracies[2] >= 0.95
    assert np.count_nonzero(accuracies > accuracies[2]) <= 1
