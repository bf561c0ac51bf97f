"""Published experiments of this field, each opened by a link and held to the figures it was published with.

Initial weights are Glorot's where a source says nothing of them, because that is what Keras draws. A figure that was
published without saying on which points is asked for on the training points and on those held back. Whether it holds
for other seeds was counted with the twenty pairs of `COUNTED`; where it does not for all of them, the test says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from urllib.parse import parse_qsl

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from playground.core import Experiment, default_view, make_dataset
from playground.core.diagnosis import diagnose
from playground.core.evaluation import predicted_classes, scores
from playground.core.history import History
from playground.engine import Epoch, Trainer, collect_evidence, predict, view_boundary

from .conftest import program_of
from .seeds import Seeds, at_least

SEEDS = [(1, 1), (2, 2), (3, 3)]
MORE_SEEDS = [(seed, seed) for seed in range(1, 9)]
COUNTED = [tuple(map(int, pair)) for pair in np.random.default_rng(2026).integers(0, 10_000, (20, 2))]

pytestmark = pytest.mark.slow
on_three_seeds = at_least(3, of=SEEDS)
"""What does not depend on the course of training."""
on_two_of_three_seeds = at_least(2, of=SEEDS)


class Run:
    """A link's experiment with other seeds."""

    def __init__(self, link: str, seeds: Seeds) -> None:
        data_seed, seed = seeds
        query = {**dict(parse_qsl(link)), "data_seed": str(data_seed), "seed": str(seed)}
        self.experiment, refused = Experiment.from_query(query)
        assert refused == []
        self.program = program_of(self.experiment)
        self.data = make_dataset(self.experiment.data)
        self.trainer = Trainer(self.experiment, self.program)

    def epochs(self) -> Iterator[Epoch]:
        """The untrained network, then each epoch as it is asked for."""
        yield self.trainer.current
        yield from filter(None, self.trainer.slices(seconds=1.0))

    def first_epoch(self, accuracy: float, watched_only: bool = False) -> float:
        """Train until this accuracy is reached on those watched, and on the training points; infinite if never."""
        for e in self.epochs():
            if e.val_accuracy >= accuracy and (watched_only or e.accuracy >= accuracy):
                return e.epoch
        return math.inf

    def finished(self) -> Run:
        """The same, trained to its end."""
        self.history = list(self.epochs())
        return self

    @property
    def last(self) -> Epoch:
        return self.trainer.current

    def values(self) -> NDArray[np.float32]:
        """What the network says of the test points, at the epoch reached."""
        return predict(self.program, self.experiment, self.last.weights, self.data.X_test)

    def kinds(self) -> list[str]:
        """What the diagnosis finds at the epoch reached."""
        history = History(10**8)
        for e in self.history:
            figures = (e.loss, e.accuracy, e.val_loss, e.val_accuracy, e.learning_rate)
            history.append(e.epoch, e.weights, (e.epoch, *figures))
        evidence = collect_evidence(self.program, self.experiment, history, self.last.epoch)
        return [finding.kind for finding in diagnose(evidence)]

    def test_accuracy(self) -> float:
        return scores(self.data.y_test, predicted_classes(self.values()), self.experiment.data.n_classes).accuracy


TUTORIAL = (
    "samples=1000&test=0.25&validation=0.2&hidden=50&activation=relu&init=he_uniform&output=tanh&loss=squared_hinge"
    "&optimizer=adam&learning_rate=0.001&batch_size=25&epochs=50"
)
FAR_BLOBS = "dataset=blobs&centers=0,0,15,15&deviation=2.5"


@pytest.mark.parametrize("data", [FAR_BLOBS, "dataset=moons&noise=0"], ids=["blobs", "moons"])
@on_two_of_three_seeds
def test_one_hidden_layer_tells_standardised_blobs_and_moons_apart(data: str, seeds: Seeds) -> None:
    """Test accuracy .98 or more. Of the twenty pairs of seeds all reach 1.0 in validation, but one with moons .993."""
    run = Run(f"{data}&{TUTORIAL}&standardize=true", seeds).finished()
    parts = run.experiment.data
    assert (parts.n_train, parts.n_validation, parts.n_test) == (600, 150, 250)
    assert run.test_accuracy() >= 0.98
    assert run.last.val_accuracy >= 0.98


def test_blobs_far_from_zero_sometimes_stay_at_one_class_without_standardising() -> None:
    """Of the twenty pairs of seeds 7 stay there, and the diagnosis blames the scale of the inputs."""
    runs = [Run(f"{FAR_BLOBS}&{TUTORIAL}", seeds).finished() for seeds in COUNTED[:10]]
    classes_named = [len(np.unique(predicted_classes(run.values()))) for run in runs]
    assert {1, 2} == set(classes_named)
    as_told = [
        run.test_accuracy() <= 0.60 and run.kinds() == ["unscaled_inputs"]
        if count == 1
        else run.test_accuracy() >= 0.98 and run.kinds() == []
        for run, count in zip(runs, classes_named, strict=True)
    ]
    assert sum(as_told) >= 9


@on_two_of_three_seeds
def test_six_units_and_a_linear_pair_learn_what_noise_leaves_of_a_hundred_thousand_circles(seeds: Seeds) -> None:
    """Test accuracy of .88 to .89, to two decimals; a fifth of the points is held back.

    It holds for all twenty pairs of seeds, .884 to .895. One of eight others, (4, 2004), stayed at .72.
    """
    run = Run(
        "dataset=circles&samples=100000&noise=0.2&factor=0.5&test=0.2&hidden=6,2&activation=relu,linear&init=glorot"
        "&output=sigmoid&optimizer=rmsprop&learning_rate=0.001&batch_size=32&epochs=5",
        seeds,
    ).finished()
    assert round(run.test_accuracy(), 2) in (0.88, 0.89)


@on_three_seeds
def test_a_network_without_hidden_layers_is_logistic_regression(seeds: Seeds) -> None:
    run = Run(
        "dataset=classification&samples=1000&test=0.2&hidden=none&optimizer=sgd&learning_rate=0.1&batch_size=32"
        "&epochs=200",
        seeds,
    ).finished()
    oracle = LogisticRegression(C=1e6).fit(run.data.X_train, run.data.y_train)
    theirs = oracle.predict_proba(run.data.X_test)[:, 1]
    assert np.abs(run.values()[:, 0] - theirs).mean() <= 0.02
    assert run.test_accuracy() == pytest.approx(oracle.score(run.data.X_test, run.data.y_test), abs=0.015)


PARABOLAS = (
    "dataset=parabolas&slope=0.8&noise=0.05&gap=0.5&samples=1000&test=0.2&init=glorot&output=softmax&optimizer=sgd"
    "&learning_rate=0.1&batch_size=32&epochs=500"
)
HIDDEN = {
    "one of 10 sigmoid": "hidden=10&activation=sigmoid",
    "two of 10 sigmoid": "hidden=10,10&activation=sigmoid",
    "two of 10 relu": "hidden=10,10&activation=relu",
}


@on_three_seeds
def test_a_perceptron_cannot_follow_parabolas(seeds: Seeds) -> None:
    """No figure was published: this one, and that of the next test, are what was measured here, with a margin."""
    run = Run(f"{PARABOLAS}&hidden=none", seeds).finished()
    assert run.test_accuracy() <= 0.75
    _assert_a_panel_for_each_class(run)


@pytest.mark.parametrize("hidden", HIDDEN)
@on_two_of_three_seeds
def test_hidden_layers_follow_parabolas(hidden: str, seeds: Seeds) -> None:
    run = Run(f"{PARABOLAS}&{HIDDEN[hidden]}", seeds).finished()
    assert run.test_accuracy() >= 0.95
    panels = _assert_a_panel_for_each_class(run)
    assert all(panel.min() < 0.05 and panel.max() > 0.95 for panel in panels)


def _assert_a_panel_for_each_class(run: Run) -> NDArray[np.float32]:
    view = default_view("parabolas", run.data.X_train)
    panels = view_boundary(run.program, run.experiment, run.last.weights, *view).values
    assert panels.shape == (2, 100, 100)
    np.testing.assert_allclose(panels.sum(axis=0), 1, atol=1e-5)
    return panels


ARMS = (
    "dataset=spirals&classes=3&noise=1&samples=900&test=0.2&init=glorot&output=softmax&batch_size=32&epochs=500"
    "&standardize=false"
)


@pytest.mark.parametrize(
    ("network", "accuracy"),
    [
        ("hidden=64&activation=relu&optimizer=adam&learning_rate=0.01", 0.98),
        ("hidden=64&activation=sigmoid&optimizer=sgd&learning_rate=0.01", 0.95),
    ],
    ids=["relu", "sigmoid"],
)
@on_two_of_three_seeds
def test_one_hidden_layer_follows_short_arms(network: str, accuracy: float, seeds: Seeds) -> None:
    """The accuracy at the last epoch, on the training points and on the fifth that is held back."""
    run = Run(f"{ARMS}&reach=30&{network}", seeds).finished()
    assert min(run.last.accuracy, run.last.val_accuracy, run.test_accuracy()) >= accuracy


@on_two_of_three_seeds
def test_one_wide_layer_cannot_follow_long_arms(seeds: Seeds) -> None:
    """At no epoch, neither on the training points nor on those held back."""
    run = Run(f"{ARMS}&reach=100&hidden=100&activation=relu&optimizer=adam&learning_rate=0.01", seeds).finished()
    assert max(max(epoch.accuracy, epoch.val_accuracy) for epoch in run.history) <= 0.60


@on_two_of_three_seeds
def test_two_layers_follow_long_arms_and_four_sooner(seeds: Seeds) -> None:
    """The figures are those reached within 500 epochs, on the training points and on those held back at once.

    They are not those of the last epoch: once there, Adam at a constant rate now and then throws the network back for
    some epochs. Initial weights decide here: with He's, which the playground draws for relu, two layers got no further
    than .67 in five of five runs.
    """
    slow = "activation=relu&optimizer=adam&learning_rate=0.001"
    two = Run(f"{ARMS}&reach=100&hidden=100,100&{slow}", seeds).first_epoch(accuracy=0.94)
    assert two <= 500
    assert Run(f"{ARMS}&reach=100&hidden=100,100,100,100&{slow}", seeds).first_epoch(accuracy=0.98) < two


RINGS = (
    "dataset=circles&samples=1000&noise=0.03&factor=0.8&test=0.2&hidden=8,8&activation=relu&init=glorot"
    "&optimizer=adam&batch_size=32"
)


@on_two_of_three_seeds
def test_a_rate_of_a_hundredth_is_there_three_times_sooner_than_one_of_a_thousandth(seeds: Seeds) -> None:
    """The first epoch with validation accuracy .90. For all twenty pairs of seeds it is 3.8 times or more."""
    fast, slow = (
        Run(f"{RINGS}&learning_rate={rate}", seeds).first_epoch(accuracy=0.90, watched_only=True)
        for rate in ("0.01", "0.001")
    )
    assert 3 * fast <= slow < math.inf


@at_least(4, of=MORE_SEEDS)
def test_a_rate_that_grows_for_500_epochs_is_best_in_between_and_collapses(seeds: Seeds) -> None:
    """The loss as `fit` reports it is least at a rate in [.01, .12]; at the end the network is a coin again.

    Where the least loss lies holds for 16 of the twenty pairs of seeds (with He's initial weights for 18): two have it
    at .16 and .19, and two at 3 and 5, with a loss below 2e-5. The collapse holds for all twenty. So of eight pairs
    four hold with a probability of .99, whatever the processor; with a rate that does not grow none does.
    """
    run = Run(
        f"{RINGS}&learning_rate=0.0001&schedule=exponential&schedule_factor=10&schedule_epochs=100&epochs=500", seeds
    ).finished()
    trained = run.history[1:]
    best = min(trained, key=lambda epoch: epoch.fit_loss)
    assert trained[200].learning_rate == pytest.approx(1e-4 * 10**2)
    assert 0.01 <= best.learning_rate <= 0.12
    assert trained[-1].fit_loss >= max(0.6, 8 * best.fit_loss)
    assert run.last.accuracy <= 0.55


@on_two_of_three_seeds
def test_softmax_over_one_unit_stays_at_the_share_of_class_1_where_sigmoid_learns(seeds: Seeds) -> None:
    one_unit = Run(f"{RINGS}&learning_rate=0.01&output=softmax1&epochs=60", seeds).finished()
    share = one_unit.data.y_train.mean()
    assert [epoch.accuracy for epoch in one_unit.history] == pytest.approx([share] * 61)
    assert one_unit.test_accuracy() == pytest.approx(one_unit.data.y_test.mean())
    assert one_unit.kinds() == ["one_unit_softmax"]
    assert Run(f"{RINGS}&learning_rate=0.01&output=sigmoid&epochs=60", seeds).finished().test_accuracy() >= 0.95
