"""What may change while a network trains."""

from __future__ import annotations

import pytest

from playground.core import RATE_FIELDS, Experiment, Rates

XOR = Experiment.from_query({"dataset": "xor", "learning_rate": "0.1", "l1": "0.01", "l2": "0.02"})[0]


def test_the_rates_of_an_experiment_are_its_knobs_of_the_same_names() -> None:
    assert XOR.rates == Rates(learning_rate=0.1, l1=0.01, l2=0.02)
    assert RATE_FIELDS == ("learning_rate", "l1", "l2")


def test_other_rates_leave_all_else() -> None:
    assert XOR.with_rates(Rates(0.3, 0, 0)).to_query() == {"dataset": "xor", "learning_rate": "0.3"}
    assert XOR.with_rates(XOR.rates) == XOR


@pytest.mark.parametrize("name", RATE_FIELDS)
def test_an_experiment_with_another_rate_is_the_same_but_for_its_rates(name: str) -> None:
    other = Experiment.from_query({**XOR.to_query(), name: "0.5"})[0]
    assert other != XOR
    assert XOR.same_but_rates(other) and other.same_but_rates(XOR)


def test_an_experiment_with_another_knob_is_not_the_same_but_for_its_rates() -> None:
    assert not XOR.same_but_rates(Experiment.from_query({**XOR.to_query(), "momentum": "0.5", "l1": "1"})[0])
