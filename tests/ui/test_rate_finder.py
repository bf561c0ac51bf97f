"""The rate finder: its button beside the learning rate, its dialog, and what becomes of the rate that it finds."""

from __future__ import annotations

import pytest

from playground.core import Experiment
from playground.core.rate_test import RateTest
from tests.ui.conftest import FakeRuns, Page


def test_the_button_opens_a_range_test_of_what_is_on_the_stage(page: Page, runs: FakeRuns) -> None:
    page.visit({"dataset": "xor", "hidden": "8"})
    assert runs.tests == {}
    page.click("find_rate")
    assert list(runs.tests.values()) == [RateTest(Experiment.from_query({"dataset": "xor", "hidden": "8"})[0])]
    assert page.finders[-1] == {"token": next(iter(runs.tests)), "published": False}


def test_the_run_on_the_stage_goes_on(page: Page, runs: FakeRuns) -> None:
    held = page.visit({"dataset": "xor"}).token
    page.click("find_rate").put("fake_use", "0.012345")
    assert page.token == held
    assert f"close {held}" not in runs.calls


@pytest.mark.parametrize("knob", [{"dropout": "0.2"}, {"batch_norm": "true"}])
def test_a_network_that_cannot_be_tested_has_a_disabled_button_that_says_why(page: Page, knob: dict[str, str]) -> None:
    button = page.visit(knob).widget("find_rate")
    assert button.disabled
    assert "without dropout and batch normalisation" in button.proto.help


def test_explore_has_no_such_button(page: Page) -> None:
    assert page.visit(path="explore").has("knob_learning_rate")
    assert not page.has("find_rate")


def test_a_rate_that_is_used_is_in_the_knob_in_the_link_and_on_the_run_that_trains(page: Page, runs: FakeRuns) -> None:
    held = page.visit({"dataset": "xor"}).token
    page.click("find_rate").put("fake_use", "0.012345")
    assert page.widget("knob_learning_rate").value == "0.0123"
    assert page.query == {"dataset": "xor", "learning_rate": "0.0123"}
    assert runs.held[held].train.learning_rate == 0.0123
    assert f"adjust {held}" in runs.calls


def test_using_a_rate_closes_the_dialog_and_ends_the_test(page: Page, runs: FakeRuns) -> None:
    page.visit().click("find_rate").put("fake_use", "0.012345")
    assert runs.tests == {}
    assert not page.has("fake_use")


@pytest.mark.parametrize("rate", ['"a"', "null", "-1", "0", "NaN", "Infinity", "[0.1]", "true", "1e300"])
def test_what_is_no_rate_changes_nothing(page: Page, runs: FakeRuns, rate: str) -> None:
    page.visit().click("find_rate").put("fake_use", rate)
    assert runs.held[page.token].train.learning_rate == Experiment().train.learning_rate


def test_the_published_schedule_is_another_test_and_the_first_one_ends(page: Page, runs: FakeRuns) -> None:
    page.visit().click("find_rate")
    (first,) = runs.tests
    page.put("fake_published", "true")
    assert list(runs.tests.values()) == [RateTest(Experiment(), published=True)]
    assert f"close {first}" in runs.calls
    assert page.finders[-1]["published"] is True


def test_no_opening_leaves_a_test_behind(page: Page, runs: FakeRuns) -> None:
    page.visit()
    for l2 in ("0", "0.01", "0.1"):
        page.turn("l2", l2).click("find_rate")
    assert len(runs.tests) == 1


def test_a_test_that_is_gone_is_begun_anew(page: Page, runs: FakeRuns) -> None:
    page.visit().click("find_rate")
    (first,) = runs.tests
    page.click("fake_finder_gone")
    (second,) = runs.tests
    assert first != second
    assert page.finders[-1]["token"] == second


def test_a_full_server_says_so_in_the_dialog_and_may_be_asked_again(page: Page, runs: FakeRuns) -> None:
    runs.places = 1
    page.visit().click("find_rate")
    assert "at most 1 networks" in page.app.error[0].value
    assert page.finders == []
    runs.places = 2
    page.click("try_to_find_again")
    assert page.finders[-1]["token"] in runs.tests


def test_the_proof_is_a_wall_of_rates_about_the_one_found(page: Page, runs: FakeRuns) -> None:
    page.visit({"dataset": "xor", "epochs": "100", "learning_rate_from_10": "1"}).click("find_rate")
    page.put("fake_prove", "0.012345")
    assert runs.tests == {}
    expected = {
        "dataset": "xor",
        "epochs": "30",
        "columns": "learning_rate:0.00123|0.00369|0.0123|0.0369|0.123",
        "seeds": "8",
    }
    assert page.query == expected
    assert page.wall.to_query() == expected
