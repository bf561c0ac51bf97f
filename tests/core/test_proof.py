"""The wall that proves a learning rate."""

from __future__ import annotations

import pytest

from playground.core import Experiment
from playground.core.parts import MAX_SEED
from playground.core.wall import Wall, proof_of, rounded


def experiment(**query: str) -> Experiment:
    asked, refused = Experiment.from_query(query)
    assert refused == []
    return asked


def test_a_rate_is_proved_beside_two_lower_and_two_higher_ones() -> None:
    wall = proof_of(experiment(dataset="circles", hidden="8,8"), 0.02)
    rates = [each.train.learning_rate for each in wall.experiments[::8]]
    assert rates == [0.002, 0.006, 0.02, 0.06, 0.2]


def test_each_rate_has_eight_seeds_and_thirty_epochs_and_all_else_stays() -> None:
    base = experiment(dataset="circles", hidden="8,8", optimizer="adam", epochs="200", seed="5")
    wall = proof_of(base, 0.02)
    assert len(wall.experiments) == 40
    assert {each.train.seed for each in wall.experiments} == set(range(5, 13))
    assert {each.train.epochs for each in wall.experiments} == {30}
    assert {(each.data, each.model, each.train.optimizer) for each in wall.experiments} == {
        (base.data, base.model, "adam")
    }


def test_a_proof_is_the_wall_of_its_link() -> None:
    wall = proof_of(experiment(dataset="xor"), 0.0123)
    assert Wall.from_query(wall.to_query()) == (wall, [])


def test_the_rate_does_not_change_on_the_way() -> None:
    base = experiment(learning_rate_from_10="1", l2_from_20="0.1", epochs="100")
    changes = {change.name for each in proof_of(base, 0.02).experiments for change in each.changes}
    assert changes == {"l2"}


@pytest.mark.parametrize("rate", [50.0, 1e-12])
def test_rates_out_of_range_are_left_out(rate: float) -> None:
    rates = [each.train.learning_rate for each in proof_of(experiment(), rate).experiments]
    assert all(0 < each <= 100 for each in rates)
    assert rate in rates


def test_seeds_that_there_are_not_are_left_out() -> None:
    assert proof_of(experiment(seed=str(MAX_SEED)), 0.02).experiments


def test_a_rate_is_rounded_to_three_digits() -> None:
    assert rounded(0.0123456) == 0.0123
    assert rounded(1.2345e-7) == 1.23e-7
