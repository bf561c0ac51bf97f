"""What may change while a network trains."""

from __future__ import annotations

import re

import pytest

from playground.core import RATE_FIELDS, Experiment, RateChange, Rates

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


def opened(**texts: str) -> Experiment:
    experiment, refused = Experiment.from_query(texts)
    assert refused == []
    return experiment


COURSE = opened(learning_rate="0.1", learning_rate_from_200="0.3", l2_from_350="0.01", learning_rate_from_400="0.1")


def test_a_change_holds_from_the_step_that_leaves_its_epoch_until_the_next() -> None:
    rates = [COURSE.rates_at(epoch) for epoch in (0, 199, 200, 349, 350, 399, 400, 9999)]
    assert [each.learning_rate for each in rates] == [0.1, 0.1, 0.3, 0.3, 0.3, 0.3, 0.1, 0.1]
    assert [each.l2 for each in rates] == [0, 0, 0, 0, 0.01, 0.01, 0.01, 0.01]
    assert COURSE.in_force(350) == opened(learning_rate="0.3", l2="0.01")


def test_a_course_goes_on_with_the_rates_of_another_from_an_epoch_on() -> None:
    other = opened(learning_rate="0.5", l1_from_300="1", l2_from_200="0.2")
    assert COURSE.going_on_as(other, 250).to_query() == {
        "learning_rate": "0.1",
        "learning_rate_from_200": "0.3",
        "learning_rate_from_250": "0.5",
        "l2_from_250": "0.2",
        "l1_from_300": "1",
    }
    assert COURSE.going_on_as(other, 0) == other


@pytest.mark.parametrize("epoch", [1, 199, 200, 300, 350, 9999])
def test_a_course_that_goes_on_as_itself_stays_as_it_is(epoch: int) -> None:
    assert COURSE.going_on_as(COURSE, epoch) == COURSE


def test_of_two_changes_at_one_epoch_the_newer_counts_and_one_back_is_none() -> None:
    plain = opened(dataset="xor")
    faster = plain.going_on_as(opened(dataset="xor", learning_rate="0.3"), 200)
    assert faster.going_on_as(opened(dataset="xor", learning_rate="1"), 200).changes == (
        RateChange(200, "learning_rate", 1.0),
    )
    assert faster.going_on_as(plain, 200) == plain


def test_an_experiment_with_other_changes_is_the_same_but_for_its_rates() -> None:
    assert COURSE.same_but_rates(opened()) and opened().same_but_rates(COURSE)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([(0, "l2", 0.1)], "greater than or equal to 1"),
        ([(5, "momentum", 0.1)], "learning_rate"),
        ([(5, "l2", 11)], "l2_from_5 must be in [0, 10]. Got 11"),
        ([(5, "l2", 0)], "each to another rate"),
        ([(9, "l2", 1), (5, "l2", 2)], "in the order of their epochs"),
        ([(epoch, "l2", epoch % 2 + 1) for epoch in range(1, 52)], "changes must be at most 50. Got 51."),
    ],
)
def test_constructors_refuse_changes_that_are_none(changes: list[tuple[int, str, float]], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        Experiment.model_validate({"changes": changes})
