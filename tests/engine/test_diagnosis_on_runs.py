"""A diagnosis is made for a real run that has it and not for one near it, for four of five pairs of seeds at least."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from playground.core import Experiment, History
from playground.core.diagnosis import RULES, Evidence, Finding, Kind, diagnose
from playground.core.diagnosis.standstill import stands_still
from playground.engine import collect_evidence, layer_signals

from .conftest import epochs_of, experiment_with, program_of
from .seeds import Seeds, at_least

pytestmark = pytest.mark.all_processors
SEEDS = [tuple(map(int, pair)) for pair in np.random.default_rng(31_415).integers(0, 2**31 - 1, (5, 2))]
Fields = dict[str, Any]

CIRCLE: Fields = {"samples": 400, "init": "glorot", "epochs": 60}
LINE: Fields = {"samples": 400, "hidden": (), "epochs": 60}
PAIRS: dict[Kind, tuple[Fields, Fields]] = {
    "diverged": (
        {"dataset": "plane", "hidden": (), "learning_rate": 0.3, "epochs": 30},
        {"dataset": "plane", "hidden": (), "learning_rate": 0.03, "epochs": 30},
    ),
    "one_unit_softmax": (
        {**CIRCLE, "hidden": (8,), "learning_rate": 0.1, "output": "softmax1"},
        {**CIRCLE, "hidden": (8,), "learning_rate": 0.1, "output": "sigmoid"},
    ),
    "unscaled_inputs": (
        {**CIRCLE, "dataset": "blobs", "centers": (50, 50, 60, 60), "hidden": (4,)},
        {**CIRCLE, "dataset": "blobs", "centers": (50, 50, 60, 60), "hidden": (4,), "standardize": True},
    ),
    "dead_units": (
        {**CIRCLE, "hidden": (8, 8), "activation": ("relu",), "learning_rate": 3.0},
        {**CIRCLE, "hidden": (8, 8), "activation": ("relu",)},
    ),
    "learning_rate_too_high": (
        {"dataset": "spiral", "hidden": (8,), "learning_rate": 10.0, "epochs": 60},
        {"dataset": "spiral", "hidden": (8,), "learning_rate": 0.3, "epochs": 60},
    ),
    "vanishing_gradient": (
        {**CIRCLE, "hidden": (8,) * 6, "activation": ("sigmoid",)},
        {**CIRCLE, "hidden": (8,) * 6, "activation": ("tanh",)},
    ),
    "learning_rate_too_low": (
        {**CIRCLE, "hidden": (4,), "learning_rate": 1e-5},
        {**CIRCLE, "hidden": (4,), "learning_rate": 0.1},
    ),
    "linear_network": (LINE, {**LINE, "dataset": "gaussians"}),
    "overfitting": (
        {"dataset": "xor", "samples": 200, "noise": 0.5, "test": 0.7, "hidden": (64, 64), "activation": ("relu",)}
        | {"optimizer": "adam", "learning_rate": 0.01, "epochs": 150},
        {"dataset": "xor", "samples": 200, "noise": 0.5, "test": 0.7, "hidden": (64, 64), "activation": ("relu",)}
        | {"optimizer": "adam", "learning_rate": 0.01, "epochs": 150, "l2": 0.01},
    ),
    "collapsed": (
        {**LINE, "balance": 0.95},
        {**LINE, "dataset": "gaussians", "balance": 0.95},
    ),
    "plateau": (
        {**CIRCLE, "dataset": "xor", "hidden": (1,), "activation": ("relu",), "epochs": 300},
        {**CIRCLE, "dataset": "xor", "hidden": (8,), "activation": ("relu",), "epochs": 300},
    ),
}
EACH_KIND = pytest.mark.parametrize("kind", PAIRS)


def _history(experiment: Experiment, budget_bytes: int = 1 << 24) -> History:
    """A whole run, as the runtime remembers it."""
    history = History(budget_bytes)
    for each in epochs_of(experiment):
        row = (each.epoch, each.loss, each.accuracy, each.val_loss, each.val_accuracy, each.learning_rate)
        history.append(each.epoch, each.weights, row)
    return history


def _evidence(experiment: Experiment, epoch: int = 10_000) -> Evidence:
    return collect_evidence(program_of(experiment), experiment, _history(experiment), epoch)


def _diagnosed(fields: Fields, seeds: Seeds) -> tuple[Experiment, list[Finding]]:
    data_seed, seed = seeds
    experiment = experiment_with(Experiment(), data_seed=data_seed, seed=seed, **fields)
    return experiment, diagnose(_evidence(experiment))


def _of_kind(kind: Kind, found: list[Finding]) -> Finding:
    findings = [finding for finding in found if finding.kind == kind]
    assert len(findings) == 1
    return findings[0]


@pytest.mark.slow
@EACH_KIND
@at_least(4, of=SEEDS)
def test_a_run_that_has_it_is_diagnosed_whatever_the_seeds(kind: Kind, seeds: Seeds) -> None:
    _, found = _diagnosed(PAIRS[kind][0], seeds)
    assert kind in [finding.kind for finding in found]
    assert len(found) <= 3


@pytest.mark.slow
@EACH_KIND
@at_least(4, of=SEEDS)
def test_a_run_near_it_is_not_whatever_the_seeds(kind: Kind, seeds: Seeds) -> None:
    _, found = _diagnosed(PAIRS[kind][1], seeds)
    assert [finding.kind for finding in found] == []


def test_there_is_a_pair_for_each_kind() -> None:
    assert set(PAIRS) == set(RULES)


@pytest.mark.slow
@EACH_KIND
@at_least(1, of=SEEDS[:2])
def test_what_it_advises_can_be_put_into_the_link(kind: Kind, seeds: Seeds) -> None:
    experiment, found = _diagnosed(PAIRS[kind][0], seeds)
    finding = _of_kind(kind, found)
    advised, refused = Experiment.from_query({**experiment.to_query(), **finding.change})
    assert refused == []
    assert advised != experiment
    assert len(finding.change) >= 1
    assert any(figure.isdigit() for figure in finding.figure), "the figure holds a number"


@pytest.mark.slow
@pytest.mark.parametrize("rate", [1e-7, 1e-12])
@at_least(4, of=SEEDS)
def test_a_rate_so_low_that_only_rounding_is_seen_is_too_low(rate: float, seeds: Seeds) -> None:
    _, found = _diagnosed({**CIRCLE, "hidden": (4,), "learning_rate": rate}, seeds)
    assert [finding.kind for finding in found] == ["learning_rate_too_low"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["diverged", "one_unit_softmax", "unscaled_inputs", "learning_rate_too_high", "linear_network"]
)
@at_least(2, of=SEEDS[1:4])
def test_what_it_advises_helps(kind: Kind, seeds: Seeds) -> None:
    experiment, found = _diagnosed(PAIRS[kind][0], seeds)
    finding = _of_kind(kind, found)
    advised, _ = Experiment.from_query({**experiment.to_query(), **finding.change})
    assert kind not in [each.kind for each in diagnose(_evidence(advised))]


@pytest.mark.slow
@pytest.mark.parametrize(
    "dataset", ["circle", "xor", "gaussians", "blobs", "classification", "spirals", "plane", "hills"]
)
@at_least(2, of=SEEDS[:3])
def test_the_default_network_is_left_alone_where_it_learns(dataset: str, seeds: Seeds) -> None:
    fields = {"dataset": dataset, "epochs": 100}
    assert _diagnosed(fields, seeds)[1] == []


def test_evidence_is_that_of_the_epoch_shown_and_nothing_later() -> None:
    experiment = experiment_with(Experiment(), samples=60, epochs=12)
    program, history = program_of(experiment), _history(experiment)
    found = collect_evidence(program, experiment, history, 5)
    history.forget_after(5)
    alone = collect_evidence(program, experiment, history, 5)
    assert found.curves[:, 0].tolist() == [0, 1, 2, 3, 4, 5]
    assert [look.epoch for look in found.looks] == [0, 5]
    np.testing.assert_array_equal(found.curves, alone.curves)
    np.testing.assert_array_equal(found.values, alone.values)
    for one, other in zip(found.looks, alone.looks, strict=True):
        np.testing.assert_array_equal(np.stack(one.signals), np.stack(other.signals))


def test_the_first_look_is_that_of_the_first_weights_whoever_looked_before() -> None:
    experiment = experiment_with(Experiment(), samples=60, epochs=3, l2=0.01)
    program = program_of(experiment)
    for other in (experiment, experiment_with(experiment, seed=1), experiment_with(experiment, l2=0.1)):
        for _ in range(2):
            history = _history(other)
            (first, _last) = collect_evidence(program, other, history, 3).looks
            expected = layer_signals(program, other, history.weights_at(0)[1])
            np.testing.assert_array_equal(np.stack(first.signals), np.stack(expected))


def test_of_a_thinned_history_the_kept_epochs_will_do() -> None:
    experiment = experiment_with(Experiment(), samples=60, epochs=40)
    history = _history(experiment, budget_bytes=4 * 25 * 12)
    assert 38 not in history.kept_epochs[-2:]
    shown, before = history.kept_epochs[-2], history.kept_epochs[-3]
    found = collect_evidence(program_of(experiment), experiment, history, shown + 1)
    assert found.looks[-1].epoch == shown
    assert found.curves[-1, 0] == shown + 1
    moved = [new - old for new, old in zip(history.weights_at(shown)[1], history.weights_at(before)[1], strict=True)]
    length = math.hypot(*np.concatenate([each.ravel() for each in moved[:2]]))
    ratio = length / math.hypot(*np.concatenate([each.ravel() for each in history.weights_at(before)[1][:2]]))
    assert found.looks[-1].signals.update_ratios[0] == pytest.approx(ratio / (shown - before))


def test_what_is_possible_is_what_scikit_learn_finds() -> None:
    from sklearn.linear_model import LinearRegression
    from sklearn.model_selection import LeaveOneOut, cross_val_predict
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.preprocessing import StandardScaler

    experiment = experiment_with(Experiment(), samples=120, epochs=1, dataset="hills")
    found = _evidence(experiment)
    X = StandardScaler().fit_transform(found.inputs)
    answers = cross_val_predict(KNeighborsRegressor(5), X, found.y, cv=LeaveOneOut())
    r2 = 1 - ((answers - found.y) ** 2).sum() / ((found.y - found.y.mean()) ** 2).sum()
    assert found.attainable.neighbours == pytest.approx(r2)
    assert found.attainable.line == pytest.approx(LinearRegression().fit(X, found.y).score(X, found.y), abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("learns", [False, True])
@at_least(4, of=SEEDS)
def test_a_plateau_is_seen_in_the_curves_alone(learns: bool, seeds: Seeds) -> None:
    data_seed, seed = seeds
    experiment = experiment_with(Experiment(), data_seed=data_seed, seed=seed, **PAIRS["plateau"][learns])
    assert stands_still(experiment, _evidence(experiment).curves) is not learns
